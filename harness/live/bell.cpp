#include "harness/live/bell.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace interlock::harness {

Bell::Bell(std::initializer_list<int> signals) {
    sigset_t all;
    sigemptyset(&all);
    for (const int signal : signals)
        sigaddset(&all, signal);
    sigprocmask(SIG_BLOCK, &all, nullptr);
    bell = signalfd(-1, &all, SFD_NONBLOCK | SFD_CLOEXEC);
}

// They stay blocked: one that comes while the process goes shall not cut its report short.
Bell::~Bell() {
    close(bell);
}

std::optional<int> Bell::take() {
    signalfd_siginfo told;
    if (read(bell, &told, sizeof told) != sizeof told) return std::nullopt;
    return static_cast<int>(told.ssi_signo);
}

}  // namespace interlock::harness

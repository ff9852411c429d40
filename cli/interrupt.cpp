#include "cli/interrupt.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace interlock::cli {
namespace {

sigset_t watched() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

}  // namespace

Interrupt::Interrupt() {
    const sigset_t signals = watched();
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    descriptor = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

Interrupt::~Interrupt() {
    close(descriptor);
    const sigset_t signals = watched();
    sigprocmask(SIG_UNBLOCK, &signals, nullptr);
}

bool Interrupt::noticed() {
    signalfd_siginfo info;
    if (read(descriptor, &info, sizeof info) == sizeof info) pressed = true;
    return pressed;
}

}  // namespace interlock::cli

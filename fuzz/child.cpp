#include "fuzz/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "harness/check.hpp"

namespace interlock::fuzz {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto look_again = std::chrono::milliseconds(200);
constexpr auto grace      = std::chrono::seconds(2);

[[noreturn]] void live(const std::function<void(int)>& body, int socket, const Scratch* said) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_IGN);  // The parent decides what an interrupt means.
    if (said) {
        dup2(said->file(), STDOUT_FILENO);
        dup2(said->file(), STDERR_FILENO);
    }
    body(socket);
    _exit(0);
}

}  // namespace

Scratch::Scratch() : descriptor(memfd_create("interlock", MFD_CLOEXEC)) {
    harness::check(descriptor >= 0, "no memory for a scratch file");
    fcntl(descriptor, F_SETFL, O_APPEND);
}

Scratch::~Scratch() {
    close(descriptor);
}

void Scratch::clear() const {
    harness::check(ftruncate(descriptor, 0) == 0, "a scratch file cannot be emptied");
}

void Scratch::append(const void* bytes, std::size_t size) const {
    const char* next = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t written = write(descriptor, next, size);
        if (written <= 0) return;  // Whoever reads sees that it is too short.
        next += written;
        size -= static_cast<std::size_t>(written);
    }
}

std::string Scratch::text() const {
    std::string             text;
    std::array<char, 65536> buffer;
    for (ssize_t size = 1; size > 0;) {
        size = pread(descriptor, buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
        if (size > 0) text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
}

Child::Child(const std::function<void(int)>& body, const Scratch& said) : Child(body, &said) {}

Child::Child(const std::function<void(int)>& body) : Child(body, nullptr) {}

Child::Child(const std::function<void(int)>& body, const Scratch* said) {
    std::array<int, 2> ends;
    harness::check(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0,
                   "no socket for a worker");
    pid = fork();
    harness::check(pid >= 0, "no process for a worker");
    if (pid == 0) {
        close(ends[0]);
        live(body, ends[1], said);
    }
    close(ends[1]);
    socket = ends[0];
}

Child::~Child() {
    kill_now();
    close(socket);
}

void Child::tell(char word) const {
    // To a dead one this fails, which hear() then notices.
    (void)send(socket, &word, 1, MSG_NOSIGNAL);
}

Child::Sign Child::hear(const std::function<std::uint64_t()>& pulse,
                        std::chrono::milliseconds             silence_max) {
    auto          moved = Clock::now();
    std::uint64_t last  = pulse();
    while (true) {
        pollfd waiting{.fd = socket, .events = POLLIN, .revents = 0};
        if (poll(&waiting, 1, static_cast<int>(look_again.count())) > 0) {
            if (recv(socket, &last_word, 1, 0) == 1) return Sign::answered;
            reap(0);
            return Sign::died;
        }
        const std::uint64_t now = pulse();
        if (now != last) moved = Clock::now();
        last = now;
        if (Clock::now() - moved > silence_max) return Sign::silent;
    }
}

void Child::end() {
    if (pid <= 0) return;
    kill(pid, last_words_signal());
    for (const auto until = Clock::now() + grace; pid > 0 && Clock::now() < until;) {
        usleep(1000);
        reap(WNOHANG);
    }
    if (pid <= 0) return;
    kill_now();
}

bool Child::lives() {
    if (pid > 0) reap(WNOHANG);
    return pid > 0;
}

void Child::kill_now() {
    if (pid <= 0) return;
    kill(pid, SIGKILL);
    reap(0);
}

void Child::reap(int options) {
    if (waitpid(pid, &wait_status, options) == pid) pid = -1;
}

int last_words_signal() {
    return SIGUSR2;  // The other one is of the live switch.
}

}  // namespace interlock::fuzz

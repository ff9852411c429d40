// record_frames <file>: makes two computers with a wire between them, lets them talk, and writes
// what was on the wire. Needs root and `ip`; touches no network but the one it makes.

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>

#include "props/real_frames/talk.hpp"
#include "props/real_frames/wire.hpp"

namespace interlock::props::real_frames {
namespace {

constexpr int not_here = 77;  // What test runners take for "skipped".

/// One end of a line on which the two processes wait for each other.
class Line {
public:
    explicit Line(int end) : end(end) {}

    void tell() const {
        must(static_cast<int>(send(end, "", 1, MSG_NOSIGNAL)), "telling the other side");
    }
    void wait() const {
        char    word = 0;
        ssize_t got  = recv(end, &word, 1, 0);
        if (got != 1) throw std::runtime_error("the other side has ended");
    }

private:
    int end;
};

void far_side(const Line& near) {
    leave_the_network();
    near.tell();
    near.wait();  // Now there is a wire.
    switch_on(far_address);
    const Listener listener;
    near.tell();
    listener.echo_one_call();
}

std::vector<harness::CapturedFrame> near_side(const Line& far, int far_process) {
    leave_the_network();
    far.wait();
    lay_wire_to(far_process);
    const Ear ear;
    far.tell();
    switch_on(near_address);
    far.wait();  // Now it listens.
    ping(far_address);
    transfer(far_address);
    return ear.heard();
}

/// @return what the program is to end with.
int guarded(const auto& act) {
    try {
        act();
        return 0;
    } catch (const NotHere& why) {
        std::cerr << "record_frames: " << why.what() << "\n";
        return not_here;
    } catch (const std::exception& error) {
        std::cerr << "record_frames: " << error.what() << "\n";
        return 1;
    }
}

void write(const std::string& file, const std::vector<harness::CapturedFrame>& frames) {
    if (const auto bad = harness::write_pcap(file, frames)) {
        throw std::runtime_error(to_string(*bad));
    }
    std::cout << frames.size() << " frames in " << file << "\n";
}

int record(const std::string& file) {
    int ends[2];
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), "a line between the sides");
    const pid_t other = must(fork(), "another process");
    if (other == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends[0]);
        _exit(guarded([&] { far_side(Line{ends[1]}); }));
    }
    close(ends[1]);
    const int ended = guarded([&] { write(file, near_side(Line{ends[0]}, other)); });
    close(ends[0]);
    if (ended != 0) kill(other, SIGKILL);
    waitpid(other, nullptr, 0);
    return ended;
}

}  // namespace
}  // namespace interlock::props::real_frames

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: record_frames <file>\n";
        return 2;
    }
    return interlock::props::real_frames::record(argv[1]);
}

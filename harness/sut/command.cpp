#include "harness/sut/command.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

namespace interlock::harness {
namespace {

constexpr auto ends_by   = std::chrono::seconds(5);
constexpr auto looks_for = std::chrono::milliseconds(10);

constexpr std::array<const char*, 4> folders{"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"};

std::string path_of(const std::string& name) {
    for (const char* const folder : folders)
        if (std::filesystem::exists(folder + name)) return folder + name;
    return {};
}

[[noreturn]] void become(const std::string& path, const std::vector<std::string>& words, int told) {
    dup2(told, STDOUT_FILENO);
    dup2(told, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(path.c_str(), arguments.data());
    _exit(127);
}

/// A daemon that it leaves behind may keep the pipe: its end is not waited for.
std::string all_of(int descriptor, pid_t child, int& status) {
    waitpid(child, &status, 0);
    std::array<char, 4096> bytes;
    const ssize_t          count = read(descriptor, bytes.data(), bytes.size());
    return {bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

}  // namespace

bool has_command(const std::string& name) {
    return !path_of(name).empty();
}

SutTrouble run_command(const std::vector<std::string>& words) {
    const std::string path = path_of(words.front());
    if (path.empty()) return "there is no " + words.front();
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return "no pipe";
    const pid_t child = fork();
    if (child == 0) become(path, words, ends[1]);
    close(ends[1]);
    int               status = 0;
    const std::string said   = child > 0 ? all_of(ends[0], child, status) : "no process";
    close(ends[0]);
    if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    return words.front() + ": " + said.substr(0, said.find_last_not_of('\n') + 1);
}

SutTrouble Service::start(const std::vector<std::string>& words) {
    const std::string path = path_of(words.front());
    if (path.empty()) return "there is no " + words.front();
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    process           = fork();
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        become(path, words, nowhere);
    }
    close(nowhere);
    if (process < 0) return "no process";
    return {};
}

Service::~Service() {
    if (process <= 0) return;
    kill(process, SIGTERM);
    const auto by = std::chrono::steady_clock::now() + ends_by;
    while (waitpid(process, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > by) kill(process, SIGKILL);
        std::this_thread::sleep_for(looks_for);
    }
}

}  // namespace interlock::harness

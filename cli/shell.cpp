#include "cli/shell.hpp"

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "harness/bundled.hpp"

namespace interlock::cli {

Ended shell(const std::string& command) {
    Ended ended;
    // To look for leaks costs a sanitized command as much again; the tests look for their own.
    const std::string spared = "export ASAN_OPTIONS=\"$ASAN_OPTIONS:detect_leaks=0\"; ";
    std::FILE*        pipe   = popen(("{ " + spared + command + "; } 2>&1").c_str(), "r");
    if (pipe == nullptr) return ended;
    char buffer[4096];
    for (std::size_t size = 1; size > 0;) {
        size = std::fread(buffer, 1, sizeof buffer, pipe);
        ended.out.append(buffer, size);
    }
    const int status = pclose(pipe);
    if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
    return ended;
}

Ended interlock(const std::string& arguments) {
    return shell(build_folder() + "/bin/interlock " + arguments);
}

std::string build_folder() {
    return harness::folder_of_build();
}

}  // namespace interlock::cli

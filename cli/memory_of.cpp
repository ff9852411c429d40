#include "cli/memory_of.hpp"

#include <unistd.h>

#include <fstream>
#include <string>

namespace interlock::cli {

std::uint64_t memory_of(pid_t process) {
    const std::string folder   = "/proc/" + std::to_string(process);
    std::uint64_t     resident = 0, shared = 0, ignored = 0;
    std::ifstream(folder + "/statm") >> ignored >> resident >> shared;
    auto          bytes = (resident - shared) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    std::ifstream children(folder + "/task/" + std::to_string(process) + "/children");
    for (pid_t child = 0; children >> child;)
        bytes += memory_of(child);
    return bytes;
}

}  // namespace interlock::cli

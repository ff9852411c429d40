#include "harness/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace interlock::harness {

void internal_error(std::string_view what, const std::source_location& where) {
    std::fprintf(stderr, "%s:%u: Interlock itself is wrong: %.*s\n", where.file_name(),
                 static_cast<unsigned>(where.line()), static_cast<int>(what.size()), what.data());
    std::fflush(stderr);
    std::abort();
}

}  // namespace interlock::harness

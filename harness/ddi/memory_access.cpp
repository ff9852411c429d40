// Loads and stores of an extension that was compiled with TRACE_MEMORY: each is a place at which
// another task may go on, so that races between plain accesses are tried, too.

#include "harness/world.hpp"

using namespace interlock::harness;

namespace {

void pass(std::string_view what) {
    World& here = world();
    if (here.kernel.inside_task()) here.kernel.yield(what);
}

}  // namespace

extern "C" {

void __sanitizer_cov_load1(std::uint8_t*) {
    pass("load");
}
void __sanitizer_cov_load2(std::uint16_t*) {
    pass("load");
}
void __sanitizer_cov_load4(std::uint32_t*) {
    pass("load");
}
void __sanitizer_cov_load8(std::uint64_t*) {
    pass("load");
}
void __sanitizer_cov_load16(void*) {
    pass("load");
}
void __sanitizer_cov_store1(std::uint8_t*) {
    pass("store");
}
void __sanitizer_cov_store2(std::uint16_t*) {
    pass("store");
}
void __sanitizer_cov_store4(std::uint32_t*) {
    pass("store");
}
void __sanitizer_cov_store8(std::uint64_t*) {
    pass("store");
}
void __sanitizer_cov_store16(void*) {
    pass("store");
}

}  // extern "C"

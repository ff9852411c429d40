// Loads the module built from dialect/ by interlock_add_extension.

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

int       counters_seen = 0;
const int none          = 0;

template <typename... Arguments>
int call(const char* name, Arguments... arguments) {
    static void* const module = [] {
        const char* build = std::getenv("INTERLOCK_BUILD_DIR");
        const auto  path  = std::string(build ? build : ".") + "/cmake/tests/dialect_traps.so";
        return dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    }();
    if (!module) {
        ADD_FAILURE() << dlerror();
        return -1;
    }
    const auto function = reinterpret_cast<int (*)(Arguments...)>(dlsym(module, name));
    return function ? function(arguments...) : -1;
}

}  // namespace

// The host's side: what the module calls, and what its edge counters announce themselves to.
extern "C" int host_calls(int value) {
    return value * 2;
}
extern "C" void __sanitizer_cov_8bit_counters_init(std::uint8_t* start, std::uint8_t* stop) {
    counters_seen += static_cast<int>(stop - start);
}
extern "C" void __sanitizer_cov_pcs_init(const std::uintptr_t*, const std::uintptr_t*) {}

TEST(Extension, FindsItsSymbolsInTheHost) {
    EXPECT_EQ(call("DriverEntry", &none, &none), 84);
}

TEST(Extension, PrefersItsOwnFunctionToLibcs) {
    EXPECT_EQ(call("own_function", 1), 101);
}

TEST(Extension, HasWideCharactersOfTwoBytes) {
    EXPECT_EQ(call("wide_bytes"), 6);
}

TEST(Extension, LaysOutBitFieldsAsMicrosoftDoes) {
    EXPECT_EQ(call("bits_bytes"), 4);  // 2 with the bit-field rules of ELF.
}

TEST(Extension, IsBuiltWithAssertionsForItsVersionOfNdis) {
    EXPECT_EQ(call("linux"), 2);
}

TEST(Extension, SeesTheQuirksHeaderFirst) {
    EXPECT_EQ(call("colour"), 3);
}

TEST(Extension, CountsItsEdges) {
    EXPECT_EQ(call("second"), 2);
    EXPECT_GT(counters_seen, 5);
}

// What Microsoft's compiler takes and clang on Linux needs help with: dialect/ is compiled by
// interlock_add_extension and run here. The table has every trap that is known.

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <string>

#include "harness/bundled.hpp"
#include "harness/ddi/driver_test.hpp"
#include "harness/image.hpp"

namespace interlock::harness {
namespace {

std::string path_of(const std::string& module) {
    return folder_of_build() / "tests" / (module + ".so");
}

/// Calls a function of a module, as a driver's code in a world where that matters.
template <typename... Arguments>
int call(const char* module, const char* name, Arguments... arguments) {
    void* const handle = dlopen(path_of(module).c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) {
        ADD_FAILURE() << dlerror();
        return -1;
    }
    const auto function = reinterpret_cast<int (*)(Arguments...)>(dlsym(handle, name));
    if (function == nullptr) ADD_FAILURE() << module << " has no " << name;
    return function ? function(arguments...) : -1;
}

struct Trap {
    const char* what;      // The trap.
    const char* module;    // Without one: `function` says where it is tried instead.
    const char* function;  // Of that module; without parameters.
    int         expected = 0;
};

// clang-format off
constexpr const char* main   = "dialect_traps";
constexpr const char* layout = "dialect_layout";

constexpr Trap traps[] = {
    {"backslashes in #include, and letters of the wrong case",    main, "second", 2},
    {"LONG and ULONG have 32 bits",                               main, "long_wraps", 1},
    {"drivers define uint64_t and SIZE_MAX themselves",           main, "own_types", 9},
    {"drivers define htons themselves, and theirs wins",          main, "own_function", 106},
    {"wchar_t has 16 bits",                                       main, "wide_bytes", 6},
    {"wcslen and kin are ours",                                   main, "wide_length", 5},
    {"%lx %S %ws %wZ %I64x are Microsoft's",                      main, "formats", 4},
    {"empty __VA_ARGS__ and invalid token pastes",                main, "variadic", 72},
    {"an enum used before its definition",                        main, "colour", 3},
    {"a prototype differs in a pointer type",                     main, "differing", 8},
    {"__inline without static, in two files",                     main, "folded_twice", 4},
    {"bit-fields of mixed type",                                  main, "bits_bytes", 4},
    {"FILTER_ATTACH and kin are types of functions",              main, "function_types", 7},
    {"__try, __except, __finally, __leave compile",              main, "structured_exceptions", 11},
    {"assertions are there, for DBG is 1",                        main, "linux", 2},
    {"Interlocked* take any type of that width",                  main, "interlocked", 21},
    {"implicit int and incompatible pointers compile",            main, "pointer_types", 2},
    {"lengths of a UNICODE_STRING are bytes",                     main, "counted_bytes", 68},

    {"align(8) inside pack(1): Microsoft's offset would be 8",    layout, "packed_offset", 1},
    {"and it is read, with -fno-sanitize=alignment",              layout, "packed_read", 24},
    {"an array [1] at the end has as many as there is room for",  layout, "trailing_four", 23},

    {"statics are as after loading in each run",                  nullptr, "Statics, below"},
    {"PsTerminateSystemThread does not return",                   nullptr, "Thread, below"},
    {"elements of arrays for OID queries are aligned to 8 bytes", nullptr,
     "about the switch, not about a source: harness/vswitch/oid_answer.cpp asserts it"},
};
// clang-format on

TEST(Dialect, EveryTrapIsCompiledAndRun) {
    int run = 0;
    for (const Trap& trap : traps) {
        if (trap.module == nullptr) continue;
        DriverTest driver;
        int        result = -1;
        EXPECT_EQ(driver.run([&] { result = call(trap.module, trap.function); }), Halt::finished);
        EXPECT_EQ(result, trap.expected) << trap.what;
        EXPECT_EQ(driver.misuses(), Misuses{}) << trap.what;
        ++run;
    }
    EXPECT_EQ(run, 21);
}

TEST(Dialect, LayoutsThatDifferAreStoppedWithoutTheirOption) {
    const auto killed = testing::KilledBySignal(SIGILL);
    EXPECT_EXIT(call("dialect_layout_stopped", "packed_read"), killed, "");
    EXPECT_EXIT(call("dialect_layout_stopped", "trailing_four"), killed, "");
}

TEST(Dialect, AFailedAssertionIsReported) {
    const auto failed = [](int holds) {
        DriverTest driver;
        int        looked = 0;
        driver.run([&] { looked = call("dialect_traps", "assertion", holds); });
        EXPECT_EQ(looked, 1);
        return std::ranges::count(driver.world.recorder.trace(), model::Call::AssertionFailed,
                                  &model::Event::call);
    };
    EXPECT_EQ(failed(1), 0);
    EXPECT_EQ(failed(0), 1);
}

TEST(Dialect, Statics) {
    auto        loaded = Image::load(path_of("dialect_traps"));
    auto* const image  = std::get_if<Image>(&loaded);
    ASSERT_NE(image, nullptr) << to_string(std::get<InputError>(loaded));
    EXPECT_EQ(image->driver_entry(nullptr, nullptr), 1);
    EXPECT_EQ(image->driver_entry(nullptr, nullptr), 2);
    image->restore();
    EXPECT_EQ(image->driver_entry(nullptr, nullptr), 1);
    if (image->counters().empty()) GTEST_SKIP() << "built without coverage";
    EXPECT_GT(image->counters().size(), 5U);
}

TEST(Dialect, Thread) {
    DriverTest driver;
    int        status = -1;
    EXPECT_EQ(driver.run([&] { status = call("dialect_traps", "start_thread"); }), Halt::finished);
    EXPECT_EQ(status, STATUS_SUCCESS);
    EXPECT_EQ(call("dialect_traps", "thread_counted"), 1);
}

}  // namespace
}  // namespace interlock::harness

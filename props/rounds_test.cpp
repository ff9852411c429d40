// Loading, living and unloading, again and again, in a process that does not grow. A round opens
// the module, plays a short life and closes it. INTERLOCK_ROUNDS=10000 makes it a long run, and
// INTERLOCK_MODULE=<path> does the same with one of yours, whatever the judge says of it.

#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "harness/scenario/text.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t rounds_usual = 150;
constexpr std::uint64_t warm_up      = 50;  // Until caches of the C library are as big as they get.
constexpr std::size_t   growth_max   = 64 * 1024;  // Of all rounds together.

std::uint64_t rounds_wanted() {
    const char* const text = std::getenv("INTERLOCK_ROUNDS");
    return text ? std::strtoull(text, nullptr, 0) : rounds_usual;
}

std::size_t bytes_resident() {
    std::size_t   pages = 0, resident = 0;
    std::ifstream statm("/proc/self/statm");
    statm >> pages >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::size_t bytes_allocated() {
    return mallinfo2().uordblks + mallinfo2().hblkhd;
}

harness::Scenario short_life(const std::string& extension) {
    const bool        has_device = extension == "control_device";
    const std::string device = has_device ? "open 1\nwrite 1 in 2 data 6c62\nread 1 out 9\n" : "";
    auto scenario = std::get<harness::Scenario>(
        harness::parse_text("interlock scenario 1\n" + device +
                            "create-port 2 synthetic\ncreate-nic 2/0 synthetic\nconnect-nic 2/0\n"
                            "create-port 3 synthetic\ncreate-nic 3/0 synthetic\nconnect-nic 3/0\n"
                            "send 2/0 to everyone packets 3\npause\ndetach\nattach\nrestart\n"
                            "send 3/0 to 2/0\n",
                            "a_short_life"));
    scenario.extensions = {extension};
    return scenario;
}

/// Bundled ones, and the user's.
std::vector<std::string> modules() {
    std::vector<std::string> all{"pass_through",   "vlan_acl",     "broadcast_pacer",
                                 "forwarder",      "cloner",       "capture",
                                 "control_device", "source_guard", "exempting_guard"};
    if (const char* const path = std::getenv("INTERLOCK_MODULE"))
        all.push_back(std::filesystem::absolute(path).replace_extension().string());
    return all;
}

class Rounds : public testing::TestWithParam<std::string> {};

TEST_P(Rounds, LeaveNothingBehind) {
    const std::string   extension = GetParam();
    const auto          scenario  = short_life(extension);
    const std::uint64_t rounds    = rounds_wanted();
    const bool          is_ours   = extension.find('/') == std::string::npos;
    std::size_t         resident = 0, allocated = 0;
    for (std::uint64_t round = 0; round < warm_up + rounds; ++round) {
        if (round == warm_up) resident = bytes_resident(), allocated = bytes_allocated();
        const auto  stage       = open_stage({{extension}});
        const auto& performance = play(*stage, scenario);
        if (!is_ours) continue;
        ASSERT_EQ(performance.verdict.outcome, model::Outcome::conforms) << "round " << round;
    }
    const auto grown =
        static_cast<std::ptrdiff_t>(bytes_allocated()) - static_cast<std::ptrdiff_t>(allocated);
    std::cout << extension << ": " << rounds << " rounds, " << grown << " bytes more allocated, "
              << static_cast<std::ptrdiff_t>(bytes_resident()) -
                     static_cast<std::ptrdiff_t>(resident)
              << " bytes more resident\n";
    EXPECT_LT(grown, static_cast<std::ptrdiff_t>(growth_max));
}

INSTANTIATE_TEST_SUITE_P(Bundled, Rounds, testing::ValuesIn(modules()), [](const auto& about) {
    return std::filesystem::path(about.param).stem().string();
});

}  // namespace
}  // namespace interlock::props

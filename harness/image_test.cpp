#include "harness/image.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "harness/bundled.hpp"
#include "harness/kernel/coverage.hpp"

namespace interlock::harness {
namespace {

std::string path_of(const std::string& module) {
    return folder_of_build() / "tests" / (module + ".so");
}

Image loaded(const std::string& module) {
    auto result = Image::load(path_of(module));
    if (const auto* const error = std::get_if<InputError>(&result)) {
        ADD_FAILURE() << to_string(*error);
        std::abort();
    }
    return std::move(std::get<Image>(result));
}

std::string error_of(const std::string& path) {
    const auto        result = Image::load(path);
    const auto* const error  = std::get_if<InputError>(&result);
    return error ? to_string(*error) : "none";
}

TEST(Image, PutsStaticsBack) {
    Image image = loaded("statics");
    EXPECT_EQ(image.driver_entry(nullptr, nullptr), 611);
    EXPECT_EQ(image.driver_entry(nullptr, nullptr), 721);
    image.restore();
    EXPECT_EQ(image.driver_entry(nullptr, nullptr), 611);
}

TEST(Image, LoadsACopyWhenTheModuleIsLoadedAlready) {
    Image one   = loaded("statics");
    Image other = loaded("statics");
    Image third = loaded("statics");
    EXPECT_EQ(one.driver_entry(nullptr, nullptr), 611);
    EXPECT_EQ(one.driver_entry(nullptr, nullptr), 721);
    EXPECT_EQ(other.driver_entry(nullptr, nullptr), 611);
    EXPECT_EQ(third.driver_entry(nullptr, nullptr), 611);
    other.restore();
    EXPECT_EQ(one.driver_entry(nullptr, nullptr), 831) << "restored was the other";
    EXPECT_NE(one.counters().data(), other.counters().data());
}

TEST(Image, KnowsTheClassThatTheExtensionSays) {
    EXPECT_EQ(loaded("statics").extension_class(), model::ExtensionClass::filtering);
}

TEST(Image, CountsTheEdgesThatWereTaken) {
    Image    image = loaded("statics");
    Coverage coverage;
    coverage.watch(image.counters());
    coverage.clear();
    if (coverage.edges_total() == 0) GTEST_SKIP() << "built without coverage";
    coverage.collect();
    EXPECT_EQ(coverage.edges_hit(), 0U);
    image.driver_entry(nullptr, nullptr);
    image.restore();
    coverage.collect();
    EXPECT_GT(coverage.edges_hit(), 0U);
    EXPECT_LE(coverage.edges_hit(), coverage.edges_total());
    coverage.clear();
    coverage.collect();
    EXPECT_EQ(coverage.edges_hit(), 0U);
}

TEST(Image, NamesTheFunctionsThatNobodyHas) {
    const std::string error = error_of(path_of("unfinished"));
    EXPECT_NE(error.find("calls what Interlock does not have: InterlockHasNot"), error.npos)
        << error;
    EXPECT_NE(error.find("InterlockHasNotThis"), error.npos) << error;
    EXPECT_NE(error.find("InterlockHasNotThatEither"), error.npos) << error;
}

TEST(Image, TakesNothingOfTheCLibraryThatAKernelHasNot) {
    const std::string error = error_of(path_of("user_mode"));
    EXPECT_NE(error.find("calls what the kernel of Windows does not have: getenv, puts;"),
              error.npos)
        << error;
    EXPECT_NE(error.find("interlock ddi"), error.npos) << error;
}

TEST(Image, SaysWhatIsWrongWithAFile) {
    EXPECT_EQ(
        error_of("/nowhere/at/all.so").find("/nowhere/at/all.so: cannot be read: No such file"),
        0U);
    EXPECT_NE(error_of(path_of("without_entry")).find(": has no DriverEntry; expected a module"),
              std::string::npos);
    const std::string text = testing::TempDir() + "text.so";
    std::ofstream(text) << "This is no module.";
    EXPECT_EQ(error_of(text).find(text + ": is not a shared object; expected"), 0U);
}

}  // namespace
}  // namespace interlock::harness

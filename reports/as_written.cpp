#include "reports/as_written.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace interlock::reports {

void expect_as_written(const std::string& text, const std::string& name) {
    const std::string file = "reports/expected/" + name;
    if (std::getenv("INTERLOCK_REWRITE") != nullptr) std::ofstream(file) << text;
    std::ifstream stream(file);
    EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(stream), {}));
}

}  // namespace interlock::reports

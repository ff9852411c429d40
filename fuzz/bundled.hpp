#pragma once

// For tests: stages with bundled extensions.

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fuzz/contained_stage.hpp"
#include "harness/bundled.hpp"

namespace interlock::fuzz {

using harness::bundled;

/// @return nothing, and the test fails, if they do not load.
inline std::unique_ptr<ContainedStage> opened_with(std::vector<std::string> paths) {
    auto opened = ContainedStage::open({.extensions = std::move(paths), .frames = {}});
    if (const auto* error = std::get_if<harness::InputError>(&opened)) {
        ADD_FAILURE() << to_string(*error);
        return nullptr;
    }
    return std::move(std::get<std::unique_ptr<ContainedStage>>(opened));
}

}  // namespace interlock::fuzz

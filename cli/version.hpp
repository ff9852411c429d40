#pragma once

#include <string_view>

namespace interlock::cli {

/// The project's version, e.g. "0.1.0".
std::string_view version();

}  // namespace interlock::cli

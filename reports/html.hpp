#pragma once

#include <string>
#include <string_view>

namespace interlock::reports {

/// As it stands in a page or in an attribute: what would be read as markup is spelled out.
std::string escaped(std::string_view text);

}  // namespace interlock::reports

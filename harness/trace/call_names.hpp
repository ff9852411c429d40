#pragma once

// The names of all calls, to say which one may have been meant.

#include <array>
#include <span>
#include <string_view>

#include "model/call.hpp"

namespace interlock::harness {

inline std::span<const std::string_view> call_names() {
    static const auto names = [] {
        std::array<std::string_view, model::call_count> all;
        for (std::size_t call = 0; call < all.size(); ++call)
            all[call] = model::name(static_cast<model::Call>(call));
        return all;
    }();
    return names;
}

}  // namespace interlock::harness

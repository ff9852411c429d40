#pragma once

// What is claimed of the portfolio, and whether what was measured bears it out.

#include <string>
#include <vector>

#include "props/bench/museum/measured.hpp"

namespace interlock::props::museum {

struct Claim {
    std::string              says;
    std::size_t              asked = 0;  // Of how many exhibits it says something.
    std::vector<std::string> against;    // "P29: 77 / 300": the portfolio's median, and uniform's
};

/// That it detects each exhibit with every seed; that what needs a schedule takes it at most a
/// tenth of what uniform takes, by the medians; and that it never takes more than twice what
/// uniform does where the median seed of uniform detects. An exhibit that was not measured is
/// against each.
std::vector<Claim> claims(const std::vector<Exhibit>& exhibits, const Measured& measured);

}  // namespace interlock::props::museum

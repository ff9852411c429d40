#pragma once

// How much of what the machines say is shown, and by what: told as text and as JSON.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/machine.hpp"
#include "reports/layout.hpp"

namespace interlock::reports {

/// One state and event of a machine, and what shows it.
struct CoverLine {
    const model::Machine* machine = nullptr;
    std::uint8_t          state   = 0;
    std::uint8_t          event   = 0;
    bool                  filled  = false;  // It is a row; else the event is illegal there.
    std::string_view      rule;             // Grants it; or is broken by it.
    std::string           scenario;         // The file that drives it on the running switch,
    std::string           story;            // and the one that tells of it. Empty: none.
    std::string           undriven;         // Why no scenario was found, if none was.
    std::string           never;            // How it was shown that nothing takes it, if it was.

    bool is_shown() const {
        return !scenario.empty() || !story.empty() || !never.empty();
    }
};

struct Cover {
    std::span<const CoverLine> lines;
    std::uint64_t              scenarios = 0;  // That were played,
    std::uint64_t              events    = 0;  // and events that were tried for stories.
    double                     seconds   = 0;

    bool all_shown() const;
};

/// What is not driven, and why; what is never; what nothing shows, by name. A line a cell.
std::string cover_list(const Cover& cover, const TextStyle& style);

/// Machine by machine how many rows and how many illegal cells are shown, and the sums.
std::string cover_table(const Cover& cover, const TextStyle& style);

/// Indented by two, with a newline at the end.
std::string json_text(const Cover& cover);

}  // namespace interlock::reports

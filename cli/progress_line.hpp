#pragma once

// One line about what is going on, on the standard error, because it is no result: refreshed in
// place on a terminal, from the second second on, and no wider than that. Where nobody watches,
// nothing, or, if asked for, a new line every few seconds.

#include <chrono>
#include <cstddef>
#include <string>

namespace interlock::cli {

enum class Telling : std::uint8_t { quiet, plain, verbose };

class ProgressLine {
public:
    explicit ProgressLine(Telling telling = Telling::plain);
    ~ProgressLine() {
        clear();
    }
    ProgressLine(const ProgressLine&)            = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Whether it is time for another line.
    bool due() const;
    /// Before what may take long: at once, where somebody watches.
    void begin(const std::string& text);
    void show(const std::string& text);
    /// Makes room for something else.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    Telling           telling;
    bool              terminal;
    bool              shown = false;
    Clock::time_point next;
};

/// As much of a line as fits, with an ellipsis where some is missing.
/// @param columns  at least 1
std::string fitting(const std::string& text, std::size_t columns);

}  // namespace interlock::cli

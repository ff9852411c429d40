#pragma once

// One line about what is going on: refreshed in place on a terminal, a new one every few seconds
// elsewhere. On the standard error, because it is no result.

#include <chrono>
#include <string>

namespace interlock::cli {

class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine() {
        clear();
    }
    ProgressLine(const ProgressLine&)            = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    bool on_terminal() const {
        return terminal;
    }
    /// Whether it is time for another line.
    bool due() const;
    void show(const std::string& text);
    /// Makes room for something else.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    bool              terminal;
    bool              shown = false;
    Clock::time_point last;
};

}  // namespace interlock::cli

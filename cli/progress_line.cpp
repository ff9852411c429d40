#include "cli/progress_line.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace interlock::cli {
namespace {

constexpr auto silence = std::chrono::seconds(1);
constexpr auto refresh = std::chrono::milliseconds(100);
constexpr auto repeat  = std::chrono::seconds(5);

/// In the last column some terminals break the line.
std::size_t columns_of_terminal() {
    winsize size = {};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return 79;
    return size.ws_col - std::size_t{1};
}

}  // namespace

ProgressLine::ProgressLine(Telling how)
    : telling(how), terminal(isatty(STDERR_FILENO) == 1), next(Clock::now() + silence) {}

bool ProgressLine::due() const {
    if (telling == Telling::quiet) return false;
    if (!terminal && telling == Telling::plain) return false;
    return Clock::now() >= next;
}

void ProgressLine::begin(const std::string& text) {
    if (due() || (terminal && telling != Telling::quiet)) show(text);
}

void ProgressLine::show(const std::string& text) {
    next = Clock::now() + (terminal ? Clock::duration(refresh) : repeat);
    if (terminal) {
        std::fprintf(stderr, "\r\x1b[K%s", fitting(text, columns_of_terminal()).c_str());
    } else {
        std::fprintf(stderr, "%s\n", text.c_str());
    }
    std::fflush(stderr);
    shown = terminal;
}

void ProgressLine::clear() {
    if (shown) std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    shown = false;
}

std::string fitting(const std::string& text, std::size_t columns) {
    if (text.size() <= columns) return text;
    return text.substr(0, columns - 1) + "\u2026";
}

}  // namespace interlock::cli

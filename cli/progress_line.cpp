#include "cli/progress_line.hpp"

#include <unistd.h>

#include <cstdio>

namespace interlock::cli {
namespace {

constexpr auto refresh = std::chrono::milliseconds(100);
constexpr auto repeat  = std::chrono::seconds(5);

}  // namespace

ProgressLine::ProgressLine() : terminal(isatty(STDERR_FILENO) == 1), last(Clock::now()) {}

bool ProgressLine::due() const {
    const auto since = Clock::now() - last;
    return terminal ? since >= refresh : since >= repeat;
}

void ProgressLine::show(const std::string& text) {
    last = Clock::now();
    std::fprintf(stderr, terminal ? "\r\x1b[K%s" : "%s\n", text.c_str());
    std::fflush(stderr);
    shown = terminal;
}

void ProgressLine::clear() {
    if (shown) std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    shown = false;
}

}  // namespace interlock::cli

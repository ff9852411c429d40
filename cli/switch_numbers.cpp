#include "cli/switch_numbers.hpp"

#include <array>
#include <cstdio>
#include <numeric>
#include <string_view>

namespace interlock::cli {
namespace {

using namespace harness;

constexpr std::array<std::string_view, loss_count> losses = {
    "too short", "too long", "offloaded segments", "overrun", "no room", "refused"};

constexpr std::array<std::string_view, fate_count> fates = {
    "ended by an extension", "without a destination", "ended on the way up", "destination gone",
    "delivered"};

double seconds_of(Time100ns time) {
    return static_cast<double>(time) / 1e7;
}

std::uint64_t accepted(const LiveCounts& counts) {
    const auto add = [](std::uint64_t sum, const LivePortCounts& port) {
        return sum + port.accepted;
    };
    return std::accumulate(counts.ports.begin(), counts.ports.end(), std::uint64_t{0}, add);
}

std::uint64_t finished(const LiveCounts& counts) {
    const auto& by_fate = counts.finished.by_fate;
    return std::accumulate(by_fate.begin(), by_fate.end(), counts.finished.cloned);
}

std::string text_of(std::uint64_t number) {
    return std::to_string(number);
}

/// ", <number> <what>", where there is any.
std::string also(std::uint64_t number, std::string_view what) {
    return number == 0 ? "" : ", " + text_of(number) + " " + std::string(what);
}

std::string port_line(const std::string& name, const LivePortCounts& port, const WireCounts& wire) {
    std::string line = "  " + name + std::string(name.size() < 10 ? 10 - name.size() : 0, ' ');
    line += " in " + text_of(port.accepted) + " (" + text_of(wire.received_bytes) +
            " bytes), out " + text_of(wire.sent) + " (" + text_of(wire.sent_bytes) + " bytes)";
    line += also(port.lives, "lives") + also(port.not_connected, "while not connected");
    for (std::size_t loss = 0; loss < loss_count; ++loss)
        line += also(wire.lost[loss], losses[loss]);
    return line + "\n";
}

std::string frames_line(const LiveCounts& counts) {
    std::string line = "  frames     " + text_of(accepted(counts)) + " entered";
    for (std::size_t fate = fate_count; fate-- > 0;)
        line += also(counts.finished.by_fate[fate], fates[fate]);
    line += also(counts.finished.cloned, "taken over by clones");
    return line + ", " + text_of(counts.in_flight) + " on their way, " +
           std::to_string(unaccounted(counts)) + " unaccounted for\n";
}

std::string together_line(const LiveCounts& counts) {
    if (counts.together == 0) return {};
    return "  at once    " + text_of(counts.together) +
           " times a thread began to run code of an extension while another did\n";
}

std::string time_line(const LiveCounts& counts) {
    const double seconds  = seconds_of(counts.time);
    char         line[80] = "";
    std::snprintf(line, sizeof line, "  time       %.1f s, %.0f frames a second\n", seconds,
                  seconds > 0 ? static_cast<double>(accepted(counts)) / seconds : 0.0);
    return line;
}

}  // namespace

std::int64_t unaccounted(const LiveCounts& counts) {
    return static_cast<std::int64_t>(accepted(counts) - finished(counts) - counts.in_flight);
}

std::string numbers_of(LiveSwitch& live, const std::vector<std::string>& ports) {
    const LiveCounts counts = live.counts();
    std::uint64_t    lives  = counts.other_lives;
    std::string      text;
    for (std::size_t port = 0; port < ports.size(); ++port) {
        lives += counts.ports[port].lives;
        text += port_line(ports[port], counts.ports[port], live.wire_counts(port));
    }
    text += frames_line(counts);
    text += "  steps      " + text_of(counts.steps) + " taken, " + text_of(counts.left_out) +
            " left out, " + text_of(lives) + " lives of ports\n";
    text += together_line(counts) + time_line(counts);
    return text;
}

}  // namespace interlock::cli

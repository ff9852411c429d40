#include "harness/live/script.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <locale>
#include <sstream>

#include "harness/scenario/text.hpp"

namespace interlock::harness {
namespace {

constexpr double units_in_a_second = 10'000'000;
constexpr double seconds_max       = 1e9;

std::string_view trimmed(std::string_view line) {
    line                    = line.substr(0, line.find('#'));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
}

/// Takes "at 1.5 " off the beginning of a line.
bool take_time(std::string_view& line, Time100ns& due) {
    constexpr std::string_view at = "at ";
    if (!line.starts_with(at)) return false;
    line.remove_prefix(at.size());
    std::istringstream words{std::string(line)};  // Not every library has from_chars of these.
    words.imbue(std::locale::classic());
    double seconds = 0;
    if (!(words >> seconds) || seconds < 0 || seconds > seconds_max) return false;
    const auto read = words.eof() ? line.size() : static_cast<std::size_t>(words.tellg());
    line            = trimmed(line.substr(read));
    due             = static_cast<Time100ns>(seconds * units_in_a_second);
    return true;
}

std::variant<TimedStep, InputError> parse_line(std::string_view line, const std::string& file,
                                               std::size_t number) {
    TimedStep timed;
    if (!take_time(line, timed.due))
        return InputError{file, number, "this line says no time", "at <seconds> <step>"};
    auto parsed = parse_text(to_text(Scenario{}) + std::string(line), file);
    if (auto* const error = std::get_if<InputError>(&parsed)) {
        error->line = number;
        return std::move(*error);
    }
    auto& steps = std::get<Scenario>(parsed).steps;
    if (steps.size() != 1 || steps.front().verb == Verb::wait)
        return InputError{file, number, "this is no step that a live switch can take",
                          "a step of a scenario, but no wait"};
    timed.step = std::move(steps.front());
    return timed;
}

}  // namespace

std::variant<std::vector<TimedStep>, InputError> parse_script(std::string_view   text,
                                                              const std::string& file) {
    std::vector<TimedStep> steps;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t      end  = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (line.empty()) continue;
        auto parsed = parse_line(line, file, number);
        if (auto* const error = std::get_if<InputError>(&parsed)) return std::move(*error);
        auto& timed = std::get<TimedStep>(parsed);
        if (!steps.empty() && timed.due < steps.back().due)
            return InputError{file, number, "this is before the line above",
                              "steps in their order"};
        steps.push_back(std::move(timed));
    }
    return steps;
}

std::variant<std::vector<TimedStep>, InputError> read_script(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return InputError{file, 0, std::string("cannot be read: ") + std::strerror(errno),
                          "a script of steps"};
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return parse_script(text, file);
}

}  // namespace interlock::harness

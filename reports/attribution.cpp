#include "reports/attribution.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/lanes.hpp"

namespace interlock::reports {
namespace {

using model::Blame;

std::string suspect_of(const Result& result) {
    const model::Violation* const first = first_violation(result.verdict);
    return first == nullptr ? std::string() : module_name(result, first->module);
}

}  // namespace

std::string blame_in_words(const Result& result) {
    const auto suspect = suspect_of(result);
    switch (const auto& found = *result.attribution; found.blame) {
        case Blame::extension:
            return fmt::format("{}: it breaks the rule whoever stands beside it", suspect);
        case Blame::together:
            return fmt::format("{}, but only beside {}", suspect, found.other);
        case Blame::neighbour:
            return fmt::format("{}: a good extension in the place of {} is accused as well",
                               found.other.empty() ? "a neighbour" : found.other, suspect);
        case Blame::the_switch:
            return "the switch: the scenario forces it to take a step that it may not take";
        case Blame::interlock:
            return "Interlock: extensions that are known to be good do not help; please report it";
        case Blame::open:
            break;
    }
    return "not clear: it did not show again with any other stack";
}

std::string restaged_in_words(const model::Restaged& restaged) {
    const auto how = fmt::format("{} {}", restaged.shows ? "broken" : "kept", restaged.how);
    if (restaged.stack.empty()) return how;
    return fmt::format("{} ({})", how, fmt::join(restaged.stack, " over "));
}

std::string_view name(Blame blame) {
    constexpr std::string_view names[] = {"extension", "together",  "neighbour",
                                          "switch",    "interlock", "open"};
    return names[static_cast<std::size_t>(blame)];
}

}  // namespace interlock::reports

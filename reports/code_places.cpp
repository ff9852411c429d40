#include "reports/code_places.hpp"

#include <algorithm>
#include <charconv>

namespace interlock::reports {
namespace {

constexpr std::string_view between = " < ";

CodePlace code_place(std::string_view text) {
    const auto open  = text.rfind(" (");
    const auto colon = text.rfind(':');
    if (open == text.npos || colon == text.npos || colon < open || !text.ends_with(')'))
        return {std::string(text), {}, 0};
    CodePlace place{std::string(text.substr(0, open)),
                    std::string(text.substr(open + 2, colon - open - 2)), 0};
    std::from_chars(text.data() + colon + 1, text.data() + text.size() - 1, place.line);
    return place;
}

}  // namespace

std::vector<CodePlace> code_places(std::string_view stack) {
    std::vector<CodePlace> places;
    while (!stack.empty()) {
        const auto end = std::min(stack.find(between), stack.size());
        places.push_back(code_place(stack.substr(0, end)));
        stack.remove_prefix(std::min(end + between.size(), stack.size()));
    }
    return places;
}

std::string_view stack_of(const Result& result, const model::Violation& violation) {
    const auto of = [&](std::uint32_t event) {
        return event < result.called_from.size() ? std::string_view(result.called_from[event])
                                                 : std::string_view();
    };
    if (!of(violation.at).empty()) return of(violation.at);
    for (const Note& note : result.notes) {
        if (note.event == violation.at && !note.from.empty()) return note.from;
    }
    return violation.since == 0 ? std::string_view() : of(violation.since);
}

const SourceFile* source_of(const Result& result, const CodePlace& place) {
    const auto found = std::ranges::find(result.sources, place.file, &SourceFile::name);
    return found == result.sources.end() ? nullptr : &*found;
}

}  // namespace interlock::reports

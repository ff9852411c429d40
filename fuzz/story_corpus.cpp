#include "fuzz/story_corpus.hpp"

#include <algorithm>

#include "harness/trace/story_file.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

std::string joined(const ToldCell& cell, char between) {
    std::string name(cell.machine->name);
    std::ranges::replace(name, ' ', '_');
    for (const std::string_view word :
         {cell.machine->states[cell.state], cell.machine->events[cell.event]})
        name.append(1, between).append(word);
    return name;
}

/// What else it breaks before its last event; a story needs that where no orderly run comes there.
std::string before_it(const ToldCell& cell) {
    const auto  verdict = model::judge(cell.story, {.ndis = 640});
    std::string rules;
    for (const model::Violation& violation : verdict.violations) {
        if (violation.at + 1 == cell.story.size()) continue;
        rules.append(rules.empty() ? "" : ", ").append(model::rules()[violation.rule].id);
    }
    return rules.empty() ? "" : "# It takes to break before that: " + rules + "\n";
}

}  // namespace

std::string name_of(const ToldCell& cell) {
    return joined(cell, ':');
}

std::string file_of(const ToldCell& cell) {
    const std::string folder = cell.broken == 0 ? "conforms" : "violates/" + std::string(cell.rule);
    return folder + "/" + joined(cell, '_') + ".story";
}

std::string text_of(const ToldCell& cell) {
    std::string comments = cell.filled ? "# Takes " : "# Has no row: ";
    comments += name_of(cell) + (cell.filled ? ", granted by " : ", against ");
    comments.append(cell.rule).append("\n").append(before_it(cell)).append("# Page: ");
    comments.append(model::rules()[model::rule_of(cell.rule)].page).append("\n");
    return harness::to_story(harness::TraceHead{}, cell.story, comments);
}

}  // namespace interlock::fuzz

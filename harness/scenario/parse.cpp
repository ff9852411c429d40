#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "harness/faults/faultable.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"
#include "harness/scenario/parse_step.hpp"
#include "harness/scenario/text.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view first_line = "interlock scenario 1";
constexpr std::string_view title      = "interlock scenario";
constexpr std::uint64_t    u32_max    = 0xFFFFFFFF;
constexpr std::uint64_t    u64_max    = ~std::uint64_t{0};

constexpr std::array<std::string_view, 11> other_words = {
    "extension", "ndis",   "inactive", "late", "schedule", "faults",
    "preempt",   "detect", "force",    "when", "fail"};

/// Every word that can begin a line.
std::span<const std::string_view> line_words() {
    static const auto words = [] {
        std::vector<std::string_view> all(verb_words().begin(), verb_words().end());
        all.insert(all.end(), other_words.begin(), other_words.end());
        return all;
    }();
    return words;
}

std::vector<std::string_view> role_words() {
    std::vector<std::string_view> words;
    for (std::uint8_t role = 0; role <= static_cast<std::uint8_t>(Role::requestor); ++role) {
        words.push_back(name(static_cast<Role>(role)));
    }
    return words;
}

bool is_of_bytes(std::string_view content) {
    return !content.empty() && static_cast<unsigned char>(content.front()) == bytes_mark;
}

Complaint parse_first_line(std::string_view line) {
    if (line == first_line) return {};
    const std::string wanted = "expected " + cited(first_line);
    if (line.empty()) return LineFault{"there is no scenario", wanted + " in the first line"};
    if (!line.starts_with(title)) return LineFault{"the first line is " + cited(line), wanted};

    const std::string_view version = line.substr(title.size());
    return LineFault{"this is version" + std::string(version.empty() ? " none" : version),
                     "expected version 1; take the release of interlock that wrote the file, or "
                     "write " +
                         cited(first_line) + " if it uses nothing newer"};
}

/// Reads the lines after the first, one by one, into a scenario.
class ScenarioReader {
public:
    Complaint line(std::string_view text);
    Scenario  take() {
         return std::move(scenario);
    }

private:
    Complaint setting(std::string_view word, Words& words);
    Complaint extension(Words& words);
    Complaint ndis(Words& words);
    Complaint schedule(Words& words);
    Complaint step(std::string_view word, Words& words);
    Complaint decision(Words& words);
    Complaint faults(Words& words);
    Complaint fault(Words& words);
    Complaint switched_on(Words& words, std::string_view what, bool& setting);
    Complaint once(std::string_view word);

    Scenario                      scenario;
    std::vector<std::string_view> seen;  // Settings that stand once.
};

Complaint expect_end(Words& words) {
    if (words.at_end()) return {};
    return LineFault{cited(words.peek()) + " is too much", "expected the end of the line"};
}

Complaint ScenarioReader::once(std::string_view word) {
    if (place_in(seen, word)) return LineFault{cited(word) + " stands twice", "expected it once"};
    seen.push_back(word);
    return {};
}

Complaint ScenarioReader::extension(Words& words) {
    const std::string_view name     = words.take();
    const std::string      expected = "expected a name of 1 to 63 letters a-z, digits, '_' and '-'";
    if (name.empty()) return LineFault{"extension lacks its name", expected};
    const bool letters = name.find_first_not_of(name_letters) == name.npos;
    if (!letters || name.size() > name_letters_max) {
        return LineFault{cited(name) + " is no extension's name", expected};
    }
    if (scenario.extensions.size() == extensions_max) {
        return LineFault{"there are more than 8 extensions", "expected at most 8"};
    }
    scenario.extensions.emplace_back(name);
    return expect_end(words);
}

Complaint ScenarioReader::ndis(Words& words) {
    const std::string_view version = words.take();
    if (version != "6.30" && version != "6.40") {
        return LineFault{cited(version) + " is no version of NDIS that this build plays",
                         "expected 'ndis 6.30' or 'ndis 6.40'"};
    }
    scenario.ndis = version == "6.30" ? 630 : 640;
    return expect_end(words);
}

Complaint ScenarioReader::schedule(Words& words) {
    const std::string expected =
        "expected 'schedule random <number>', 'schedule pos <number>', 'schedule pct <depth> "
        "<number>' or 'schedule round-robin'";

    const std::string_view kind  = words.take();
    const auto             place = place_in(schedule_words, kind);
    if (!place) {
        return LineFault{cited(kind) + " is no schedule", hint(kind, schedule_words, expected)};
    }
    if (kind == "round-robin") return expect_end(words);
    scenario.schedule = static_cast<ScheduleKind>(*place);
    if (scenario.schedule == ScheduleKind::pct) {
        if (words.at_end()) return LineFault{"schedule pct lacks its depth", expected};
        std::uint64_t depth = 0;
        if (auto bad = parse_number(words.take(), "depth", 1, depth_max, depth)) return bad;
        scenario.depth = static_cast<std::uint8_t>(depth);
    }
    if (words.at_end())
        return LineFault{"schedule " + std::string(kind) + " lacks its number", expected};
    if (auto bad = parse_number(words.take(), "schedule", 0, u64_max, scenario.seed)) return bad;
    return expect_end(words);
}

Complaint ScenarioReader::faults(Words& words) {
    const std::string_view kind = words.take();
    if (kind != "random" || words.at_end()) {
        return LineFault{cited(kind) + " is no choice of faults",
                         "expected 'faults random <number>'"};
    }
    std::uint64_t seed = 0;
    if (auto bad = parse_number(words.take(), "faults", 1, u32_max, seed)) return bad;
    scenario.fault_seed = static_cast<std::uint32_t>(seed);
    return expect_end(words);
}

/// "preempt memory", "detect races"
Complaint ScenarioReader::switched_on(Words& words, std::string_view what, bool& setting) {
    const std::string_view given = words.take();
    if (given != what)
        return LineFault{cited(given) + " stands where " + cited(what) + " belongs",
                         "expected 'preempt memory' or 'detect races'"};
    setting = true;
    return expect_end(words);
}

Complaint ScenarioReader::setting(std::string_view word, Words& words) {
    if (!scenario.steps.empty()) {
        return LineFault{cited(word) + " stands after a step", "expected it before the first step"};
    }
    if (word == "extension") return extension(words);
    if (auto bad = once(word)) return bad;
    if (word == "ndis") return ndis(words);
    if (word == "schedule") return schedule(words);
    if (word == "faults") return faults(words);
    if (word == "preempt") return switched_on(words, "memory", scenario.preempts_at_memory);
    if (word == "detect") return switched_on(words, "races", scenario.detects_races);
    if (word == "inactive") scenario.active = false;
    if (word == "late") scenario.late = true;
    return expect_end(words);
}

Complaint ScenarioReader::step(std::string_view word, Words& words) {
    const bool             force = word == "force";
    const std::string_view verb  = force ? words.take() : word;
    const auto             place = place_in(verb_words(), verb);
    if (!place) {
        const auto known = force ? verb_words() : line_words();
        return LineFault{cited(verb) + (force ? " is no step" : " is no step and no setting"),
                         hint(verb, known, "expected a step, such as 'create-port 2 synthetic'")};
    }
    Step next;
    if (auto bad = parse_step(static_cast<Verb>(*place), words, next)) return bad;
    if (force && !(row_of(next.verb).takes & takes::force)) {
        return LineFault{"'force' before " + cited(verb), "expected it alone; it breaks no rule"};
    }
    if (scenario.steps.size() == steps_max) {
        return LineFault{"there are more than 4096 steps", "expected at most 4096"};
    }
    next.force = force;
    scenario.steps.push_back(next);
    return {};
}

Complaint parse_task(Words& words, TaskName& task) {
    const std::string_view role = words.take();
    if (!find_role(role, task.role)) {
        const auto known = role_words();
        return LineFault{cited(role) + " is no task",
                         hint(role, known, "expected a task, such as 'control 0'")};
    }
    std::uint64_t number = 0;
    if (auto bad = parse_number(words.take(), "the task's number", 0, u32_max, number)) return bad;
    task.number = static_cast<std::uint32_t>(number);
    return {};
}

LineFault misplaced(std::string_view word, std::string_view wanted) {
    return {cited(word) + " stands where " + cited(wanted) + " belongs",
            "expected 'when <task> at <place> #<n> go <task>' or '... take <number>'"};
}

/// Takes one given word.
Complaint expect_word(Words& words, std::string_view wanted) {
    const std::string_view word = words.take();
    if (word == wanted) return {};
    return misplaced(word, wanted);
}

Complaint parse_answer(Words& words, Decision& decision) {
    decision.is_switch = words.peek() == "go";
    if (decision.is_switch) {
        words.take();
        return parse_task(words, decision.other);
    }
    if (auto bad = expect_word(words, "take")) return bad;
    std::uint64_t value = 0;
    if (auto bad = parse_number(words.take(), "take", 0, u32_max, value)) return bad;
    decision.value = static_cast<std::uint32_t>(value);
    return {};
}

Complaint ScenarioReader::decision(Words& words) {
    Decision next;
    if (auto bad = parse_task(words, next.task)) return bad;
    if (auto bad = expect_word(words, "at")) return bad;
    next.place = words.take();
    if (next.place.empty() || next.place.size() > place_letters_max) {
        return LineFault{cited(next.place) + " is no place",
                         "expected a function's name or a question's, at most 127 letters"};
    }
    const std::string_view count = words.take();
    if (!count.starts_with('#')) return misplaced(count, "#<n>");
    std::uint64_t nth = 0;
    if (auto bad = parse_number(count.substr(1), "#", 1, u32_max, nth)) return bad;
    next.nth = static_cast<std::uint32_t>(nth);
    if (auto bad = parse_answer(words, next)) return bad;
    scenario.decisions.push_back(std::move(next));
    return expect_end(words);
}

std::vector<std::string_view> faultable_words() {
    std::vector<std::string_view> words;
    for (const Faultable& row : faultables)
        words.push_back(row.function());
    return words;
}

/// The words behind "with": how it fails.
Complaint parse_failure(Words& words, const Faultable& row, std::uint32_t& way) {
    std::vector<std::string_view> known;
    for (std::uint32_t one = 1; one <= row.ways(); ++one)
        known.push_back(row.failure(one).name);
    const std::string_view name  = words.take();
    const auto             found = find_way(row, name);
    if (!found) {
        return LineFault{
            cited(name) + " is no way in which " + std::string(row.function()) + " fails",
            hint(name, known, "expected " + cited(known.front()))};
    }
    way = *found;
    return {};
}

constexpr std::string_view fault_usage =
    "expected 'fail <function> #<n> in <task> with <status>', or NULL";

/// fail <function> #<n> in <task> with <status>
Complaint ScenarioReader::fault(Words& words) {
    const std::string_view function = words.take();
    Decision               next;
    next.place     = std::string(fault_mark) + std::string(function);
    next.is_switch = false;

    const Faultable* const row = find_faultable(next.place);
    if (row == nullptr) {
        const auto known = faultable_words();
        return LineFault{cited(function) + " is no function that can fail",
                         hint(function, known, std::string(fault_usage))};
    }
    const std::string_view count = words.take();
    if (!count.starts_with('#')) {
        return LineFault{cited(count) + " stands where '#<n>' belongs", std::string(fault_usage)};
    }
    std::uint64_t nth = 0;
    if (auto bad = parse_number(count.substr(1), "#", 1, u32_max, nth)) return bad;
    next.nth = static_cast<std::uint32_t>(nth);
    if (words.take() != "in") return LineFault{"'in' is missing", std::string(fault_usage)};
    if (auto bad = parse_task(words, next.task)) return bad;
    if (words.take() != "with") return LineFault{"'with' is missing", std::string(fault_usage)};
    if (auto bad = parse_failure(words, *row, next.value)) return bad;
    scenario.decisions.push_back(std::move(next));
    return expect_end(words);
}

Complaint ScenarioReader::line(std::string_view text) {
    Words words(text);
    if (words.at_end() || words.peek().starts_with('#')) return {};
    if (const auto byte = not_text(text)) {
        return LineFault{"there is a byte " + std::to_string(*byte) + ", which is not text",
                         "expected a scenario as text, one step a line"};
    }
    const std::string_view word = words.take();
    if (word == "when") return decision(words);
    if (word == "fail") return fault(words);
    if (word != "force" && place_in(other_words, word)) return setting(word, words);
    return step(word, words);
}

/// Takes the next line off `text`, without its end.
std::string_view take_line(std::string_view& text) {
    const std::size_t end  = text.find('\n');
    std::string_view  line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    while (line.ends_with('\r') || line.ends_with(' '))
        line.remove_suffix(1);
    return line;
}

}  // namespace

std::variant<Scenario, InputError> parse_text(std::string_view text, std::string_view file) {
    ScenarioReader reader;
    std::size_t    number = 1;
    Complaint      bad    = parse_first_line(take_line(text));
    while (!bad && !text.empty()) {
        ++number;
        bad = reader.line(take_line(text));
    }
    if (bad) return InputError{std::string(file), number, bad->wrong, bad->expected};
    return reader.take();
}

bool is_scenario(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string   begin(title.size(), '\0');
    stream.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    return begin == title || is_of_bytes(begin);
}

std::variant<Scenario, InputError> read_scenario(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return InputError{file, 0, std::string("cannot be read: ") + std::strerror(errno),
                          "expected a scenario"};
    }
    std::ostringstream content;
    content << stream.rdbuf();
    const std::string text = std::move(content).str();
    if (!is_of_bytes(text)) return parse_text(text, file);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    return decode({bytes, text.size()});
}

}  // namespace interlock::harness

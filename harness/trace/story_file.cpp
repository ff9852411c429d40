#include "harness/trace/story_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <vector>

#include "harness/scenario/words.hpp"
#include "harness/trace/call_names.hpp"
#include "harness/trace/story_words.hpp"
#include "model/oids.hpp"
#include "model/statuses.hpp"

namespace interlock::harness {
namespace {

using model::Event;
using model::Phase;

constexpr std::string_view title      = "interlock story";
constexpr std::string_view first_line = "interlock story 1";

// --- Writing -----------------------------------------------------------------------------------

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

std::string hexadecimal(std::uint64_t value) {
    std::array<char, 16> digits;
    const auto           end = std::to_chars(digits.begin(), digits.end(), value, 16).ptr;
    return "0x" + std::string(digits.begin(), end);
}

std::string target(model::PortId port, model::NicIndex nic) {
    return number(port) + "/" + number(nic);
}

/// Whether it is a word of its own: a status that has a name and says how something ended.
bool says_status(const Event& event) {
    if (model::name_of_status(event.status).empty()) return false;
    const bool ends = event.phase == Phase::leave ? model::returns_status(event.call)
                                                  : model::brings_status(event.call);
    return ends || event.status != 0;
}

void add_kind(std::string& line, const Event& event) {
    const auto kinds = story::kinds_of(event);
    if (!kinds || event.detail == 0 || event.detail >= kinds->words.size()) return;
    line.append(" ").append(kinds->field).append(" ").append(kinds->words[event.detail]);
}

bool has_kind(const Event& event) {
    const auto kinds = story::kinds_of(event);
    return kinds && event.detail < kinds->words.size();
}

void add_names(std::string& line, const Event& event) {
    const bool known = model::oid::place(event.oid) < model::oid::count;
    if (known) line.append(" ").append(model::oid::info(event.oid).name);
    if (event.port != 0 || event.nic != 0)
        line +=
            " " + (story::is_of_a_port(event) ? number(event.port) : target(event.port, event.nic));
    if (event.other_port != 0 || event.other_nic != 0)
        line += " to " + target(event.other_port, event.other_nic);
    if (event.object != 0)
        line.append(" ").append(story::noun_of(event.call)).append(" " + number(event.object));
    if (event.parent != 0) line += " clone-of " + number(event.parent);
    if (says_status(event)) line.append(" ").append(model::name_of_status(event.status));
    add_kind(line, event);
}

void add_numbers(std::string& line, const Event& event) {
    const bool known_oid = model::oid::place(event.oid) < model::oid::count;
    story::visit_numbers(event, [&](std::string_view field, auto value, std::uint64_t left_out) {
        if (value == left_out) return;
        if (field == "oid" && known_oid) return;
        if (field == "status" && says_status(event)) return;
        if (field == "detail" && has_kind(event)) return;
        const bool bits = field == "oid" || field == "status" || field == "flags";
        line.append(" ").append(field).append(" ");
        line += bits ? hexadecimal(value) : number(value);
    });
}

// --- Reading -----------------------------------------------------------------------------------

std::vector<std::string_view> oid_names() {
    std::vector<std::string_view> names;
    for (const model::OidInfo& row : model::oid::page::table)
        names.push_back(row.name);
    return names;
}

std::vector<std::string_view> status_names() {
    std::vector<std::string_view> names;
    for (const model::NamedStatus& status : model::named_statuses())
        names.push_back(status.name);
    return names;
}

std::vector<std::string_view> field_words() {
    std::vector<std::string_view> words{"returns", "request", "nbl", "clone-of",
                                        "to",      "class",   "type"};
    Event                         event;
    story::visit_numbers(event,
                         [&](std::string_view field, auto&, auto) { words.push_back(field); });
    return words;
}

/// A number as people and as headers write it.
std::optional<std::uint64_t> any_number(std::string_view word) {
    if (!word.starts_with("0x")) return number_in(word);
    std::uint64_t value = 0;
    const auto    end   = word.data() + word.size();
    const auto    read  = std::from_chars(word.data() + 2, end, value, 16);
    if (read.ec != std::errc{} || read.ptr != end) return {};
    return value;
}

template <typename Number>
Complaint take_number(std::string_view field, std::string_view word, Number& into) {
    constexpr std::uint64_t max   = std::numeric_limits<Number>::max();
    const auto              value = any_number(word);
    if (!value || *value > max)
        return LineFault{cited(word) + " is no " + std::string(field),
                         "expected a number of at most " + number(max)};
    into = static_cast<Number>(*value);
    return {};
}

template <typename Number>
Complaint take_target(std::string_view word, Number& port, model::NicIndex& nic) {
    const auto slash = word.find('/');
    if (auto bad = take_number("port", word.substr(0, slash), port)) return bad;
    if (slash == word.npos) return {};
    return take_number("index of an adapter", word.substr(slash + 1), nic);
}

bool begins_a_number(std::string_view word) {
    return !word.empty() && word[0] >= '0' && word[0] <= '9';
}

/// Reads one line: who, which call, and then the fields in any order.
class StoryLine {
public:
    explicit StoryLine(std::string_view line) : words(line) {}

    Complaint read(Event& event) {
        if (auto bad = who(event)) return bad;
        if (auto bad = call(event)) return bad;
        event.task = story::usual_task(event);
        while (!words.at_end())
            if (auto bad = field(event)) return bad;
        return {};
    }

private:
    Complaint who(Event& event);
    Complaint call(Event& event);
    Complaint field(Event& event);
    Complaint once(std::string_view name);
    Complaint oid(std::string_view word, Event& event);
    Complaint status(std::string_view word, Event& event);
    Complaint kind(std::string_view word, Event& event);
    Complaint counted(std::string_view word, Event& event);

    Words                         words;
    std::vector<std::string_view> seen;
};

Complaint StoryLine::who(Event& event) {
    const std::string_view word     = words.take();
    const std::string      expected = "expected 'host' or 'extension <number>' and then a call";
    if (word == "host") return {};
    if (word != "extension") return LineFault{cited(word) + " begins no event", expected};
    const auto place = number_in(words.peek());
    if (!place || *place >= model::modules_max)
        return LineFault{cited(words.peek()) + " is no place in the stack",
                         "expected 'extension 0' to 'extension 7', top to bottom"};
    words.take();
    event.module = static_cast<model::ModuleId>(*place);
    return {};
}

Complaint StoryLine::call(Event& event) {
    const std::string_view word = words.take();
    if (!model::find_call(word, event.call))
        return LineFault{word.empty() ? "the call is missing" : cited(word) + " is no call",
                         hint(word, call_names(), "expected a call, such as 'FilterAttach'")};
    if (words.peek() != "returns") return {};
    words.take();
    event.phase = Phase::leave;
    return {};
}

Complaint StoryLine::once(std::string_view name) {
    if (place_in(seen, name)) return LineFault{cited(name) + " is told twice", "expected it once"};
    seen.push_back(name);
    return {};
}

Complaint StoryLine::oid(std::string_view word, Event& event) {
    const auto named = std::ranges::find(model::oid::page::table, word, &model::OidInfo::name);
    if (named == model::oid::page::table.end())
        return LineFault{cited(word) + " is no OID of the switch",
                         hint(word, oid_names(),
                              "expected one of hyper-v-extensible-switch-oids; "
                              "write others as 'oid 0x...'")};
    event.oid = named->value;
    return once("oid");
}

Complaint StoryLine::status(std::string_view word, Event& event) {
    const auto known = model::status_of_name(word);
    if (!known)
        return LineFault{cited(word) + " is no status that has a name here",
                         hint(word, status_names(), "expected 'status 0x...'")};
    event.status = *known;
    return once("status");
}

Complaint StoryLine::kind(std::string_view word, Event& event) {
    const auto kinds = story::kinds_of(event);
    if (!kinds || kinds->field != word)
        return LineFault{cited(word) + " does not belong to this call",
                         "expected 'class' with FilterAttach, and 'type' behind an OID whose "
                         "buffer has one"};
    const std::string_view name  = words.take();
    const auto             place = place_in(kinds->words, name);
    if (!place)
        return LineFault{cited(name) + " is no " + std::string(word),
                         hint(name, kinds->words, "expected one such as 'synthetic'")};
    event.detail = static_cast<std::uint32_t>(*place);
    return once("detail");
}

Complaint StoryLine::counted(std::string_view word, Event& event) {
    bool      known = false;
    Complaint bad;
    story::visit_numbers(event, [&](std::string_view field, auto& value, auto) {
        if (field != word) return;
        known = true;
        bad   = take_number(field, words.take(), value);
    });
    if (known) return bad ? bad : once(word);
    return LineFault{cited(word) + " is no word of an event",
                     hint(word, field_words(), "expected one that corpus/README.md lists")};
}

Complaint StoryLine::field(Event& event) {
    const std::string_view word = words.take();
    if (word.starts_with("OID_")) return oid(word, event);
    if (word.starts_with("NDIS_STATUS_") || word.starts_with("STATUS_")) return status(word, event);
    if (word == "class" || word == "type") return kind(word, event);
    Complaint bad;
    if (begins_a_number(word)) {
        bad = take_target(word, event.port, event.nic);
        return bad ? bad : once("target");
    }
    if (word == "to") {
        bad = take_target(words.take(), event.other_port, event.other_nic);
    } else if (word == "clone-of") {
        bad = take_number(word, words.take(), event.parent);
    } else if (word == story::noun_of(event.call)) {
        bad = take_number(word, words.take(), event.object);
    } else if (word == "request" || word == "nbl") {
        return LineFault{cited(word) + " is not what this call is about",
                         "expected " + cited(story::noun_of(event.call))};
    } else {
        return counted(word, event);
    }
    return bad ? bad : once(word);
}

Complaint read_first_line(std::string_view line) {
    if (line == first_line) return {};
    if (!is_story(line))
        return LineFault{line.empty() ? "there is no story" : "the first line is " + cited(line),
                         "expected " + cited(first_line)};
    return LineFault{"this is version" + std::string(line.substr(title.size())),
                     "expected version 1; take the release of interlock that wrote the file"};
}

Complaint read_setting(Words& words, Trace& story) {
    const std::string_view version = words.take();
    if (version != "6.30" && version != "6.40")
        return LineFault{cited(version) + " is no version of NDIS that this build judges",
                         "expected 'ndis 6.30' or 'ndis 6.40'"};
    if (!story.events.empty())
        return LineFault{"'ndis' stands after an event", "expected it before the first"};
    story.head.ndis = version == "6.30" ? 630 : 640;
    if (words.at_end()) return {};
    return LineFault{cited(words.peek()) + " is too much", "expected the end of the line"};
}

Complaint read_line(std::string_view line, Trace& story) {
    Words words(line);
    if (words.at_end() || words.peek().starts_with('#')) return {};
    if (const auto byte = not_text(line))
        return LineFault{"there is a byte " + number(*byte) + ", which is not text",
                         "expected a story as text, one event a line"};
    if (words.peek() == "ndis") {
        words.take();
        return read_setting(words, story);
    }
    Event event;
    if (auto bad = StoryLine(line).read(event)) return bad;
    story.events.push_back(event);
    return {};
}

}  // namespace

std::string to_story(const Event& event) {
    std::string line = "host ";
    if (event.module != model::host_module) line = "extension " + number(event.module) + " ";
    line += model::name(event.call);
    if (event.phase == Phase::leave) line += " returns";
    add_names(line, event);
    add_numbers(line, event);
    return line;
}

std::string to_story(const TraceHead& head, std::span<const Event> events,
                     std::string_view comments) {
    std::string text = std::string(first_line) + "\n" + std::string(comments) + "\n";
    if (head.ndis == 630) text += "ndis 6.30\n\n";
    for (const Event& event : events)
        text += to_story(event) + "\n";
    return text;
}

bool is_story(std::string_view text) {
    return text.starts_with(title);
}

std::variant<Trace, InputError> parse_story(std::string_view text, std::string_view file) {
    Trace       story;
    std::size_t line = 0;
    while (line == 0 || !text.empty()) {
        const std::size_t end  = text.find('\n');
        std::string_view  here = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (here.ends_with('\r')) here.remove_suffix(1);
        const Complaint bad = line++ == 0 ? read_first_line(here) : read_line(here, story);
        if (bad) return InputError{std::string(file), line, bad->wrong, bad->expected};
    }
    return story;
}

}  // namespace interlock::harness

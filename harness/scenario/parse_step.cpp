#include "harness/scenario/parse_step.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "harness/scenario/grammar.hpp"

namespace interlock::harness {
namespace {

/// Reads the words of one step. Each member takes its own words, and complains or does not.
class StepReader {
public:
    StepReader(Words& line, Step& into) : words(line), step(into), row(row_of(into.verb)) {}

    Complaint subject();
    Complaint options();

private:
    std::string expected() const {
        return "expected '" + usage(step.verb) + "'";
    }
    Complaint port();
    Complaint handle();
    Complaint code();
    Complaint data();
    Complaint nic();
    Complaint property();
    Complaint id();
    Complaint target();
    Complaint address(std::string_view word, model::PortId& port, std::uint8_t& nic) const;
    Complaint option();
    Complaint number_option(const NumberOption& option);
    Complaint refusal();
    Complaint unknown_option(std::string_view word) const;

    template <typename Enum>
    Complaint word_option(std::string_view option, std::span<const std::string_view> known,
                          Enum& value);

    template <typename Enum>
    Complaint kind(std::span<const std::string_view> known, std::string_view what, Enum& value) {
        const std::string_view word = words.take();
        if (word.empty()) return missing(what);
        const auto place = place_in(known, word);
        if (!place)
            return LineFault{cited(word) + " is no " + std::string(what),
                             hint(word, known, expected())};
        value = static_cast<Enum>(*place);
        return {};
    }

    Complaint missing(std::string_view what) const {
        return LineFault{std::string(row.name) + " lacks its " + std::string(what), expected()};
    }

    bool takes_any(Fields fields) const {
        return (row.takes & fields) != 0;
    }

    Words&                        words;
    Step&                         step;
    const VerbRow&                row;
    std::vector<std::string_view> seen;  // Options so far.
};

Complaint StepReader::address(std::string_view word, model::PortId& port, std::uint8_t& nic) const {
    const std::size_t slash = word.find('/');
    if (slash == word.npos) {
        return LineFault{cited(word) + " is no NIC", "expected <port>/<nic>, such as '2/0'"};
    }
    std::uint64_t port_value = 0;
    std::uint64_t nic_value  = 0;
    if (auto bad = parse_number(word.substr(0, slash), "port", 1, ports_max, port_value))
        return bad;
    if (auto bad = parse_number(word.substr(slash + 1), "NIC index", 0, nics_max, nic_value)) {
        return bad;
    }
    port = static_cast<model::PortId>(port_value);
    nic  = static_cast<std::uint8_t>(nic_value);
    return {};
}

Complaint StepReader::port() {
    const std::string_view word = words.take();
    if (word.empty()) return missing("port");
    std::uint64_t value = 0;
    if (auto bad = parse_number(word, "port", 1, ports_max, value)) return bad;
    step.port = static_cast<model::PortId>(value);
    return {};
}

Complaint StepReader::handle() {
    const std::string_view word = words.take();
    if (word.empty()) return missing("handle");
    std::uint64_t value = 0;
    if (auto bad = parse_number(word, "handle", 1, handles_max, value)) return bad;
    step.handle = static_cast<std::uint8_t>(value);
    return {};
}

Complaint StepReader::code() {
    const std::string_view word = words.take();
    if (word.empty()) return missing("code");
    const bool        is_hex = word.starts_with("0x");
    const char* const end    = word.data() + word.size();
    const auto [stop, error] =
        std::from_chars(word.data() + (is_hex ? 2 : 0), end, step.code, is_hex ? 16 : 10);
    if (error == std::errc() && stop == end) return {};
    return LineFault{cited(word) + " is no control code",
                     "expected a number below 2^32, such as '0x12c803'"};
}

Complaint StepReader::data() {
    const std::string_view word = words.take();
    const std::string      expected =
        "expected 1 to " + std::to_string(data_bytes_max) + " bytes, two hex digits each";
    if (word.empty()) return LineFault{"'data' lacks its bytes", expected};
    const bool paired = word.size() % 2 == 0 && word.size() / 2 <= data_bytes_max;
    for (std::size_t at = 0; paired && at < word.size(); at += 2) {
        const char* const digit  = word.data() + at;
        std::uint8_t      byte   = 0;
        const auto [stop, error] = std::from_chars(digit, digit + 2, byte, 16);
        if (error != std::errc() || stop != digit + 2) break;
        step.data.push_back(byte);
    }
    if (step.data.size() * 2 == word.size()) return {};
    return LineFault{cited(word) + " are no bytes", expected};
}

Complaint StepReader::nic() {
    const std::string_view word = words.take();
    if (word.empty()) return missing("NIC");
    if (takes_any(takes::nic_or_none) && word == "none") return {};
    return address(word, step.port, step.nic);
}

Complaint StepReader::property() {
    if (auto bad = kind(property_words, "property", step.property)) return bad;
    if (!takes_any(takes::value) || step.property != Property::vlan) return {};
    const std::string_view word = words.take();
    if (word.empty()) return missing("VLAN number");
    std::uint64_t value = 0;
    if (auto bad = parse_number(word, "VLAN number", 0, 4094, value)) return bad;
    step.vlan = static_cast<std::uint16_t>(value);
    return {};
}

Complaint StepReader::id() {
    const std::string_view word = words.take();
    if (word.empty()) return missing("number");
    std::uint64_t value = 0;
    if (auto bad = parse_number(word, "number", 1, ids_max, value)) return bad;
    step.id = static_cast<std::uint8_t>(value);
    return {};
}

Complaint StepReader::target() {
    const std::string_view to = words.take();
    if (to.empty()) return missing("'to' and a target");
    if (to != "to") return LineFault{cited(to) + " stands where 'to' belongs", expected()};

    const std::string_view word = words.take();
    if (word.empty()) return missing("target");
    const auto known = std::span(towards_words).subspan(1);
    if (const auto place = place_in(known, word)) {
        step.towards = static_cast<Towards>(*place + 1);
        return {};
    }
    if (word.find('/') != word.npos) return address(word, step.other_port, step.other_nic);
    return LineFault{cited(word) + " is no target", hint(word, known, expected())};
}

Complaint StepReader::subject() {
    if (takes_any(takes::port)) {
        if (auto bad = port()) return bad;
    }
    if (takes_any(takes::nic | takes::nic_or_none)) {
        if (auto bad = nic()) return bad;
    }
    if (takes_any(takes::port_type)) {
        if (auto bad = kind(port_type_words, "port type", step.port_type)) return bad;
    }
    if (takes_any(takes::nic_type)) {
        if (auto bad = kind(nic_type_words, "NIC type", step.nic_type)) return bad;
    }
    if (takes_any(takes::property)) {
        if (auto bad = property()) return bad;
    }
    if (takes_any(takes::id)) return id();
    if (takes_any(takes::indicated)) return kind(indicated_words, "status", step.indicated);
    if (takes_any(takes::told)) return kind(told_words, "PnP event", step.told);
    if (takes_any(takes::handle)) {
        if (auto bad = handle()) return bad;
    }
    if (takes_any(takes::code)) return code();
    if (takes_any(takes::packets)) return target();
    return {};
}

Complaint StepReader::number_option(const NumberOption& option) {
    const std::string_view word = words.take();
    if (word.empty()) return LineFault{cited(option.word) + " lacks its number", expected()};
    std::uint64_t value = 0;
    if (auto bad = parse_number(word, option.word, option.min, option.max, value)) return bad;
    set_number(step, option, static_cast<std::uint16_t>(value));
    return {};
}

template <typename Enum>
Complaint StepReader::word_option(std::string_view option, std::span<const std::string_view> known,
                                  Enum& value) {
    const std::string_view word  = words.take();
    const auto             place = place_in(known, word);
    if (place) {
        value = static_cast<Enum>(*place);
        return {};
    }
    return LineFault{
        cited(option) + " is followed by " + (word.empty() ? "nothing" : cited(word)),
        hint(word, known, expected())};
}

Complaint StepReader::unknown_option(std::string_view word) const {
    std::vector<std::string_view> known;
    for (const NumberOption& option : number_options) {
        if (takes_any(option.of)) known.push_back(option.word);
    }
    for (const FlagOption& option : flag_options) {
        if (takes_any(option.of)) known.push_back(option.word);
    }
    if (takes_any(takes::refused)) known.push_back("refused");
    if (takes_any(takes::packets)) known.push_back("carrying");
    if (takes_any(takes::inner)) known.push_back("asking");
    if (takes_any(takes::input)) known.push_back("data");
    return LineFault{cited(word) + " is nothing that " + std::string(row.name) + " takes",
                     hint(word, known, expected())};
}

Complaint StepReader::option() {
    const std::string_view word = words.take();
    if (std::ranges::find(seen, word) != seen.end()) {
        return LineFault{cited(word) + " stands twice", "expected it once"};
    }
    seen.push_back(word);
    for (const NumberOption& option : number_options) {
        if (takes_any(option.of) && option.word == word) return number_option(option);
    }
    for (const FlagOption& option : flag_options) {
        if (!takes_any(option.of) || option.word != word) continue;
        step.*option.flag = true;
        return {};
    }
    if (takes_any(takes::refused) && word == "refused") {
        return word_option(word, refused_words, step.refused);
    }
    if (takes_any(takes::packets) && word == "carrying") {
        return word_option(word, payload_words, step.payload);
    }
    if (takes_any(takes::inner) && word == "asking") {
        return word_option(word, inner_words, step.inner);
    }
    if (takes_any(takes::input) && word == "data") return data();
    return unknown_option(word);
}

Complaint StepReader::options() {
    while (!words.at_end()) {
        if (auto bad = option()) return bad;
    }
    if (step.tag_in_frame && step.vlan == 0) {
        return LineFault{"'in-frame' without a tag", "expected 'vlan <number>' beside it"};
    }
    if (!step.data.empty() && step.input == 0) {
        step.input = static_cast<std::uint16_t>(step.data.size());
    }
    if (step.input < step.data.size()) {
        return LineFault{"there are more data than 'in' has room for",
                         "expected at least 'in " + std::to_string(step.data.size()) + "'"};
    }
    if (step.pattern != 0 && step.input == step.data.size()) {
        return LineFault{"'pattern' without bytes to fill", "expected a longer 'in <number>'"};
    }
    if (step.mixed && step.towards != Towards::nic) {
        return LineFault{"'mixed' without a second NIC", "expected 'to <port>/<nic>'"};
    }
    return {};
}

}  // namespace

std::span<const std::string_view> verb_words() {
    static const auto words = [] {
        std::array<std::string_view, verb_count> all;
        std::ranges::transform(verb_table, all.begin(), &VerbRow::name);
        return all;
    }();
    return words;
}

Complaint parse_number(std::string_view word, std::string_view what, std::uint64_t min,
                       std::uint64_t max, std::uint64_t& value) {
    const auto number = number_in(word);
    const bool digits = !word.empty() && word.find_first_not_of("0123456789") == word.npos;
    if (number && *number >= min && *number <= max) {
        value = *number;
        return {};
    }
    const std::string range =
        "expected a number from " + std::to_string(min) + " to " + std::to_string(max);
    return LineFault{cited(word) + (digits ? " is out of range for " : " is not a number for ") +
                         std::string(what),
                     range};
}

Complaint parse_step(Verb verb, Words& words, Step& step) {
    step.verb = verb;
    StepReader reader(words, step);
    if (auto bad = reader.subject()) return bad;
    return reader.options();
}

}  // namespace interlock::harness

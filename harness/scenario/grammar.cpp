#include "harness/scenario/grammar.hpp"

#include <algorithm>
#include <span>

namespace interlock::harness {
namespace {

constexpr std::uint32_t fit(std::uint32_t value, std::uint32_t min, std::uint32_t max) {
    return value >= min && value <= max ? value : min + value % (max - min + 1);
}

std::string one_of(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += '|';
        text += word;
    }
    return text;
}

template <typename Options>
std::string words_of(const Options& options, Fields fields) {
    std::vector<std::string_view> words;
    for (const auto& option : options) {
        if (fields & option.of) words.push_back(option.word);
    }
    return one_of(words);
}

std::string options_usage(Fields fields) {
    const std::string numbers = words_of(number_options, fields);
    const std::string flags   = words_of(flag_options, fields);
    std::string       text;
    if (fields & takes::packets) text += " [carrying " + one_of(payload_words) + "]";
    if (fields & takes::inner) text += " [asking " + one_of(inner_words) + "]";
    if (fields & takes::input) text += " [data <hex digits>]";
    if (!numbers.empty()) text += " [" + numbers + " <number>]";
    if (!flags.empty()) text += " [" + flags + "]";
    if (fields & takes::refused) text += " [refused above|below]";
    return text;
}

void take_packets(const Step& from, Step& to) {
    to.towards = from.towards;
    to.payload = from.payload;
    if (to.towards == Towards::nic) {
        to.other_port = fit(from.other_port, 1, ports_max);
        to.other_nic  = static_cast<std::uint8_t>(fit(from.other_nic, 0, nics_max));
    }
}

constexpr Fields with_numbers = [] {
    Fields all = takes::nothing;
    for (const NumberOption& option : number_options)
        all |= option.of;
    return all;
}();

void take_numbers(const Step& from, Fields fields, Step& to) {
    for (const NumberOption& option : number_options) {
        if (!(fields & option.of)) continue;
        const std::uint16_t given = number(from, option);
        if (given == 0 && number(to, option) == 0) continue;  // It need not be there.
        set_number(to, option, static_cast<std::uint16_t>(fit(given, option.min, option.max)));
    }
}

void take_input(const Step& from, Step& to) {
    to.data = from.data;
    if (to.data.size() > data_bytes_max) to.data.resize(data_bytes_max);
    to.input = std::max(to.input, static_cast<std::uint16_t>(to.data.size()));
    if (to.input == to.data.size()) to.pattern = 0;  // There is nothing to fill.
}

std::string canonical_name(std::string_view given) {
    std::string name(given.substr(0, name_letters_max));
    for (char& letter : name) {
        if (name_letters.find(letter) != name_letters.npos) continue;
        letter = name_letters[static_cast<unsigned char>(letter) % name_letters.size()];
    }
    return name;
}

/// A place is one word of visible letters.
std::string canonical_place(std::string_view given) {
    std::string place(given.substr(0, place_letters_max));
    for (char& letter : place) {
        const auto code = static_cast<unsigned char>(letter);
        letter          = static_cast<char>(fit(code, '!', '~'));
    }
    return place.empty() ? "?" : place;
}

void make_canonical(Decision& decision) {
    decision.place = canonical_place(decision.place);
    decision.nth   = std::max(decision.nth, 1U);
    if (decision.is_switch) decision.value = 0;
    if (!decision.is_switch) decision.other = {};
}

}  // namespace

std::string usage(Verb verb) {
    const VerbRow& row  = row_of(verb);
    std::string    text = std::string(row.name);
    if (row.takes & takes::port) text += " <port>";
    if (row.takes & takes::nic) text += " <port>/<nic>";
    if (row.takes & takes::nic_or_none) text += " <port>/<nic>|none";
    if (row.takes & takes::port_type) text += " " + one_of(port_type_words);
    if (row.takes & takes::nic_type) text += " " + one_of(nic_type_words);
    if (row.takes & takes::property) {
        text += row.takes & takes::value ? " vlan <number>|" : " vlan|";
        text += one_of(std::span(property_words).subspan(1));
    }
    if (row.takes & takes::id) text += " <number>";
    if (row.takes & takes::indicated) text += " " + one_of(indicated_words);
    if (row.takes & takes::told) text += " " + one_of(told_words);
    if (row.takes & takes::handle) text += " <handle>";
    if (row.takes & takes::code) text += " <code>";
    if (row.takes & takes::packets) {
        text += " to <port>/<nic>|" + one_of(std::span(towards_words).subspan(1));
    }
    return text + options_usage(row.takes);
}

std::uint16_t number(const Step& step, const NumberOption& option) {
    return option.narrow != nullptr ? step.*option.narrow : step.*option.wide;
}

void set_number(Step& step, const NumberOption& option, std::uint16_t value) {
    if (option.narrow != nullptr) step.*option.narrow = static_cast<std::uint8_t>(value);
    if (option.wide != nullptr) step.*option.wide = value;
}

Step canonical(const Step& step) {
    const Fields fields = row_of(step.verb).takes;
    Step         clean;
    clean.verb  = step.verb;
    clean.force = step.force && (fields & takes::force);

    const bool none     = (fields & takes::nic_or_none) && step.port == 0;
    const bool has_nic  = (fields & (takes::nic | takes::nic_or_none)) && !none;
    const bool has_port = (fields & takes::port) || has_nic;
    if (has_port) clean.port = fit(step.port, 1, ports_max);
    if (has_nic) clean.nic = static_cast<std::uint8_t>(fit(step.nic, 0, nics_max));

    if (fields & takes::port_type) clean.port_type = step.port_type;
    if (fields & takes::nic_type) clean.nic_type = step.nic_type;
    if (fields & takes::refused) clean.refused = step.refused;
    if (fields & takes::property) clean.property = step.property;
    if ((fields & takes::value) && step.property == Property::vlan) {
        clean.vlan = static_cast<std::uint16_t>(fit(step.vlan, 0, 4094));
    }
    if (fields & takes::id) clean.id = static_cast<std::uint8_t>(fit(step.id, 1, ids_max));
    if (fields & takes::inner) clean.inner = step.inner;
    if (fields & takes::indicated) clean.indicated = step.indicated;
    if (fields & takes::told) clean.told = step.told;
    if (fields & takes::packets) take_packets(step, clean);
    if (fields & with_numbers) take_numbers(step, fields, clean);
    if (fields & takes::handle) {
        clean.handle = static_cast<std::uint8_t>(fit(step.handle, 1, handles_max));
    }
    if (fields & takes::code) clean.code = step.code;
    if (fields & takes::input) take_input(step, clean);
    for (const FlagOption& option : flag_options) {
        if (fields & option.of) clean.*option.flag = step.*option.flag;
    }
    if (clean.vlan == 0) clean.tag_in_frame = false;
    if (clean.towards != Towards::nic) clean.mixed = false;
    return clean;
}

Scenario canonical(Scenario scenario) {
    std::erase(scenario.extensions, "");
    if (scenario.extensions.size() > extensions_max) scenario.extensions.resize(extensions_max);
    for (std::string& name : scenario.extensions)
        name = canonical_name(name);

    scenario.ndis = scenario.ndis < 640 ? 630 : 640;
    if (scenario.schedule == ScheduleKind::round_robin) scenario.seed = 0;
    const bool deep = scenario.schedule == ScheduleKind::pct;
    scenario.depth  = deep ? std::clamp<std::uint8_t>(scenario.depth, 1, depth_max) : 0;

    if (scenario.steps.size() > steps_max) scenario.steps.resize(steps_max);
    for (Step& step : scenario.steps)
        step = canonical(step);
    for (Decision& decision : scenario.decisions)
        make_canonical(decision);
    return scenario;
}

}  // namespace interlock::harness

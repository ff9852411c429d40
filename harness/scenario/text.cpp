#include "harness/scenario/text.hpp"

#include "harness/faults/faultable.hpp"
#include "harness/hex.hpp"
#include "harness/scenario/grammar.hpp"

namespace interlock::harness {
namespace {

template <typename Enum, std::size_t count>
std::string_view word(const std::string_view (&words)[count], Enum value) {
    return words[static_cast<std::size_t>(value)];
}

void add(std::string& text, std::string_view word) {
    text += ' ';
    text += word;
}

std::string address(model::PortId port, std::uint32_t nic) {
    return std::to_string(port) + "/" + std::to_string(nic);
}

std::string hex(const std::vector<std::uint8_t>& bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes)
        add_hex(text, byte);
    return text;
}

void add_subject(std::string& text, const Step& step, Fields fields) {
    if (fields & takes::port) add(text, std::to_string(step.port));
    if (fields & takes::nic) add(text, address(step.port, step.nic));
    if (fields & takes::nic_or_none) {
        add(text, step.port == 0 ? "none" : address(step.port, step.nic));
    }
    if (fields & takes::port_type) add(text, word(port_type_words, step.port_type));
    if (fields & takes::nic_type) add(text, word(nic_type_words, step.nic_type));
    if (fields & takes::property) add(text, word(property_words, step.property));
    if ((fields & takes::value) && step.property == Property::vlan) {
        add(text, std::to_string(step.vlan));
    }
    if (fields & takes::id) add(text, std::to_string(step.id));
    if (fields & takes::indicated) add(text, word(indicated_words, step.indicated));
    if (fields & takes::told) add(text, word(told_words, step.told));
    if (fields & takes::handle) add(text, std::to_string(step.handle));
    if (fields & takes::code) add(text, hex_number(step.code));
    if (fields & takes::packets) {
        const bool to_nic = step.towards == Towards::nic;
        add(text, "to");
        add(text, to_nic ? address(step.other_port, step.other_nic)
                         : std::string(word(towards_words, step.towards)));
    }
}

void add_options(std::string& text, const Step& step, Fields fields) {
    static const Step plain;
    if ((fields & takes::packets) && step.payload != plain.payload) {
        add(text, "carrying");
        add(text, word(payload_words, step.payload));
    }
    if ((fields & takes::inner) && step.inner != plain.inner) {
        add(text, "asking");
        add(text, word(inner_words, step.inner));
    }
    for (const NumberOption& option : number_options) {
        const std::uint16_t value = number(step, option);
        if (!(fields & option.of) || value == number(plain, option)) continue;
        const bool follows = option.wide == &Step::input && value == step.data.size();
        if (follows) continue;  // From the data that stand beside it.
        add(text, option.word);
        add(text, std::to_string(value));
    }
    if ((fields & takes::input) && !step.data.empty()) {
        add(text, "data");
        add(text, hex(step.data));
    }
    for (const FlagOption& option : flag_options) {
        if ((fields & option.of) && step.*option.flag) add(text, option.word);
    }
    if ((fields & takes::refused) && step.refused != Refused::by_nobody) {
        add(text, "refused");
        add(text, word(refused_words, step.refused));
    }
}

void add_task(std::string& text, const TaskName& task) {
    add(text, to_text(task));
}

/// A fault that the table knows; another is written as any other decision is.
std::string fault_text(const Decision& decision) {
    const Faultable* const row = decision.is_switch ? nullptr : find_faultable(decision.place);
    if (row == nullptr || decision.value == 0 || decision.value > row->ways()) return {};
    std::string text = "fail";
    add(text, row->function());
    add(text, "#" + std::to_string(decision.nth));
    add(text, "in");
    add_task(text, decision.task);
    add(text, "with");
    add(text, row->failure(decision.value).name);
    return text;
}

std::string settings(const Scenario& scenario) {
    std::string text;
    for (const std::string& extension : scenario.extensions)
        text += "extension " + extension + "\n";
    if (scenario.ndis == 630) text += "ndis 6.30\n";
    if (!scenario.active) text += "inactive\n";
    if (scenario.late) text += "late\n";
    if (scenario.schedule != ScheduleKind::round_robin) {
        text += "schedule ";
        text += schedule_words[static_cast<std::size_t>(scenario.schedule)];
        if (scenario.schedule == ScheduleKind::pct) text += " " + std::to_string(scenario.depth);
        text += " " + std::to_string(scenario.seed) + "\n";
    }
    if (scenario.fault_seed != 0) {
        text += "faults random " + std::to_string(scenario.fault_seed) + "\n";
    }
    if (scenario.preempts_at_memory) text += "preempt memory\n";
    if (scenario.detects_races) text += "detect races\n";
    return text;
}

}  // namespace

std::string to_text(const TaskName& task) {
    return std::string(name(task.role)) + " " + std::to_string(task.number);
}

std::string to_text(const Decision& decision) {
    if (std::string fault = fault_text(decision); !fault.empty()) return fault;
    std::string text = "when";
    add_task(text, decision.task);
    add(text, "at");
    add(text, decision.place);
    add(text, "#" + std::to_string(decision.nth));
    if (decision.is_switch) {
        add(text, "go");
        add_task(text, decision.other);
    } else {
        add(text, "take");
        add(text, std::to_string(decision.value));
    }
    return text;
}

std::string to_text(const Step& given) {
    const Step     step = canonical(given);
    const VerbRow& row  = row_of(step.verb);
    std::string    text = step.force ? "force " : "";
    text += row.name;
    add_subject(text, step, row.takes);
    add_options(text, step, row.takes);
    return text;
}

std::string to_text(const Scenario& given) {
    const Scenario    scenario = canonical(given);
    const std::string head     = settings(scenario);

    std::string text = "interlock scenario 1\n";
    if (!head.empty()) text += "\n" + head;
    if (!scenario.steps.empty()) text += "\n";
    for (const Step& step : scenario.steps)
        text += to_text(step) + "\n";
    if (!scenario.decisions.empty()) text += "\n";
    for (const Decision& decision : scenario.decisions)
        text += to_text(decision) + "\n";
    return text;
}

}  // namespace interlock::harness

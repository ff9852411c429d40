#include "harness/scenario/bytes.hpp"

#include <algorithm>

#include "harness/scenario/byte_stream.hpp"
#include "harness/scenario/grammar.hpp"

namespace interlock::harness {
namespace {

// The header:  0 mark   1 settings   2 depth   3 memory   4..11 seed   12..15 seed of faults
// A step:      0 verb   1 flags      2 port      3 nic      4 other port   5 other nic
//              6 which ports are wide            7 kind     8 refused, id  9 packets
//             10 buffers and mdls    11..12 bytes         13..14 vlan     15 payload
// One for a device: 0 verb   1 flags      2 handle    3 device   4..7 code
//              8..9 input   10..11 output   12..13 pattern        14..15 not used
// Behind it its data: 0 `more_data`   1 how many bytes   2..15 these bytes; as often as it takes.
// Behind the last step, only if there are extensions or decisions: a step whose verb is
// `end_of_steps`, then items. An even byte begins an extension, an odd one a decision.

constexpr std::size_t  header_bytes = 16;
constexpr std::uint8_t end_of_steps = 0xFF;
constexpr std::uint8_t more_data    = 0xFE;
constexpr std::size_t  data_bytes   = bytes_per_step - 2;

// Settings and flags. What is rarely wanted needs several bits, so that few bytes have it.
constexpr std::uint8_t random_bit    = 0x01;
constexpr std::uint8_t ndis_630_bit  = 0x02;
constexpr std::uint8_t fault_bits    = 0x0C;
constexpr std::uint8_t inactive_bits = 0x30;
constexpr std::uint8_t late_bits     = 0xC0;
constexpr std::uint8_t force_bits    = 0xE0;
constexpr std::uint8_t pos_depth     = 0x80;  // And above: no depth, but the schedule pos.
constexpr std::uint8_t preempt_bits = 0x07, detect_bits = 0x70;

// A port is one of the first 8, unless its wide bits are all set.
constexpr std::uint8_t  port_wide_bits  = 0x07;
constexpr std::uint8_t  other_wide_bits = 0x38;
constexpr std::uint8_t  none_bits       = 0xC0;  // Of request-nic: there is no NIC at all,
constexpr std::uint8_t  none_bit        = 0x80;  // if these bits read so.
constexpr model::PortId ports_near      = 8;

constexpr std::uint16_t tagged_bit = 0x8000;

bool all_set(std::uint8_t byte, std::uint8_t bits) {
    return (byte & bits) == bits;
}

// Enumerations of which a verb has only one share the byte `kind`.
std::uint8_t kind_of(const Step& step) {
    const Fields fields = row_of(step.verb).takes;
    if (fields & takes::port_type) return static_cast<std::uint8_t>(step.port_type);
    if (fields & takes::nic_type) return static_cast<std::uint8_t>(step.nic_type);
    if (fields & takes::property) return static_cast<std::uint8_t>(step.property);
    if (fields & takes::packets) return static_cast<std::uint8_t>(step.towards);
    if (fields & takes::inner) return static_cast<std::uint8_t>(step.inner);
    if (fields & takes::indicated) return static_cast<std::uint8_t>(step.indicated);
    if (fields & takes::told) return static_cast<std::uint8_t>(step.told);
    return 0;
}

template <typename Enum, std::size_t count>
Enum enum_of(std::uint8_t byte, const std::string_view (&)[count]) {
    return static_cast<Enum>(byte % count);
}

void set_kind(Step& step, std::uint8_t byte) {
    step.port_type = enum_of<PortType>(byte, port_type_words);
    step.nic_type  = enum_of<NicType>(byte, nic_type_words);
    step.property  = enum_of<Property>(byte, property_words);
    step.towards   = enum_of<Towards>(byte, towards_words);
    step.inner     = enum_of<Inner>(byte, inner_words);
    step.indicated = enum_of<Indicated>(byte, indicated_words);
    step.told      = enum_of<Told>(byte, told_words);
}

model::PortId port_of(std::uint8_t byte, bool wide) {
    return 1 + byte % (wide ? ports_max : ports_near);
}

/// Mostly the adapter on the port itself, or one of the first of a team.
std::uint8_t nic_of(std::uint8_t byte) {
    if (byte <= nics_max) return byte;
    return byte % 4 == 3 ? static_cast<std::uint8_t>(1 + byte / 4 % 3) : std::uint8_t{0};
}

std::uint16_t vlan_of(std::uint16_t raw) {
    return raw & tagged_bit ? static_cast<std::uint16_t>((raw & ~tagged_bit) % 4095)
                            : std::uint16_t{0};
}

Refused refused_of(std::uint8_t byte) {
    const std::uint8_t which = byte % 8;
    return which < std::size(refused_words) ? static_cast<Refused>(which) : Refused::by_nobody;
}

/// A verb that is refused has no id. Packets mostly have none.
std::uint8_t id_of(Verb verb, std::uint8_t byte) {
    if (row_of(verb).takes & takes::id) return byte % (ids_max + 1);
    return byte <= ids_max ? byte : std::uint8_t{0};
}

std::uint8_t refused_or_id(const Step& step) {
    const Fields fields = row_of(step.verb).takes;
    return fields & takes::refused ? static_cast<std::uint8_t>(step.refused) : step.id;
}

// They share a byte with force_bits; `beside` has that of another kind of step.
constexpr auto switch_flags = std::span(flag_options).first<5>();
static_assert(std::size(flag_options) == 6 && flag_options[5].flag == &Step::beside);
constexpr std::uint8_t beside_bit = 0x01;

void read_flags(Step& step, std::uint8_t flags) {
    step.force = all_set(flags, force_bits);
    for (std::size_t bit = 0; bit < switch_flags.size(); ++bit) {
        step.*switch_flags[bit].flag = (flags >> bit) & 1;
    }
}

std::uint8_t flags_of(const Step& step) {
    unsigned flags = step.force ? force_bits : 0U;
    for (std::size_t bit = 0; bit < switch_flags.size(); ++bit) {
        if (step.*switch_flags[bit].flag) flags |= 1U << bit;
    }
    return static_cast<std::uint8_t>(flags);
}

bool is_for_a_device(Verb verb) {
    return verb >= Verb::open;
}

Step read_device_step(Verb verb, ByteReader& reader) {
    Step step;
    step.verb    = verb;
    step.beside  = reader.u8() & beside_bit;
    step.handle  = static_cast<std::uint8_t>(1 + reader.u8() % handles_max);
    step.device  = static_cast<std::uint8_t>(1 + reader.u8() % 8);
    step.code    = reader.little<std::uint32_t>();
    step.input   = static_cast<std::uint16_t>(reader.little<std::uint16_t>() % 8193);
    step.output  = static_cast<std::uint16_t>(reader.little<std::uint16_t>() % 8193);
    step.pattern = reader.little<std::uint16_t>();
    return step;
}

void write_device_step(ByteWriter& out, const Step& step) {
    out.u8(static_cast<std::uint8_t>(step.verb));
    out.u8(step.beside ? beside_bit : std::uint8_t{0});
    out.u8(static_cast<std::uint8_t>(step.handle == 0 ? 0 : step.handle - 1));
    out.u8(static_cast<std::uint8_t>(step.device - 1));
    out.little(step.code);
    out.little(step.input);
    out.little(step.output);
    out.little(step.pattern);
    out.little(std::uint16_t{0});
    for (std::size_t at = 0; at < step.data.size(); at += data_bytes) {
        const std::size_t count = std::min(data_bytes, step.data.size() - at);
        out.u8(more_data);
        out.u8(static_cast<std::uint8_t>(count));
        for (std::size_t byte = 0; byte < data_bytes; ++byte)
            out.u8(byte < count ? step.data[at + byte] : std::uint8_t{0});
    }
}

/// Data go to the step that stands before them, if it takes any.
void read_data(ByteReader reader, std::vector<Step>& steps) {
    if (steps.empty() || !(row_of(steps.back().verb).takes & takes::input)) return;
    reader.u8();
    const std::size_t count = reader.u8() % (data_bytes + 1);
    for (std::size_t byte = 0; byte < count; ++byte)
        steps.back().data.push_back(reader.u8());
}

/// As it stands there, which is not canonical yet.
Step read_step(ByteReader reader) {
    const auto verb = static_cast<Verb>(reader.u8() % verb_count);
    if (is_for_a_device(verb)) return read_device_step(verb, reader);
    Step step;
    step.verb = verb;
    read_flags(step, reader.u8());

    const std::uint8_t port  = reader.u8();
    step.nic                 = nic_of(reader.u8());
    const std::uint8_t other = reader.u8();
    step.other_nic           = nic_of(reader.u8());
    const std::uint8_t wide  = reader.u8();
    step.port                = port_of(port, all_set(wide, port_wide_bits));
    step.other_port          = port_of(other, all_set(wide, other_wide_bits));

    set_kind(step, reader.u8());
    const std::uint8_t byte = reader.u8();
    step.refused            = refused_of(byte);
    step.id                 = id_of(step.verb, byte);
    step.packets            = static_cast<std::uint8_t>(1 + reader.u8() % 32);
    const std::uint8_t many = reader.u8();
    step.buffers            = static_cast<std::uint8_t>(1 + many % 4);
    step.mdls               = static_cast<std::uint8_t>(1 + many / 4 % 4);
    step.bytes   = static_cast<std::uint16_t>(14 + reader.little<std::uint16_t>() % 9001);
    step.vlan    = vlan_of(reader.little<std::uint16_t>());
    step.payload = enum_of<Payload>(reader.u8(), payload_words);

    const bool none = step.verb == Verb::request_nic && (wide & none_bits) == none_bit;
    if (none) step.port = 0;
    return step;
}

void write_step(ByteWriter& out, const Step& step) {
    if (is_for_a_device(step.verb)) return write_device_step(out, step);
    const bool none = step.verb == Verb::request_nic && step.port == 0;
    unsigned   wide = none ? none_bit : 0U;
    if (step.port > ports_near) wide |= port_wide_bits;
    if (step.other_port > ports_near) wide |= other_wide_bits;

    out.u8(static_cast<std::uint8_t>(step.verb));
    out.u8(flags_of(step));
    out.u8(static_cast<std::uint8_t>(std::max(step.port, 1U) - 1));
    out.u8(step.nic);
    out.u8(static_cast<std::uint8_t>(std::max(step.other_port, 1U) - 1));
    out.u8(step.other_nic);
    out.u8(static_cast<std::uint8_t>(wide));
    out.u8(kind_of(step));
    out.u8(refused_or_id(step));
    out.u8(static_cast<std::uint8_t>(step.packets - 1));
    out.u8(static_cast<std::uint8_t>(step.buffers - 1 + 4 * (step.mdls - 1)));
    out.little(static_cast<std::uint16_t>(step.bytes - 14));
    out.little(static_cast<std::uint16_t>(step.vlan == 0 ? 0 : tagged_bit | step.vlan));
    out.u8(static_cast<std::uint8_t>(step.payload));
}

TaskName read_task(ByteReader& reader) {
    const auto role = static_cast<Role>(reader.u8() % (static_cast<unsigned>(Role::requestor) + 1));
    return {role, reader.little<std::uint32_t>()};
}

void write_task(ByteWriter& out, const TaskName& task) {
    out.u8(static_cast<std::uint8_t>(task.role));
    out.little(task.number);
}

Decision read_decision(ByteReader& reader) {
    Decision decision;
    decision.is_switch = reader.u8() % 2 == 0;
    decision.task      = read_task(reader);
    decision.place     = reader.word();
    decision.nth       = reader.little<std::uint32_t>();
    if (decision.is_switch) decision.other = read_task(reader);
    if (!decision.is_switch) decision.value = reader.little<std::uint32_t>();
    return decision;
}

void write_decision(ByteWriter& out, const Decision& decision) {
    out.u8(1);
    out.u8(decision.is_switch ? 0 : 1);
    write_task(out, decision.task);
    out.word(decision.place);
    out.little(decision.nth);
    if (decision.is_switch) write_task(out, decision.other);
    if (!decision.is_switch) out.little(decision.value);
}

void read_items(ByteReader& reader, Scenario& scenario) {
    while (!reader.at_end()) {
        const bool is_extension = reader.u8() % 2 == 0;
        if (is_extension) scenario.extensions.push_back(reader.word());
        if (!is_extension) scenario.decisions.push_back(read_decision(reader));
    }
}

void read_settings(ByteReader reader, Scenario& scenario) {
    reader.u8();  // The mark tells files apart; here it does not matter.
    const std::uint8_t settings = reader.u8();
    const std::uint8_t depth    = reader.u8();
    const std::uint8_t memory   = reader.u8();
    scenario.ndis               = settings & ndis_630_bit ? 630 : 640;
    scenario.active             = !all_set(settings, inactive_bits);
    scenario.late               = all_set(settings, late_bits);
    const ScheduleKind low      = depth == 0 ? ScheduleKind::random : ScheduleKind::pct;
    if (settings & random_bit) scenario.schedule = depth < pos_depth ? low : ScheduleKind::pos;
    scenario.depth = static_cast<std::uint8_t>(1 + (depth - 1) % depth_max);  // Of PCT only.
    scenario.preempts_at_memory = all_set(memory, preempt_bits);
    scenario.detects_races      = all_set(memory, detect_bits);
    scenario.seed               = reader.little<std::uint64_t>();
    const auto faults           = reader.little<std::uint32_t>();
    if (all_set(settings, fault_bits)) scenario.fault_seed = faults;
}

void write_settings(ByteWriter& out, const Scenario& scenario) {
    unsigned settings = 0;
    if (scenario.ndis == 630) settings |= ndis_630_bit;
    if (!scenario.active) settings |= inactive_bits;
    if (scenario.late) settings |= late_bits;
    if (scenario.fault_seed != 0) settings |= fault_bits;
    if (scenario.schedule != ScheduleKind::round_robin) settings |= random_bit;
    out.u8(bytes_mark);
    out.u8(static_cast<std::uint8_t>(settings));
    out.u8(scenario.schedule == ScheduleKind::pos ? pos_depth : scenario.depth);
    out.u8(static_cast<std::uint8_t>((scenario.preempts_at_memory ? preempt_bits : 0) |
                                     (scenario.detects_races ? detect_bits : 0)));
    out.little(scenario.seed);
    out.little(scenario.fault_seed);
}

}  // namespace

std::size_t bytes_of(const Step& step) {
    const std::size_t blocks_of_data = (step.data.size() + data_bytes - 1) / data_bytes;
    return bytes_per_step * (1 + blocks_of_data);
}

Scenario decode(std::span<const std::uint8_t> bytes) {
    Scenario scenario;
    read_settings(ByteReader(bytes.first(std::min(header_bytes, bytes.size()))), scenario);
    bytes = bytes.subspan(std::min(header_bytes, bytes.size()));
    scenario.steps.reserve(std::min(bytes.size() / bytes_per_step + 1, steps_max));

    while (!bytes.empty() && bytes.front() != end_of_steps) {
        const std::size_t size = std::min(bytes_per_step, bytes.size());
        const ByteReader  block(bytes.first(size));
        if (bytes.front() == more_data) {
            read_data(block, scenario.steps);
        } else if (scenario.steps.size() < steps_max) {
            scenario.steps.push_back(read_step(block));
        }
        bytes = bytes.subspan(size);
    }
    ByteReader items(bytes.subspan(std::min(bytes_per_step, bytes.size())));
    read_items(items, scenario);
    return canonical(std::move(scenario));
}

std::vector<std::uint8_t> encode(const Scenario& given) {
    const Scenario scenario = canonical(given);
    ByteWriter     out;
    out.bytes.reserve(header_bytes + scenario.steps.size() * bytes_per_step);
    write_settings(out, scenario);
    for (const Step& step : scenario.steps)
        write_step(out, step);
    if (scenario.extensions.empty() && scenario.decisions.empty()) return std::move(out.bytes);

    out.u8(end_of_steps);
    for (std::size_t unused = 1; unused < bytes_per_step; ++unused)
        out.u8(0);
    for (const std::string& name : scenario.extensions) {
        out.u8(0);
        out.word(name);
    }
    for (const Decision& decision : scenario.decisions)
        write_decision(out, decision);
    return std::move(out.bytes);
}

}  // namespace interlock::harness

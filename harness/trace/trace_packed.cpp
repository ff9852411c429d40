#include "harness/trace/trace_packed.hpp"

#include <algorithm>
#include <limits>
#include <type_traits>

#include "harness/trace/event_fields.hpp"

namespace interlock::harness {
namespace {

using model::Event;

constexpr std::uint64_t version        = 3;
constexpr std::uint64_t version_first  = 1;  // Had no clock and nothing unseen.
constexpr std::uint64_t version_second = 2;  // Its order was certain.
constexpr std::uint64_t kind_end       = 0;
constexpr std::uint64_t kind_hole      = 1;
constexpr std::uint64_t kind_event     = 2;
constexpr std::size_t   mask_bytes     = 3;
constexpr std::uint64_t names_max      = 4096;  // Of extensions, of calls, and of a name's bytes.
constexpr unsigned      bits_of_a_byte = 7;
constexpr std::size_t   number_max     = 10;  // Bytes of one.
constexpr std::size_t   event_max      = mask_bytes + (numbers_of_an_event + 1) * number_max;

static_assert(numbers_of_an_event <= 8 * mask_bytes);

void add_packed(std::string& bytes, std::uint64_t number) {
    for (; number >= 1U << bits_of_a_byte; number >>= bits_of_a_byte)
        bytes += static_cast<char>(number | 1U << bits_of_a_byte);
    bytes += static_cast<char>(number);
}

void add_name(std::string& bytes, std::string_view name) {
    add_packed(bytes, name.size());
    bytes += name;
}

constexpr std::uint64_t order_partial = 1, order_by_cpu = 2, order_by_object = 4;

void add_order(std::string& bytes, const std::optional<model::PartialOrder>& order) {
    if (!order) return add_packed(bytes, 0);
    add_packed(bytes, order_partial | (order->by_cpu ? order_by_cpu : 0) |
                          (order->by_object ? order_by_object : 0));
    add_packed(bytes, order->skew_100ns);
}

}  // namespace

void add_packed_head(std::string& bytes, const TraceHead& head) {
    bytes += packed_mark;
    add_packed(bytes, version);
    add_packed(bytes, head.ndis);
    add_packed(bytes, head.whole ? 1 : 0);
    add_packed(bytes, head.extensions.size());
    for (const std::string& extension : head.extensions)
        add_name(bytes, extension);
    add_name(bytes, head.clock);
    add_packed(bytes, head.unseen.size());
    for (const std::string& call : head.unseen)
        add_name(bytes, call);
    add_order(bytes, head.order);
    add_packed(bytes, model::call_count);
    for (std::size_t call = 0; call < model::call_count; ++call)
        add_name(bytes, model::name(static_cast<model::Call>(call)));
}

void add_packed_event(std::string& bytes, const Event& event) {
    const auto call  = static_cast<std::uint64_t>(event.call);
    const auto phase = static_cast<std::uint64_t>(event.phase);
    add_packed(bytes, kind_event + 2 * call + phase);
    const std::size_t mask_at = bytes.size();
    bytes.append(mask_bytes, '\0');
    std::uint32_t mask  = 0;
    unsigned      field = 0;
    visit_fields(event, [&](std::string_view, auto value, std::uint64_t left_out) {
        const unsigned bit = field++;
        if (value == left_out) return;
        mask |= 1U << bit;
        add_packed(bytes, value);
    });
    for (std::size_t byte = 0; byte < mask_bytes; ++byte)
        bytes[mask_at + byte] = static_cast<char>(mask >> 8 * byte);
}

void add_packed_hole(std::string& bytes, std::uint64_t lost) {
    add_packed(bytes, kind_hole);
    add_packed(bytes, lost);
}

void add_packed_end(std::string& bytes, std::uint64_t events) {
    add_packed(bytes, kind_end);
    add_packed(bytes, events);
}

std::string to_packed(const Trace& trace) {
    return written(trace, as_packed);
}

/// Reads on as long as there is something to read; `short_of` says that it was not enough, and then
/// nothing of what was read counts.
class PackedTrace::Bytes {
public:
    explicit Bytes(std::string_view bytes) : at(bytes.data()), end(bytes.data() + bytes.size()) {}

    std::uint64_t number() {
        if (at != end && static_cast<signed char>(*at) >= 0)
            return static_cast<std::uint64_t>(*at++);  // Most are this short.
        return long_number();
    }

    /// @pre there are `number_max` bytes
    std::uint64_t number_that_is_there() {
        std::uint64_t value = static_cast<unsigned char>(*at++);
        if (value < 0x80) return value;
        value &= 0x7F;
        for (unsigned shift = bits_of_a_byte; shift < 64; shift += bits_of_a_byte) {
            const auto byte = static_cast<unsigned char>(*at++);
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return value;
        }
        too_long = true;
        return 0;
    }

    std::uint32_t mask() {
        if (left() < mask_bytes) return static_cast<std::uint32_t>(lack());
        std::uint32_t value = 0;
        for (std::size_t byte = 0; byte < mask_bytes; ++byte)
            value |= std::uint32_t{static_cast<unsigned char>(*at++)} << 8 * byte;
        return value;
    }

    std::string_view name() {
        const std::uint64_t size = number();
        too_long                 = too_long || size > names_max;
        if (too_long || left() < size) {
            lack();
            return {};
        }
        const std::string_view taken(at, static_cast<std::size_t>(size));
        at += size;
        return taken;
    }

    void skip(std::size_t bytes) {
        if (left() < bytes) {
            lack();
        } else {
            at += bytes;
        }
    }

    bool is_well() const {
        return !short_of && !too_long;
    }
    std::size_t left() const {
        return static_cast<std::size_t>(end - at);
    }

    bool short_of = false;
    bool too_long = false;  // A number of more than 64 bits, or a name beyond all use.

private:
    std::uint64_t long_number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += bits_of_a_byte) {
            if (at == end) return lack();
            const auto byte = static_cast<unsigned char>(*at++);
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return value;
        }
        too_long = true;
        return 0;
    }

    std::uint64_t lack() {
        short_of = true;
        at       = end;
        return 0;
    }

    const char* at;
    const char* end;
};

namespace {

/// Whatever was meant to be a list of names.
template <typename Bytes, typename Each>
Complaint names(Bytes& bytes, std::string_view of_what, Each each) {
    const std::uint64_t count = bytes.number();
    if (count > names_max) {
        return LineFault{"there are " + std::to_string(count) + " " + std::string(of_what),
                         "expected at most " + std::to_string(names_max)};
    }
    for (std::uint64_t place = 0; place < count && bytes.is_well(); ++place) {
        const std::string_view name = bytes.name();
        if (!bytes.is_well()) break;
        if (auto bad = each(name)) return bad;
    }
    return {};
}

auto into(std::vector<std::string>& list) {
    return [&list](std::string_view name) -> Complaint {
        list.emplace_back(name);
        return {};
    };
}

/// A value for which its field has no room.
struct Odd {
    std::string_view field;
    std::uint64_t    value = 0;
};

/// @param read  gives the next number.
template <typename Read>
Odd fill(Event& one, std::uint32_t mask, Read read) {
    Odd      odd;
    unsigned next = 0;
    visit_fields(one, [&](std::string_view name, auto& field, std::uint64_t) {
        if ((mask >> next++ & 1U) == 0) return;
        const std::uint64_t value = read();
        field                     = static_cast<std::remove_reference_t<decltype(field)>>(value);
        if (field != value) odd = {name, value};
    });
    return odd;
}

LineFault no_room(std::string_view field, std::uint64_t value) {
    std::uint64_t max = 0;
    Event         any;
    visit_fields(any, [&](std::string_view name, auto& number, std::uint64_t) {
        if (name == field)
            max = std::numeric_limits<std::remove_reference_t<decltype(number)>>::max();
    });
    return {"the value of " + cited(field) + " is " + std::to_string(value),
            "expected at most " + std::to_string(max)};
}

}  // namespace

Complaint PackedTrace::head(Bytes& bytes) {
    bytes.skip(packed_mark.size());
    const std::uint64_t which = bytes.number();
    if (bytes.is_well() && (which < version_first || which > version)) {
        return LineFault{"this is version " + std::to_string(which),
                         "expected version 1 to 3; take the release of interlock that wrote the "
                         "file"};
    }
    TraceHead head;
    head.ndis  = static_cast<std::uint16_t>(bytes.number());
    head.whole = bytes.number() != 0;
    auto bad   = names(bytes, "extensions", into(head.extensions));
    if (bad) return bad;
    if (which > version_first) {
        head.clock = bytes.name();
        if ((bad = names(bytes, "unseen calls", into(head.unseen)))) return bad;
    }
    if (which > version_second) {
        const std::uint64_t certain = bytes.number();
        if (certain != 0)
            head.order = {(certain & order_by_cpu) != 0, (certain & order_by_object) != 0,
                          bytes.number()};
    }
    calls.clear();
    bad = names(bytes, "calls", [&](std::string_view name) -> Complaint {
        if (model::find_call(name, calls.emplace_back())) return {};
        return LineFault{cited(name) + " is no call", "expected one that this build judges"};
    });
    if (bad || !bytes.is_well()) return bad;
    begun = true;
    sink.begin(head);
    return {};
}

Complaint PackedTrace::event(Bytes& bytes, std::uint64_t kind) {
    const std::uint64_t call = (kind - kind_event) / 2;
    if (call >= calls.size()) {
        return LineFault{"a record is of kind " + std::to_string(kind),
                         "expected less than " + std::to_string(kind_event + 2 * calls.size())};
    }
    Event one;
    one.call                 = calls[static_cast<std::size_t>(call)];
    one.phase                = static_cast<model::Phase>((kind - kind_event) % 2);
    const std::uint32_t mask = bytes.mask();
    // Where the longest event fits, nothing is asked again before each byte.
    const Odd odd = bytes.left() >= event_max
                        ? fill(one, mask, [&bytes] { return bytes.number_that_is_there(); })
                        : fill(one, mask, [&bytes] { return bytes.number(); });
    if (!odd.field.empty()) return no_room(odd.field, odd.value);
    if (mask >> numbers_of_an_event != 0)
        return LineFault{"an event has fields that none has", "expected 20"};
    if (!bytes.is_well()) return {};
    ++events;
    sink.event(one);
    return {};
}

Complaint PackedTrace::end(Bytes& bytes) {
    const std::uint64_t told = bytes.number();
    if (!bytes.is_well()) return {};
    if (told != events) {
        return LineFault{"the trace has " + std::to_string(events) + " events",
                         "expected " + std::to_string(told) + ", as its end says"};
    }
    ended = true;
    return {};
}

Complaint PackedTrace::record(Bytes& bytes) {
    if (!begun) return head(bytes);
    if (ended) return LineFault{"there is something behind the end", "expected nothing"};
    const std::uint64_t kind = bytes.number();
    if (!bytes.is_well()) return {};
    if (kind == kind_end) return end(bytes);
    if (kind != kind_hole) return event(bytes, kind);
    const std::uint64_t lost = bytes.number();
    if (bytes.is_well()) sink.hole(lost);
    return {};
}

Complaint PackedTrace::take(std::string_view& bytes) {
    while (!bytes.empty()) {
        Bytes reading(bytes);
        if (auto bad = record(reading)) return bad;
        if (reading.too_long)
            return LineFault{"a number or a name is too long", "expected 64 bits"};
        if (reading.short_of) return {};
        bytes.remove_prefix(bytes.size() - reading.left());
    }
    return {};
}

Complaint PackedTrace::end_of_file(std::string_view left) const {
    if (ended) return {};
    return LineFault{"the trace ends after " + std::to_string(events) + " events" +
                         (left.empty() ? "" : ", in the middle of a record"),
                     "expected its end; the run was cut short, or the file was"};
}

}  // namespace interlock::harness

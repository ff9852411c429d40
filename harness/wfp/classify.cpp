// A datagram passes the datagram layer. Pages: fwps_callout_classify_fn2,
// fwps_fields_datagram_data_v4_, fwps_incoming_metadata_values0_ (fwpsk), filter-arbitration
// (win32/fwp).

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "harness/kernel/outside.hpp"
#include "harness/wfp/filter_engine.hpp"

namespace interlock::harness {

namespace {

using Fields = std::array<FWPS_INCOMING_VALUE0, FWPS_FIELD_DATAGRAM_DATA_V4_MAX>;

void set(Fields& fields, int field, std::uint8_t value) {
    fields[static_cast<std::size_t>(field)].value.type  = FWP_UINT8;
    fields[static_cast<std::size_t>(field)].value.uint8 = value;
}

void set(Fields& fields, int field, std::uint16_t value) {
    fields[static_cast<std::size_t>(field)].value.type   = FWP_UINT16;
    fields[static_cast<std::size_t>(field)].value.uint16 = value;
}

void set(Fields& fields, int field, std::uint32_t value) {
    fields[static_cast<std::size_t>(field)].value.type   = FWP_UINT32;
    fields[static_cast<std::size_t>(field)].value.uint32 = value;
}

constexpr std::uint32_t default_compartment = 1;

Fields fields_of(const Datagram& datagram) {
    Fields fields{};
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_IP_PROTOCOL, datagram.protocol);
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_IP_LOCAL_ADDRESS, datagram.local_address);
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_IP_REMOTE_ADDRESS, datagram.remote_address);
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_IP_LOCAL_ADDRESS_TYPE, std::uint8_t{NlatUnicast});
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_IP_LOCAL_PORT, datagram.local_port);
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_IP_REMOTE_PORT, datagram.remote_port);
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_INTERFACE_INDEX, datagram.interface_index);
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_SUB_INTERFACE_INDEX, std::uint32_t{0});
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_DIRECTION,
        static_cast<std::uint32_t>(datagram.direction));
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_FLAGS, std::uint32_t{0});
    set(fields, FWPS_FIELD_DATAGRAM_DATA_V4_COMPARTMENT_ID, default_compartment);
    return fields;
}

FWPS_INCOMING_METADATA_VALUES0 metadata_of(const Datagram& datagram) {
    constexpr std::uint32_t        udp_header_bytes = 8;
    FWPS_INCOMING_METADATA_VALUES0 values{};
    values.currentMetadataValues =
        FWPS_METADATA_FIELD_IP_HEADER_SIZE | FWPS_METADATA_FIELD_TRANSPORT_HEADER_SIZE |
        FWPS_METADATA_FIELD_SOURCE_INTERFACE_INDEX | FWPS_METADATA_FIELD_COMPARTMENT_ID;
    values.ipHeaderSize         = datagram.ip_header_bytes;
    values.transportHeaderSize  = udp_header_bytes;
    values.sourceInterfaceIndex = datagram.interface_index;
    values.compartmentId        = default_compartment;
    return values;
}

/// The field that a condition is about; FWPS_FIELD_DATAGRAM_DATA_V4_MAX: none that is known.
int field_of(const GUID& condition) {
    if (condition == FWPM_CONDITION_DIRECTION) return FWPS_FIELD_DATAGRAM_DATA_V4_DIRECTION;
    if (condition == FWPM_CONDITION_IP_PROTOCOL) return FWPS_FIELD_DATAGRAM_DATA_V4_IP_PROTOCOL;
    if (condition == FWPM_CONDITION_IP_LOCAL_PORT) return FWPS_FIELD_DATAGRAM_DATA_V4_IP_LOCAL_PORT;
    if (condition == FWPM_CONDITION_IP_REMOTE_PORT)
        return FWPS_FIELD_DATAGRAM_DATA_V4_IP_REMOTE_PORT;
    return FWPS_FIELD_DATAGRAM_DATA_V4_MAX;
}

template <typename Value>
std::optional<std::uint32_t> number_in(const Value& value) {
    if (value.type == FWP_UINT8) return value.uint8;
    if (value.type == FWP_UINT16) return value.uint16;
    if (value.type == FWP_UINT32) return value.uint32;
    return std::nullopt;
}

bool holds(const FWPM_FILTER_CONDITION0& condition, const Fields& fields) {
    const int field = field_of(condition.fieldKey);
    if (field == FWPS_FIELD_DATAGRAM_DATA_V4_MAX) return false;
    const auto is     = number_in(fields[static_cast<std::size_t>(field)].value);
    const auto wanted = number_in(condition.conditionValue);
    if (!is || !wanted) return false;
    switch (condition.matchType) {
        case FWP_MATCH_EQUAL:
            return *is == *wanted;
        case FWP_MATCH_NOT_EQUAL:
            return *is != *wanted;
        case FWP_MATCH_GREATER:
            return *is > *wanted;
        case FWP_MATCH_LESS:
            return *is < *wanted;
        case FWP_MATCH_GREATER_OR_EQUAL:
            return *is >= *wanted;
        case FWP_MATCH_LESS_OR_EQUAL:
            return *is <= *wanted;
        case FWP_MATCH_FLAGS_ALL_SET:
            return (*is & *wanted) == *wanted;
        case FWP_MATCH_FLAGS_ANY_SET:
            return (*is & *wanted) != 0;
        case FWP_MATCH_FLAGS_NONE_SET:
            return (*is & *wanted) == 0;
        default:
            return false;
    }
}

/// Conditions about the same field: one of them. About different ones: all.
bool matches(const EngineFilter& filter, const Fields& fields) {
    return std::ranges::all_of(filter.conditions, [&](const FWPM_FILTER_CONDITION0& one) {
        return std::ranges::any_of(filter.conditions, [&](const FWPM_FILTER_CONDITION0& other) {
            return other.fieldKey == one.fieldKey && holds(other, fields);
        });
    });
}

std::uint16_t weight_of(const FilterEngine& engine, const GUID& sublayer) {
    for (const EngineSubLayer& one : engine.now.sublayers)
        if (one.key == sublayer) return one.weight;
    return 0;
}

/// Where a filter stands: sublayer and filter by weight, the older of equals first.
struct Rank {
    std::uint16_t sublayer_weight = 0;
    GUID          sublayer{};
    std::uint64_t weight = 0;
    std::uint64_t age    = 0;  // The greater, the older.

    bool stands_before(const Rank& other) const {
        if (sublayer_weight != other.sublayer_weight)
            return sublayer_weight > other.sublayer_weight;
        if (const int order = std::memcmp(&sublayer, &other.sublayer, sizeof sublayer))
            return order < 0;
        return weight != other.weight ? weight > other.weight : age > other.age;
    }
};

Rank rank_of(const FilterEngine& engine, const EngineFilter& filter) {
    return {.sublayer_weight = weight_of(engine, filter.sublayer),
            .sublayer        = filter.sublayer,
            .weight          = filter.weight,
            .age             = ~filter.id};
}

/// The first that matches behind `last`; nullptr if that was the last. Callouts yield, and filters
/// come and go meanwhile: what comes next is looked up anew each time.
const EngineFilter* next_behind(const FilterEngine& engine, const Fields& fields,
                                const std::optional<Rank>& last) {
    const EngineFilter* next = nullptr;
    for (const EngineFilter& filter : engine.now.filters) {
        if (filter.layer != FWPM_LAYER_DATAGRAM_DATA_V4 || !matches(filter, fields)) continue;
        const Rank rank = rank_of(engine, filter);
        if (last && !last->stands_before(rank)) continue;
        if (next == nullptr || rank.stands_before(rank_of(engine, *next))) next = &filter;
    }
    return next;
}

/// What a callout says; FWP_ACTION_CONTINUE if it has no say.
FWP_ACTION_TYPE ask(FilterEngine& engine, const EngineFilterHead& filter, Fields& fields,
                    const Datagram& datagram) {
    RegisteredCallout* callout = engine.registered_by(filter.action.calloutKey);
    if (callout == nullptr || callout->unregisters)
        return filter.action.type == FWP_ACTION_CALLOUT_INSPECTION ? FWP_ACTION_CONTINUE
                                                                   : FWP_ACTION_BLOCK;
    std::uint64_t context = 0;
    for (const RegisteredCallout::Flow& flow : callout->flows)
        if (flow.id == datagram.flow && flow.layer == FWPS_LAYER_DATAGRAM_DATA_V4)
            context = flow.context;
    const bool needs_flow = (callout->functions.flags & FWP_CALLOUT_FLAG_CONDITIONAL_ON_FLOW) != 0;
    if (needs_flow && context == 0) return FWP_ACTION_CONTINUE;
    const std::uint32_t         id   = callout->id;
    const FWPS_FILTER2          seen = as_callouts_see(engine, filter);
    const FWPS_INCOMING_VALUES0 fixed{.layerId       = FWPS_LAYER_DATAGRAM_DATA_V4,
                                      .valueCount    = FWPS_FIELD_DATAGRAM_DATA_V4_MAX,
                                      .incomingValue = fields.data()};
    const auto                  metadata = metadata_of(datagram);
    FWPS_CLASSIFY_OUT0          out{};
    out.actionType = FWP_ACTION_CONTINUE;
    out.rights     = FWPS_RIGHT_ACTION_WRITE;
    ++callout->calls;
    {
        const ExtensionCode code(callout->module);
        call_outside(callout->functions.classifyFn, &fixed, &metadata, datagram.list, nullptr,
                     &seen, context, &out);
    }
    --engine.registered_by(id)->calls;
    world().kernel.wake_all(&engine.registered);
    return out.actionType;
}

}  // namespace

FWP_ACTION_TYPE classify(World& world, const Datagram& datagram) {
    FilterEngine&       engine = filter_engine(world);
    Fields              fields = fields_of(datagram);
    std::optional<Rank> last;
    std::optional<GUID> decided;  // The sublayer that permits already.
    while (const EngineFilter* const filter = next_behind(engine, fields, last)) {
        last = rank_of(engine, *filter);
        if (decided == filter->sublayer) continue;
        const EngineFilterHead head      = *filter;
        const GUID             sublayer  = filter->sublayer;
        const bool             calls_out = (head.action.type & FWP_ACTION_FLAG_CALLOUT) != 0;
        const FWP_ACTION_TYPE  action =
            calls_out ? ask(engine, head, fields, datagram) : head.action.type;
        if (action == FWP_ACTION_BLOCK) return action;
        if (action == FWP_ACTION_PERMIT) decided = sublayer;
    }
    return FWP_ACTION_PERMIT;
}

}  // namespace interlock::harness

// The table that NdisFGetOptionalSwitchHandlers hands out. NdisSwitchContext is the module itself.
// Pages: nc-ndis-ndis_switch_<name of the function>.

#include "harness/ndis/list.hpp"
#include "harness/ndis/marks.hpp"
#include "harness/vswitch/own_packets.hpp"
#include "harness/vswitch/packet_call.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint32_t destinations_max = 4096;  // Beyond it Grow runs out of resources.

// --- Destinations ------------------------------------------------------------------------------

/// An extension's packet without a forwarding context has no array at all: FWD-02 tells of it.
std::uint32_t lack_of_room(const Packet& packet, std::uint32_t count) {
    if (!packet.array) return 0;
    return packet.destinations.size() + count > packet.capacity ? model::destination::no_room : 0;
}

NDIS_STATUS add_destination(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl,
                            PNDIS_SWITCH_PORT_DESTINATION destination) {
    Module&     module = *module_or_misuse(context);
    Packet*     packet = world().ndis->packets().find(nbl);
    Ddi         ddi(module,
                    {.call       = model::Call::AddNetBufferListDestination,
                     .object     = packet ? packet->id : 0,
                     .other_port = destination->PortId,
                     .other_nic  = destination->NicIndex,
                     .detail     = packet ? lack_of_room(*packet, 1) : 0},
                    dispatch_level);
    Switch&     vswitch = the_switch();
    NDIS_STATUS status  = NDIS_STATUS_INVALID_PARAMETER;
    if (packet && packet->holder == module.id && packet->array &&
        vswitch.may_receive(destination->PortId, destination->NicIndex)) {
        const auto used = static_cast<std::uint32_t>(packet->destinations.size());
        if (const Failure* fault =
                world().faults.strike(FaultPoint("AddNetBufferListDestination"))) {
            status = fault->status;
        } else if (used < packet->capacity) {
            destination_at(*packet, used) = *destination;
            vswitch.commit(*packet, destination->PortId, destination->NicIndex);
            status = NDIS_STATUS_SUCCESS;
        } else {
            status = NDIS_STATUS_BUFFER_OVERFLOW;
        }
    }
    ddi.left(status);
    return status;
}

NDIS_STATUS grow(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl, UINT32 count,
                 PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY* destinations) {
    PacketCall call(context, model::Call::GrowNetBufferListDestinations, nbl);
    if (!call.held() || !call.packet->array) return call.left(NDIS_STATUS_INVALID_PARAMETER);
    if (count > destinations_max) return call.left(NDIS_STATUS_RESOURCES);
    const auto point = FaultPoint("GrowNetBufferListDestinations");
    if (const Failure* fault = world().faults.strike(point)) return call.left(fault->status);
    Packet& packet = *call.packet;
    grow_destinations(packet, packet.capacity + count);
    detail_of(packet).NumAvailableDestinations =
        (packet.capacity - static_cast<std::uint32_t>(packet.destinations.size())) & 0xFFFF;
    *destinations = packet.array;
    return call.left(NDIS_STATUS_SUCCESS);
}

NDIS_STATUS get_destinations(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl,
                             PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY* destinations) {
    PacketCall call(context, model::Call::GetNetBufferListDestinations, nbl);
    *destinations = call.packet && call.packet->alive ? call.packet->array : nullptr;
    return call.left(*destinations ? NDIS_STATUS_SUCCESS : NDIS_STATUS_INVALID_PARAMETER);
}

/// A single enter event for what cannot be committed: there is no room, or the array is another.
void enter_unfit(const Module& module, const Packet& packet, std::uint32_t count,
                 std::uint32_t why) {
    world().recorder.add({.call   = model::Call::UpdateNetBufferListDestinations,
                          .module = module.id,
                          .object = packet.id,
                          .count  = static_cast<std::uint16_t>(count),
                          .detail = why});
}

/// One enter event for each new destination, or a single one that says there is none.
void enter_new(const Module& module, Packet& packet, std::uint32_t first, std::uint32_t count) {
    model::Event event{.call   = model::Call::UpdateNetBufferListDestinations,
                       .module = module.id,
                       .object = packet.id,
                       .count  = static_cast<std::uint16_t>(count)};
    for (std::uint32_t place = 0; place < count; ++place) {
        const auto& element = destination_at(packet, first + place);
        event.other_port    = element.PortId;
        event.other_nic     = element.NicIndex;
        event.place         = static_cast<std::uint16_t>(place);
        world().recorder.add(event);
    }
    if (count == 0) world().recorder.add(event);
}

bool all_may_receive(Packet& packet, std::uint32_t first, std::uint32_t count) {
    for (std::uint32_t place = first; place < first + count; ++place) {
        const auto& element = destination_at(packet, place);
        if (!the_switch().may_receive(element.PortId, element.NicIndex)) return false;
    }
    return true;
}

std::uint32_t unfitness(const Packet& packet, std::uint32_t count,
                        const NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY* given) {
    const std::uint32_t stale = given == packet.array ? 0U : model::destination::stale_array;
    return stale | lack_of_room(packet, count);
}

NDIS_STATUS update_destinations(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl, UINT32 count,
                                PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations) {
    Module&     module = *module_or_misuse(context);
    Packet*     packet = world().ndis->packets().find(nbl);
    Ddi         ddi(module,
                    {.call   = model::Call::UpdateNetBufferListDestinations,
                     .object = packet ? packet->id : 0,
                     .count  = in_a_list},
                    dispatch_level);
    NDIS_STATUS status = NDIS_STATUS_INVALID_PARAMETER;
    const auto  first  = packet ? static_cast<std::uint32_t>(packet->destinations.size()) : 0;
    const bool  bare   = packet && !packet->array;
    const std::uint32_t unfit = packet && !bare ? unfitness(*packet, count, destinations) : 0;
    if (bare || unfit != 0) {
        enter_unfit(module, *packet, count, unfit);
    } else if (packet) {
        enter_new(module, *packet, first, count);
        if (packet->holder == module.id && all_may_receive(*packet, first, count)) {
            for (std::uint32_t place = first; place < first + count; ++place) {
                const auto element = destination_at(*packet, place);
                the_switch().commit(*packet, element.PortId, element.NicIndex);
            }
            commit_exclusions(*packet);
            status = NDIS_STATUS_SUCCESS;
        }
    } else {
        report_misuse(model::Misuse::bad_argument);
    }
    ddi.left(status);
    return status;
}

// --- References ----------------------------------------------------------------------------------

enum class Reference : std::uint8_t { take, give_back };

template <typename Component>
NDIS_STATUS refer(Component* component, const Module& module, Reference which) {
    if (!component) return NDIS_STATUS_INVALID_PARAMETER;
    auto& held = component->references[module.id];
    if (which == Reference::take) {
        const bool anyway = world().flaw == HostFlaw::disconnects_behind_the_stack;
        if (!component->usable && !anyway) return NDIS_STATUS_FAILURE;
        ++held;
        return NDIS_STATUS_SUCCESS;
    }
    if (held == 0) return NDIS_STATUS_FAILURE;
    --held;
    world().kernel.wake_all(component);
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS refer_to_nic(NDIS_SWITCH_CONTEXT context, model::Call call, Reference which,
                         NDIS_SWITCH_PORT_ID port, NDIS_SWITCH_NIC_INDEX nic) {
    Module&           module = *module_or_misuse(context);
    Ddi               ddi(module, {.call = call, .port = port, .nic = nic}, dispatch_level);
    const NDIS_STATUS status = refer(the_switch().ports().nic(port, nic), module, which);
    ddi.left(status);
    return status;
}

NDIS_STATUS refer_to_port(NDIS_SWITCH_CONTEXT context, model::Call call, Reference which,
                          NDIS_SWITCH_PORT_ID port) {
    Module&           module = *module_or_misuse(context);
    Ddi               ddi(module, {.call = call, .port = port}, dispatch_level);
    const NDIS_STATUS status = refer(the_switch().ports().port(port), module, which);
    ddi.left(status);
    return status;
}

NDIS_STATUS reference_nic(NDIS_SWITCH_CONTEXT context, NDIS_SWITCH_PORT_ID port,
                          NDIS_SWITCH_NIC_INDEX nic) {
    return refer_to_nic(context, model::Call::ReferenceSwitchNic, Reference::take, port, nic);
}

NDIS_STATUS dereference_nic(NDIS_SWITCH_CONTEXT context, NDIS_SWITCH_PORT_ID port,
                            NDIS_SWITCH_NIC_INDEX nic) {
    return refer_to_nic(context, model::Call::DereferenceSwitchNic, Reference::give_back, port,
                        nic);
}

NDIS_STATUS reference_port(NDIS_SWITCH_CONTEXT context, NDIS_SWITCH_PORT_ID port) {
    return refer_to_port(context, model::Call::ReferenceSwitchPort, Reference::take, port);
}

NDIS_STATUS dereference_port(NDIS_SWITCH_CONTEXT context, NDIS_SWITCH_PORT_ID port) {
    return refer_to_port(context, model::Call::DereferenceSwitchPort, Reference::give_back, port);
}

// --- The rest ------------------------------------------------------------------------------------

VOID report_filtered(NDIS_SWITCH_CONTEXT context, PNDIS_STRING /*guid*/, PNDIS_STRING /*name*/,
                     NDIS_SWITCH_PORT_ID port, ULONG flags, ULONG count, PNET_BUFFER_LIST list,
                     PNDIS_STRING /*reason*/) {
    Module&        module = *module_or_misuse(context);
    constexpr auto report = model::Call::ReportFilteredNetBufferLists;
    Ddi            ddi(module, {.call = report, .port = port, .count = in_a_list}, dispatch_level);
    world().ndis->enter_list({.call       = report,
                              .module     = module.id,
                              .count      = static_cast<std::uint16_t>(count),
                              .other_port = port,
                              .flags      = flags},
                             list);
    ddi.left();
}

NDIS_STATUS set_switch_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl,
                               PNDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE type, PVOID memory) {
    Module&         module   = *module_or_misuse(context);
    Packet*         packet   = world().ndis->packets().find(nbl);
    SwitchContexts& contexts = the_switch().contexts();
    Ddi             ddi(module,
                        {.call   = model::Call::SetNetBufferListSwitchContext,
                         .object = packet ? packet->id : 0,
                         .count  = static_cast<std::uint16_t>(memory != nullptr ? 1 : 0),
                         .flags  = contexts.number_of(type)},
                        dispatch_level);
    const bool      held = packet && packet->alive && packet->holder == module.id;
    constexpr FaultPoint point("SetNetBufferListSwitchContext");
    const Failure* const fault = held && memory ? world().faults.strike(point) : nullptr;
    const bool           set = held && !fault && contexts.set(packet->id, module.id, type, memory);
    if (!packet) report_misuse(model::Misuse::bad_argument);
    const NDIS_STATUS refused = fault ? fault->status : NDIS_STATUS_INVALID_PARAMETER;
    const NDIS_STATUS status  = set ? NDIS_STATUS_SUCCESS : refused;
    ddi.left(status);
    return status;
}

PVOID get_switch_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl,
                         PNDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE type) {
    const Module* const module = module_or_misuse(context);
    const Packet* const packet = world().ndis->packets().find(nbl);
    if (!packet) report_misuse(model::Misuse::bad_argument);
    if (!module || !packet) return nullptr;
    return the_switch().contexts().get(packet->id, module->id, type);
}

NDIS_SWITCH_OPTIONAL_HANDLERS make_table() {
    NDIS_SWITCH_OPTIONAL_HANDLERS table{};
    table.AllocateNetBufferListForwardingContext = allocate_context;
    table.FreeNetBufferListForwardingContext     = free_context;
    table.SetNetBufferListSource                 = set_source;
    table.AddNetBufferListDestination            = add_destination;
    table.GrowNetBufferListDestinations          = grow;
    table.GetNetBufferListDestinations           = get_destinations;
    table.UpdateNetBufferListDestinations        = update_destinations;
    table.CopyNetBufferListInfo                  = copy_info;
    table.ReferenceSwitchNic                     = reference_nic;
    table.DereferenceSwitchNic                   = dereference_nic;
    table.ReferenceSwitchPort                    = reference_port;
    table.DereferenceSwitchPort                  = dereference_port;
    table.ReportFilteredNetBufferLists           = report_filtered;
    table.SetNetBufferListSwitchContext          = set_switch_context;
    table.GetNetBufferListSwitchContext          = get_switch_context;
    return table;
}

}  // namespace

const NDIS_SWITCH_OPTIONAL_HANDLERS& Switch::handlers() const {
    static const NDIS_SWITCH_OPTIONAL_HANDLERS table = make_table();
    return table;
}

}  // namespace interlock::harness

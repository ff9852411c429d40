// What an extension has learnt of what was there before it; properties; status indications.

#include "model/constants.hpp"
#include "model/course.hpp"

namespace interlock::model {
namespace {

std::uint8_t bit_of(ModuleId module) {
    return static_cast<std::uint8_t>(1U << module);
}

template <class Component>
void forget_strangeness(Component& component, ModuleId module) {
    component.strange_to = static_cast<std::uint8_t>(component.strange_to & ~bit_of(module));
}

bool is_property(Oid oid) {
    return oid::is_switch_property(oid) || oid::is_port_property(oid);
}

bool adds(Oid oid) {
    return oid == oid::property_add || oid == oid::port_property_add;
}

bool updates(Oid oid) {
    return oid == oid::property_update || oid == oid::port_property_update;
}

PropertyEvent answered(const Request& request, Status result) {
    using enum PropertyEvent;
    const bool ok = result == status::success;
    if (adds(request.oid)) return ok ? add_succeeded : add_failed;
    if (updates(request.oid)) return update_completed;
    return ok ? delete_succeeded : delete_failed;
}

PropertyEvent issued(const Request& request) {
    using enum PropertyEvent;
    if (adds(request.oid)) return add_issued;
    return updates(request.oid) ? update_issued : delete_issued;
}

}  // namespace

/// A module was attached. What is there already it does not know, unless it was here before.
void Course::meet_strangers() {
    Module&            module = *focus.module;
    const std::uint8_t mine   = bit_of(event->module);
    const bool         first  = !module.detached;
    module.late               = first && !ledger.ports_open.empty() && !module.adopted;
    if (!module.late) return;
    for (const Index index : ledger.ports_open)
        ledger.ports[index].strange_to |= mine;
    for (const Index index : ledger.nics_open)
        ledger.nics[index].strange_to |= mine;
}

/// A notification or a packet names them.
void Course::get_to_know(Index port, Index nic) {
    if (port != no_index) forget_strangeness(ledger.ports[port], event->module);
    if (nic == no_index) return;
    forget_strangeness(ledger.nics[nic], event->module);
    const Index below = ledger.port_at(ledger.nics[nic].port);
    if (below != no_index) forget_strangeness(ledger.ports[below], event->module);
}

/// An answer came to it, or by it. Which of the two lists is enough: it may know how to go on.
void Course::learn_listed(Oid query, ModuleId module) {
    if (!ledger.modules[module].late || (query != oid::port_array && query != oid::nic_array))
        return;
    for (const Index index : ledger.ports_open)
        forget_strangeness(ledger.ports[index], module);
    for (const Index index : ledger.nics_open)
        forget_strangeness(ledger.nics[index], module);
}

/// The one that a request names, met before or not.
Property& Course::property_of(const Request& request) {
    const std::uint64_t key   = Ledger::key(request);
    Index               index = ledger.properties.find(key);
    if (index == no_index) index = ledger.properties.add(key);
    ledger.properties[index].port = request.port;
    return ledger.properties[index];
}

void Course::note_given(const Request& request) {
    if (!adds(request.oid) || buffer::number_in(request.flags) == 0) return;
    property_of(request).given |= bit_of(event->module);
}

/// At the issue of a request (`finished` is not set) and at its completion.
void Course::step_property(const Request& request) {
    if (!is_property(request.oid) || buffer::number_in(request.flags) == 0) return;
    Property&           property = property_of(request);
    const PropertyState before   = property.state;
    const PropertyEvent what =
        request.finished ? answered(request, event->status) : issued(request);
    advance(machines.property, property.state, what, property.changed, Voice::aloud);
    if (property.state != before) property.changed = at;
    if (what == PropertyEvent::delete_succeeded) property.given = 0;
}

void Course::indication_handed() {
    if (event->status == status::success) return;  // Which one it is was not told.
    Handed& handed        = focus.module->indication;
    handed.digest         = event->digest;
    handed.detail         = event->detail;
    handed.from           = {event->port, event->nic};
    handed.to             = {event->other_port, event->other_nic};
    handed.task           = event->task;
    const bool of_adapter = event->status == indication::switch_nic_status;
    ++(of_adapter ? handed.adapter_owed : handed.others_owed);
    handed.since = at;
    if (!focus.module->late) return;
    get_to_know(ledger.port_at(event->port), ledger.nic_at(event->port, event->nic));
}

void Course::indication_passed() {
    Handed&        handed     = focus.module->indication;
    const bool     of_adapter = event->status == indication::switch_nic_status;
    std::uint16_t& owed       = of_adapter ? handed.adapter_owed : handed.others_owed;
    if (owed > 0) --owed;
}

}  // namespace interlock::model

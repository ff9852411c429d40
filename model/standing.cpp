#include "model/standing.hpp"

#include <algorithm>

#include "model/ledger.hpp"

namespace interlock::model {
namespace {

class Teller {
public:
    Teller(const Ledger& known, std::span<const ObjectId> objects, Standing& to)
        : ledger(known), named(objects), into(to) {}

    void all() {
        tell(ledger.activated, ledger.quiet);
        // Also what is named no more may be unfinished, and is then held against somebody.
        tell(ledger.requests_open.size(), ledger.packets_open.size());
        modules();
        for (const ObjectId id : named) {
            const Index request = ledger.requests.find(id);
            const Index packet  = ledger.packets.find(id);
            tell(request != no_index, packet != no_index);
            if (request != no_index) one(ledger.requests[request]);
            if (packet != no_index) one(ledger.packets[packet]);
        }
        for (std::size_t place = 0; place < ports.size(); ++place)
            one(ledger.ports[ports[place]]);
        for (std::size_t place = 0; place < nics.size(); ++place)
            one(ledger.nics[nics[place]]);
        for (Index index = 0; index < ledger.properties.size(); ++index)
            tell(mark, ledger.properties[index].state, ledger.properties[index].given);
        tasks();
    }

private:
    static constexpr std::uint32_t mark = 0xFFFF'0000;  // Between parts of any length.

    void tell(auto... numbers) {
        (into.push_back(static_cast<std::uint32_t>(numbers)), ...);
    }

    std::uint32_t place_of(ObjectId id) const {
        return static_cast<std::uint32_t>(std::ranges::find(named, id) - named.begin());
    }

    /// Incarnations are told in the order in which they are met.
    static std::uint32_t place_in(std::vector<Index>& met, Index index) {
        if (index == no_index) return no_index;
        const auto found = std::ranges::find(met, index);
        const auto place = static_cast<std::uint32_t>(found - met.begin());
        if (found == met.end()) met.push_back(index);
        return place;
    }

    void modules() {
        for (const Module& module : ledger.modules)
            if (module.seen) one(module);
        // The newest incarnations first: those that the next event can name.
        for (Index index = 0; index < ledger.ports.size(); ++index)
            if (ledger.port_at(ledger.ports[index].id) == index) place_in(ports, index);
        for (Index index = 0; index < ledger.nics.size(); ++index)
            if (ledger.nic_at(ledger.nics[index].port, ledger.nics[index].index) == index)
                place_in(nics, index);
    }

    void one(const Module& module) {
        tell(mark, module.state, module.kind, module.activation, module.attributes_set,
             module.handlers_got, module.registered, module.makes_packets,
             module.adopted, module.unsure, module.detaching, module.detached, module.pending,
             module.inflight, module.own_open, module.indication.digest, module.indication.detail,
             module.indication.adapter_owed, module.indication.others_owed, module.extension,
             module.allocated, module.late, module.oids_handed, module.restart_asked,
             module.activation_told);
    }

    void one(const References& references) {
        tell(references.total);
        for (std::size_t module = 0; module < modules_max; ++module)
            if (ledger.modules[module].seen)
                tell(references.held[module], references.guarding[module]);
    }

    template <class Component>
    void views_of(const Component& component) {
        for (std::size_t module = 0; module < modules_max; ++module)
            if (ledger.modules[module].seen) tell(component.view[module]);
    }

    void one(const Port& port) {
        tell(mark, port.id, port.state, port.validation, port.adopted, port.type, port.oids_open,
             port.life_open, port.nics_life_open, port.nics_live, port.bound_live,
             port.bound_connected, port.strange_to);
        one(port.references);
        views_of(port);
    }

    void one(const Nic& nic) {
        tell(mark, nic.port, nic.index, nic.state, nic.save, nic.restore, nic.adopted,
             nic.strange_to, nic.type, nic.identity, nic.save_needs, nic.oids_open, nic.life_open,
             nic.pins);
        one(nic.references);
        views_of(nic);
    }

    void one(const Request& request) {
        const auto relative = [&](Index index) {
            return index == no_index ? no_index : place_of(ledger.requests[index].id);
        };
        tell(mark, relative(request.parent), relative(request.root), request.oid,
             place_in(ports, request.port), place_in(nics, request.nic),
             place_in(nics, request.other), request.maker, request.own, request.sent,
             request.finished, request.tainted, request.clone_failed, request.passed_through,
             request.ports_held, request.cancelled, request.flags, request.detail, request.module,
             request.state, request.cloned_on, request.below, request.digest, request.handed_to,
             request.at_bottom, request.decided_above, request.bottom);
    }

    void one(const Packet& packet) {
        tell(mark, place_of(packet.parent), packet.origin, packet.context, packet.known,
             packet.tainted, packet.indicated, packet.native, packet.cloned, packet.shares_data,
             packet.sourced, packet.copied, packet.preserved, packet.reported, packet.port,
             place_in(nics, packet.source), place_in(nics, packet.pinned));
        for (Index at = packet.commits; at != no_index; at = ledger.commits[at].next)
            tell(place_in(nics, ledger.commits[at].nic), ledger.commits[at].module);
        for (std::size_t module = 0; module < modules_max; ++module) {
            if (!ledger.modules[module].seen) continue;
            tell(packet.contexts[module]);
            for (const auto& path : packet.tokens)
                tell(path[module].state, path[module].entered, path[module].marks);
        }
    }

    void tasks() {
        for (const std::uint16_t number : ledger.tasks_used) {
            tell(mark, number, ledger.tasks[number].misuse_told);
            for (const Frame& frame : ledger.tasks[number].frames)
                tell(mark, frame.call, frame.module, frame.irql, frame.locks, frame.entered,
                     frame.count, frame.seen, frame.mixed, frame.told_on, place_of(frame.object),
                     place_of(frame.parent), frame.port, frame.nic, frame.flags, frame.detail,
                     frame.commits != no_index);
        }
    }

    const Ledger&             ledger;
    std::span<const ObjectId> named;
    Standing&                 into;
    std::vector<Index>        ports, nics;
};

}  // namespace

void tell_standing(const Ledger& ledger, std::span<const ObjectId> named, Standing& into) {
    Teller(ledger, named, into).all();
}

}  // namespace interlock::model

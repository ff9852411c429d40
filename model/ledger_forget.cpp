// What a ledger forgets of what is over, and how what remains finds each other again.

#include <algorithm>

#include "model/ledger.hpp"

namespace interlock::model {
namespace {

/// Which records are kept; and once that is done, where they stand now.
struct Kept {
    std::vector<bool>  marks;
    std::vector<Index> now;

    /// The newest are kept in any case.
    Kept(Index size, Index newest) : marks(size, false) {
        const auto kept = static_cast<std::ptrdiff_t>(std::min(size, newest));
        std::fill(marks.end() - kept, marks.end(), true);
    }

    void mark(Index index) {
        if (index != no_index) marks[index] = true;
    }
    void mark_if(bool is_not_over, Index index) {
        if (is_not_over) marks[index] = true;
    }
    void renew(Index& index) const {
        if (index != no_index) index = now[index];
    }
    void renew(std::vector<Index>& list) const {
        for (Index& index : list)
            renew(index);
    }
};

class Forgetting {
public:
    explicit Forgetting(Ledger& all)
        : ledger(all),
          ports(all.ports.size(), all.facts.remembers / 8),  // Every attach and detach goes
          nics(all.nics.size(), all.facts.remembers / 8),    // through all of these.
          requests(all.requests.size(), all.facts.remembers),
          packets(all.packets.size(), all.facts.remembers),
          irps(all.irps.size(), all.facts.remembers),
          devices(all.devices.size(), all.facts.remembers),
          properties(all.properties.size(), 0) {}

    void all() {
        mark_packets();
        mark_requests();
        mark_nics();
        mark_ports();
        mark_others();
        move();
        renew();
    }

private:
    void mark_packets() {
        for (Index index = 0; index < ledger.packets.size(); ++index) {
            const Packet& packet = ledger.packets[index];
            const bool    own    = packet.origin < modules_max && !packet.freed;
            const bool    away   = packet.at_edge || packet.indicated || packet.open != no_index;
            const bool    pins   = packet.pinned != no_index || packet.commits != no_index;
            packets.mark_if(own || away || pins, index);
            if (packets.marks[index]) mark_ends_of(packet);
        }
        for_each_frame([&](const Frame& frame) { mark_commits(frame.commits); });
    }

    template <class Each>
    void for_each_frame(Each each) {
        for (const auto task : ledger.tasks_used)
            for (const Frame& frame : ledger.tasks[task].frames)
                each(frame);
    }

    void mark_ends_of(const Packet& packet) {
        nics.mark(packet.source);
        nics.mark(packet.pinned);
        mark_commits(packet.commits);
    }

    void mark_commits(Index commit) {
        for (; commit != no_index; commit = ledger.commits[commit].next)
            nics.mark(ledger.commits[commit].nic);
    }

    /// What a request was cloned from is older than it.
    void mark_requests() {
        for (Index index = ledger.requests.size(); index-- > 0;) {
            const Request& request = ledger.requests[index];
            const bool     away    = request.sent && !request.finished;
            requests.mark_if(away || request.open != no_index, index);
            if (!requests.marks[index]) continue;
            requests.mark(request.parent);
            requests.mark(request.root);
            ports.mark(request.port);
            nics.mark(request.nic);
            nics.mark(request.other);
        }
    }

    void mark_nics() {
        for (Index index = 0; index < ledger.nics.size(); ++index) {
            const Nic& nic = ledger.nics[index];
            nics.mark_if(nic.state != NicState::absent || nic.open != no_index ||
                             nic.oids_open > 0 || nic.pins > 0 || nic.references.total > 0,
                         index);
            if (nics.marks[index]) ports.mark(ledger.port_at(nic.port));
        }
    }

    void mark_ports() {
        for (Index index = 0; index < ledger.ports.size(); ++index) {
            const Port& port = ledger.ports[index];
            ports.mark_if(port.state != PortState::not_created || port.open != no_index ||
                              port.oids_open > 0 || port.nics_live > 0 ||
                              port.references.total > 0,
                          index);
        }
    }

    void mark_others() {
        for (Index index = 0; index < ledger.irps.size(); ++index)
            irps.mark_if(ledger.irps[index].open != no_index || !ledger.irps[index].returned,
                         index);
        for (Index index = 0; index < ledger.devices.size(); ++index)
            devices.mark_if(ledger.devices[index].open != no_index, index);
    }

    void move() {
        const auto same = [](auto key) { return key; };
        ports.now       = ledger.ports.keep_only(ports.marks, same);
        nics.now        = ledger.nics.keep_only(nics.marks, same);
        requests.now    = ledger.requests.keep_only(requests.marks, same);
        packets.now     = ledger.packets.keep_only(packets.marks, same);
        irps.now        = ledger.irps.keep_only(irps.marks, same);
        devices.now     = ledger.devices.keep_only(devices.marks, same);
        move_properties();
    }

    /// A property of a port has the port's index in its key.
    void move_properties() {
        const auto renewed = [&](std::uint64_t key) {
            auto port = static_cast<Index>(key >> 32);
            ports.renew(port);
            return std::uint64_t{port} << 32 | (key & 0xFFFF'FFFF);
        };
        for (Index index = 0; index < ledger.properties.size(); ++index) {
            const Index port = ledger.properties[index].port;
            properties.mark_if(port == no_index || ports.now[port] != no_index, index);
        }
        properties.now = ledger.properties.keep_only(properties.marks, renewed);
    }

    void renew() {
        renew_packets();
        renew_requests();
        for (Index index = 0; index < ledger.properties.size(); ++index)
            ports.renew(ledger.properties[index].port);
        ports.renew(ledger.ports_open);
        nics.renew(ledger.nics_open);
        requests.renew(ledger.requests_open);
        packets.renew(ledger.packets_open);
        irps.renew(ledger.irps_open);
        devices.renew(ledger.devices_open);
    }

    void renew_packets() {
        for (Index index = 0; index < ledger.packets.size(); ++index) {
            Packet& packet = ledger.packets[index];
            nics.renew(packet.source);
            nics.renew(packet.pinned);
            renew_commits(packet.commits);
        }
        for_each_frame([&](const Frame& frame) { renew_commits(frame.commits); });
    }

    void renew_commits(Index commit) {
        for (; commit != no_index; commit = ledger.commits[commit].next)
            nics.renew(ledger.commits[commit].nic);
    }

    void renew_requests() {
        for (Index index = 0; index < ledger.requests.size(); ++index) {
            Request& request = ledger.requests[index];
            requests.renew(request.parent);
            requests.renew(request.root);
            ports.renew(request.port);
            nics.renew(request.nic);
            nics.renew(request.other);
        }
    }

    Ledger& ledger;
    Kept    ports, nics, requests, packets, irps, devices, properties;
};

}  // namespace

std::size_t Ledger::records() const {
    return ports.size() + nics.size() + requests.size() + packets.size() + irps.size() +
           devices.size() + properties.size();
}

void Ledger::forget() {
    Forgetting(*this).all();
}

}  // namespace interlock::model

#include "model/oid_cells.hpp"

#include <algorithm>
#include <vector>

namespace interlock::model {

Ruling OidCell::by(Reading reading) const {
    if (basis == Basis::grant) return Ruling::legal;
    return basis == Basis::doubt ? ruling_of(weight_of(doubt, reading)) : ruling_of(named, reading);
}

std::span<const OidRow> oid_rows() {
    static const std::vector<OidRow> all = [] {
        constexpr std::size_t prefix = std::string_view("OID_SWITCH_").size();
        std::vector<OidRow>   rows;
        for (const OidInfo& info : oid::page::table) {
            if (info.value != oid::nic_request) {
                rows.push_back({info.name.substr(prefix), info.value});
                continue;
            }
            rows.push_back({"NIC_REQUEST from it", info.value, Role::source});
            rows.push_back({"NIC_REQUEST to it", info.value, Role::destination});
        }
        for (const auto& info : oid::undocumented)
            rows.push_back({info.name.substr(prefix), info.value});
        return rows;
    }();
    return all;
}

namespace {

constexpr std::uint8_t number(auto value) {
    return static_cast<std::uint8_t>(value);
}

constexpr std::uint8_t bit(auto guard) {
    return static_cast<std::uint8_t>(1U << number(guard));
}

const OidInfo& info_of(const OidRow& row) {
    return oid::info(row.oid);
}

bool is_documented(const OidRow& row) {
    return &info_of(row) != &oid::other;
}

OidCell cell_of(const Machine& machine, const DenseTable& table, auto state, auto event) {
    const Step& step = table.at(number(state), number(event));
    return step.filled ? OidCell::granted(machine.cells[step.cell].rule)
                       : OidCell::broken(machine.blanks[step.cell].rule);
}

OidCell port_cell(PortState state, PortEvent event) {
    static const DenseTable table(port_machine());
    return cell_of(port_machine(), table, state, event);
}

OidCell nic_cell(NicState state, NicEvent event) {
    static const DenseTable table(nic_machine());
    return cell_of(nic_machine(), table, state, event);
}

bool is_legal(const OidCell& cell) {
    return cell.by(Reading::reconciled) == Ruling::legal;
}

/// Nothing, if a state of a port or adapter has a say.
std::optional<OidCell> stateless(const OidRow& row) {
    if (!is_documented(row) || info_of(row).from == Originator::extension)
        return OidCell::unspoken();
    if (!oid::names_port(row.oid) && !oid::names_nic(row.oid)) return OidCell::granted();
    return {};
}

/// A request of the life of an adapter is under way.
bool is_pending(NicState nic) {
    return nic == NicState::creating || nic == NicState::connecting ||
           nic == NicState::disconnecting || nic == NicState::deleting;
}

OidCell granted_if(bool granted, std::string_view rule) {
    return granted ? OidCell::granted(rule) : OidCell::broken(rule);
}

/// Of the requests that move no machine.
std::optional<OidCell> by_permission(const OidRow& row, NicState nic) {
    const SwitchRequests& may = switch_requests(nic);
    if (row.oid == oid::nic_request) return granted_if(may.request, "NREQ-01");
    if (row.oid == oid::nic_save_complete) return granted_if(may.save_complete, "SAVE-02");
    if (row.oid == oid::nic_restore_complete) return granted_if(may.restore_complete, "SAVE-09");
    return {};
}

/// Of a port that is created, with one adapter on it.
OidCell issued_to_port(const OidRow& row, NicState nic) {
    const PortEvent event = *port_step(info_of(row).tells, OidPhase::issued);
    const OidCell   cell  = port_cell(PortState::created, event);
    if (!is_legal(cell)) return cell;
    if (event == PortEvent::teardown_issued && nic != NicState::absent)
        return OidCell::broken("PORT-06");
    return event == PortEvent::updated_issued && is_pending(nic) ? OidCell::broken("OID-17") : cell;
}

OidCell issued(const OidRow& row, NicState nic) {
    const auto event = nic_step(info_of(row).tells, OidPhase::issued);
    if (event == NicEvent::delete_issued && nic == NicState::created)
        return OidCell::doubted(Doubt::never_connected, "NIC-16");
    if (event) return nic_cell(nic, *event);
    if (const auto permitted = by_permission(row, nic)) return *permitted;
    return issued_to_port(row, nic);
}

/// Of a request to an adapter: there is one on a created port only.
OidCell issued_to_nic(const OidRow& row, PortState port) {
    const bool none = port == PortState::not_created || port == PortState::deleting;
    if (row.role == Role::source && none) return OidCell::broken("PORT-11");
    if (port != PortState::created) return issued(row, NicState::absent);
    for (std::uint8_t nic = 0; nic <= number(NicState::deleting); ++nic) {
        const OidCell cell = issued(row, static_cast<NicState>(nic));
        if (is_legal(cell) && !cell.is_doubted()) return cell;
    }
    return OidCell::granted();
}

OidCell issued(const OidRow& row, PortState port) {
    if (const auto event = port_step(info_of(row).tells, OidPhase::issued))
        return port_cell(port, *event);
    return issued_to_nic(row, port);
}

/// How a request comes to be under way in a state: it is issued there, or before a step that does
/// not wait for it; or before one that should.
enum class Reach : std::uint8_t { none, strained, free };

/// The step that should wait for the request, and what it breaks if it does not.
struct Strain {
    std::uint8_t     event = 0xFF;
    std::string_view rule  = {};
};

Strain strain_of(Tells tells) {
    switch (tells) {
        case Tells::port_update:
            return {number(PortEvent::teardown_issued), "OID-17"};
        case Tells::nic_update:
            return {number(NicEvent::disconnect_issued), "OID-17"};
        case Tells::nic_save:
        case Tells::nic_restore:
            return {number(NicEvent::disconnect_issued), "SAVE-13"};
        default:
            return {};
    }
}

/// @param waits  the guards that the request itself keeps from holding
std::vector<Reach> spread(const Machine& machine, std::vector<Reach> reach, std::uint8_t waits,
                          const Strain& strain) {
    for (bool more = true; more;) {
        more = false;
        for (const Cell& cell : machine.cells) {
            const Reach limit = cell.event == strain.event ? Reach::strained : Reach::free;
            const Reach gets  = std::min(reach[cell.from], limit);
            if ((cell.guards & waits) != 0 || gets <= reach[cell.to]) continue;
            reach[cell.to] = gets;
            more           = true;
        }
    }
    return reach;
}

template <class State>
std::vector<Reach> where_issued(const OidRow& row, const Machine& machine) {
    std::vector<Reach> reach(machine.states.size(), Reach::none);
    for (std::size_t state = 0; state < reach.size(); ++state)
        if (is_legal(issued(row, static_cast<State>(state)))) reach[state] = Reach::free;
    return reach;
}

Reach reach(const OidRow& row, PortState port) {
    const auto waits =
        static_cast<std::uint8_t>(bit(PortGuard::no_port_oids) |
                                  (oid::names_nic(row.oid) ? bit(PortGuard::no_nic_on_port) : 0U));
    return spread(port_machine(), where_issued<PortState>(row, port_machine()), waits,
                  strain_of(info_of(row).tells))[number(port)];
}

Reach reach(const OidRow& row, NicState nic) {
    const bool of_port = !oid::names_nic(row.oid);
    if (of_port) return is_legal(issued(row, nic)) ? Reach::free : Reach::none;
    return spread(nic_machine(), where_issued<NicState>(row, nic_machine()),
                  bit(NicGuard::no_nic_oids), strain_of(info_of(row).tells))[number(nic)];
}

OidCell ended(const OidRow& row, auto state) {
    switch (reach(row, state)) {
        case Reach::free:
            return OidCell::granted(issued(row, state).rule());
        case Reach::strained:
            return OidCell::broken(strain_of(info_of(row).tells).rule);
        default:
            return issued(row, state);
    }
}

/// What is always passed on, the miniport edge completes with success.
OidCell with_failure(const OidRow& row, OidPhase phase, const OidCell& cell) {
    const OidInfo& info     = info_of(row);
    const bool     may_fail = info.handling != Handling::forward || info.tells == Tells::nothing;
    if (phase != OidPhase::failed || may_fail || cell.by(Reading::reconciled) == Ruling::illegal)
        return cell;
    return OidCell::broken(info.tells == Tells::nic_connect ? "NIC-09" : "OID-06");
}

}  // namespace

OidCell of_switch(const OidRow& row, OidPhase phase, PortState port) {
    if (const auto cell = stateless(row)) return *cell;
    if (phase == OidPhase::issued) return issued(row, port);
    const auto event = port_step(info_of(row).tells, phase);
    return with_failure(row, phase, event ? port_cell(port, *event) : ended(row, port));
}

OidCell of_switch(const OidRow& row, OidPhase phase, NicState nic) {
    if (const auto cell = stateless(row)) return *cell;
    if (phase == OidPhase::issued) return issued(row, nic);
    if (const auto event = nic_step(info_of(row).tells, phase))
        return with_failure(row, phase, nic_cell(nic, *event));
    const auto event = port_step(info_of(row).tells, phase);
    return with_failure(row, phase,
                        event ? port_cell(PortState::created, *event) : ended(row, nic));
}

namespace {

bool is_own(const OidRow& row) {
    return info_of(row).from != Originator::host;
}

/// Nothing, if what an extension knows of a port or adapter has a say.
std::optional<OidCell> regardless(const OidRow& row) {
    if (!is_documented(row)) return OidCell::unspoken();
    return is_own(row) ? std::optional<OidCell>() : OidCell::broken("OID-10");
}

/// OID_SWITCH_PORT_PROPERTY_ENUM, by the right over the port.
OidCell enumerated(OidPhase phase, PortView port) {
    const Right right = rights::of(port).oid;
    const bool  early = port == PortView::create_forwarded ||
                       (phase != OidPhase::issued && port == PortView::vetoed);
    if (early) return OidCell::doubted(Doubt::port_forwarded, "REF-01");
    if (right == Right::vetoed) return OidCell::broken("OID-16");
    return granted_if(right == Right::granted || right == Right::under_reference, "QRY-05");
}

/// OID_SWITCH_NIC_REQUEST from an adapter: a reference on it is needed.
OidCell requested_from(NicView nic) {
    if (nic == NicView::created) return OidCell::doubted(Doubt::reference_when_created, "REF-02");
    if (nic == NicView::connect_delivered) return OidCell::doubted(Doubt::connect_opens, "REF-02");
    const Right right = rights::of(nic).oid;
    return granted_if(right == Right::granted || right == Right::under_reference, "NREQ-05");
}

/// OID_SWITCH_NIC_REQUEST to an adapter.
OidCell requested_of(OidPhase phase, NicView nic) {
    const bool ends = phase != OidPhase::issued;
    switch (rights::of(nic).oid) {
        case Right::not_yet:
            return OidCell::broken("NIC-06");
        case Right::gone:
            return OidCell::broken("NIC-20");
        case Right::vetoed:
            return OidCell::broken("OID-16");
        case Right::under_reference:
            return ends ? OidCell::granted("NREQ-04")
                        : OidCell::doubted(Doubt::control_under_reference, "NIC-13");
        default:
            break;
    }
    if (nic == NicView::connect_delivered) return OidCell::doubted(Doubt::connect_opens, "NIC-06");
    if (nic == NicView::disconnect_delivered && !ends)
        return OidCell::doubted(Doubt::disconnect_binds, "NIC-13");
    return OidCell::granted("NREQ-04");
}

}  // namespace

OidCell of_extension(const OidRow& row, OidPhase phase, PortView port) {
    if (const auto cell = regardless(row)) return *cell;
    if (row.oid == oid::port_property_enum) return enumerated(phase, port);
    if (row.role == Role::target) return OidCell::granted();
    // There is an adapter on a created port only.
    const bool was = port == PortView::teardown_delivered || port == PortView::teardown_handled ||
                     port == PortView::gone;
    const NicView nic = port == PortView::created ? NicView::connected
                        : was                     ? NicView::gone
                                                  : NicView::unseen;
    return of_extension(row, phase, nic);
}

OidCell of_extension(const OidRow& row, OidPhase phase, NicView nic) {
    if (const auto cell = regardless(row)) return *cell;
    if (row.role == Role::source) return requested_from(nic);
    if (row.role == Role::destination) return requested_of(phase, nic);
    return OidCell::granted(row.oid == oid::port_property_enum ? "QRY-05" : "");
}

}  // namespace interlock::model

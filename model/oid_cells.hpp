#pragma once

// Every OID of the switch in every state and phase, as the switch issues it and as an extension
// does: whether it may be, and which rule says so. The cells are not typed here: they are read off
// what the judge decides by, the machines, the tables of permissions.hpp and the rules' weights.
// oid_cells_test.cpp has them typed, and drives each.
//
// The switch is held to the state of the port or adapter, an extension to its own view of it. A
// cell of a phase that ends a request says whether the request can come to that end in that state,
// having been issued by the rules; if not, its rule is the one that is broken on the way.

#include <optional>
#include <span>
#include <string_view>

#include "model/oid_steps.hpp"
#include "model/oids.hpp"
#include "model/permissions.hpp"
#include "model/ruling.hpp"

namespace interlock::model {

/// Which of the adapters that OID_SWITCH_NIC_REQUEST names has the state.
enum class Role : std::uint8_t { target, source, destination };

struct OidRow {
    std::string_view name;  // Without OID_SWITCH_.
    Oid              oid  = 0;
    Role             role = Role::target;
};

/// The OIDs in their table's order, NIC_REQUEST for each of its roles, and the undocumented ones.
std::span<const OidRow> oid_rows();

class OidCell {
public:
    static OidCell granted(std::string_view by = {}) {
        return {Basis::grant, by, {}};
    }
    static OidCell broken(std::string_view rule) {
        return {Basis::rule, rule, {}};
    }
    static OidCell doubted(Doubt doubt, std::string_view rule) {
        return {Basis::doubt, rule, doubt};
    }
    /// No page speaks of it.
    static OidCell unspoken() {
        return {Basis::rule, {}, {}};
    }

    Ruling by(Reading reading) const;

    /// That grants it, or is broken. Empty: no state is asked, or no page speaks of it.
    std::string_view rule() const {
        return named;
    }
    /// Whether what is said of it is up to the reading alone.
    bool is_doubted() const {
        return basis == Basis::doubt;
    }

private:
    enum class Basis : std::uint8_t { grant, rule, doubt };

    OidCell(Basis on, std::string_view rule, Doubt doubt) : basis(on), named(rule), doubt(doubt) {}

    Basis            basis;
    std::string_view named;
    Doubt            doubt;
};

/// The switch issues it, by the state of the port: an adapter on it is as the request needs it, if
/// one can be there.
OidCell of_switch(const OidRow& row, OidPhase phase, PortState port);

/// The switch issues it, by the state of the adapter; the port is created.
OidCell of_switch(const OidRow& row, OidPhase phase, NicState nic);

/// An extension issues it on its own account, with the references that it can have in that view.
OidCell of_extension(const OidRow& row, OidPhase phase, PortView port);
OidCell of_extension(const OidRow& row, OidPhase phase, NicView nic);

}  // namespace interlock::model

// The driver as a whole: how it registers and goes, and what it tells on.

#include "model/leak.hpp"
#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

struct HandlersFit {
    static constexpr Rule rule{
        .id    = "FILT-17",
        .title = "The handlers of a driver fit together",
        .says =
            "A driver gives the handlers for attach, detach, restart and pause; one that takes "
            "receives or their returns gives one for status as well.",
        .page    = "data-bypass-mode",
        .heading = "Data Bypass Mode",
    };
    static constexpr std::array watches{Watch{Call::NdisFRegisterFilterDriver, Phase::enter}};

    static void check(Sight& sight) {
        const std::uint32_t given = sight.event.detail;
        if (given == 0) return;  // Not told.
        if ((given & handler::mandatory) == 0)
            return sight.extension_broke("registered without a handler that is mandatory", 0);
        const bool receives = (given & (handler::receive | handler::receive_return)) != 0;
        if (receives && (given & handler::status) == 0)
            return sight.extension_broke("registered to receive, but not for status", 0);
        sight.held();
    }
};

struct Unregisters {
    static constexpr Rule rule{
        .id    = "FILT-19",
        .title = "What registers is deregistered",
        .says =
            "DriverEntry comes back with a final status, and whoever registered with NDIS calls "
            "NdisFDeregisterFilterDriver when its load fails later on, or when it is unloaded.",
        .page     = "unloading-a-filter-driver",
        .heading  = "Unloading a Filter Driver",
        .verifier = "NdisFDeregisterFilterDriver",
    };
    static constexpr std::array watches{Watch{Call::DriverEntry, Phase::leave},
                                        Watch{Call::DriverUnload, Phase::leave}};

    static void check(Sight& sight) {
        const bool registered = sight.focus.module->registered;
        if (sight.event.call == Call::DriverUnload) {
            if (!registered) return sight.held();
            return sight.extension_broke("was unloaded without NdisFDeregisterFilterDriver", 0);
        }
        if (sight.event.status == status::pending)
            return sight.extension_broke("returned NDIS_STATUS_PENDING from DriverEntry", 0);
        if (registered && sight.event.status != status::success)
            sight.extension_broke("failed to load, but stayed registered", 0);
    }
};

struct ToldOn {
    static constexpr Rule rule{
        .id    = "FILT-20",
        .title = "Status and PnP events are told on",
        .says =
            "The activation of the switch is told on by everybody, status by a capturing "
            "extension; and no PnP event is raised while an OID request is being handled.",
        .page     = "nf-ndis-ndisfnetpnpevent",
        .heading  = "Remarks",
        .verifier = "NdisMNetPnPEventInOIDRequest 0x7C/0x22",
    };
    static constexpr std::array watches{Watch{Call::FilterNetPnPEvent, Phase::leave},
                                        Watch{Call::FilterStatus, Phase::leave},
                                        Watch{Call::NdisFNetPnPEvent, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::NdisFNetPnPEvent) return raised(sight);
        const Frame& frame = *sight.focus.frame;
        if (frame.told_on) return sight.held();
        // That the ones above must learn of it is not spelled out.
        if (sight.event.call == Call::FilterNetPnPEvent) {
            const bool swallowed =
                frame.detail == pnp::switch_activate && sight.event.status == status::success;
            if (swallowed)
                sight.extension_doubted(Doubt::activation_kept,
                                        "kept the activation of the switch to itself", frame.first);
        } else if (sight.focus.module->kind == ExtensionClass::capturing) {
            sight.extension_broke("kept a status to itself, being a capturing extension",
                                  frame.first);
        }
    }

    static void raised(Sight& sight) {
        const Frame* within = sight.ledger.callback(sight.event.task, sight.event.module);
        if (within != nullptr && within->call == Call::FilterOidRequest)
            sight.extension_broke("raised a PnP event while it handled an OID request",
                                  within->first);
    }
};

struct FreedAtDetach {
    static constexpr Rule rule{
        .id    = "FILT-14",
        .title = "FilterDetach frees what was made for the module",
        .says =
            "What NDIS made with the handle of a filter module, such as memory, MDLs, pools of "
            "buffers, timers, work items and locks, is freed when FilterDetach returns.",
        .page    = "nc-ndis-filter_detach",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::Misused, Phase::enter},
                                        Watch{Call::FilterDetach, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::FilterDetach) return sight.held();
        if (static_cast<Misuse>(sight.event.detail) != Misuse::leaked) return;
        if ((sight.event.flags & leak::of_module) == 0) return;
        sight.extension_broke(kept(static_cast<Resource>(sight.event.flags ^ leak::of_module)), 0);
    }

    static std::string_view kept(Resource what) {
        switch (what) {
            case Resource::lock:
                return "kept a lock that was made for its module over the detach";
            case Resource::timer:
                return "kept a timer that was made for its module over the detach";
            case Resource::work_item:
                return "kept a work item that was made for its module over the detach";
            case Resource::memory:
                return "kept memory that was allocated for its module over the detach";
            case Resource::mdl:
                return "kept an MDL that was made for its module over the detach";
            default:
                return "kept a pool that was made for its module over the detach";
        }
    }
};

using Family = boost::mp11::mp_list<HandlersFit, Unregisters, ToldOn, FreedAtDetach>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> driver_rules() {
    return family;
}

}  // namespace interlock::model

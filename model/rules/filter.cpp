// What a filter module does when it is attached, restarted and paused.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view pause_page = "nc-ndis-filter_pause";

bool in_hands(PacketState state) {
    return state == PacketState::held || state == PacketState::back;
}

bool is_stopped(FilterState state) {
    return state == FilterState::paused || state == FilterState::restarting;
}

/// Whether the extension may still take its module to be running: a call that began before the
/// pause, or one of its own threads, cannot know of a pause that begins now.
bool may_think_it_runs(const Sight& sight) {
    const FilterState state = sight.focus.module->state;
    if (state == FilterState::running) return true;
    const Frame* within = sight.ledger.callback(sight.event.task, sight.event.module);
    if (within == nullptr) return state == FilterState::pausing;
    return within->entered == FilterState::running;
}

constexpr std::array data_calls{Watch{Call::NdisFSendNetBufferLists, Phase::enter},
                                Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

struct DataWhereRunning {
    static constexpr Rule rule{
        .id      = "FILT-02",
        .title   = "Data only in an attached module",
        .obliged = Obliged::host,
        .says =
            "Packets come to a module while it is running or pausing; one that is paused or "
            "restarting turns them away; one that is not attached gets none.",
        .page    = "filter-module-states-and-operations",
        .heading = "Send and Receive Operations",
        .also    = "ATTACH-02",
    };
};

struct AttachDuties {
    static constexpr Rule rule{
        .id    = "FILT-03",
        .title = "FilterAttach duties",
        .says =
            "FilterAttach succeeds only after NdisFSetAttributes has, never returns "
            "NDIS_STATUS_PENDING, and until it has returned nothing is sent or indicated.",
        .page    = "nc-ndis-filter_attach",
        .heading = "Remarks",
        .also    = "ATTACH-03",
    };
    static constexpr std::array watches{
        Watch{Call::FilterAttach, Phase::leave}, Watch{Call::NdisFSendNetBufferLists, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Module& module = *sight.focus.module;
        if (sight.event.call != Call::FilterAttach) {
            if (module.state == FilterState::attaching)
                sight.extension_broke("sent or indicated a packet before it was attached",
                                      module.changed);
            return;
        }
        if (sight.event.status == status::pending)
            return sight.extension_broke("returned NDIS_STATUS_PENDING from FilterAttach", 0);
        if (sight.event.status == status::success && !module.attributes_set)
            return sight.extension_broke("attached without NdisFSetAttributes", 0);
        sight.held();
    }
};

struct RestartCompletes {
    static constexpr Rule rule{
        .id    = "FILT-04",
        .title = "Restart completes exactly once",
        .kind  = RuleKind::obligation,
        .says =
            "A restart is completed once: by what FilterRestart returns, or after "
            "NDIS_STATUS_PENDING by one NdisFRestartComplete.",
        .page    = "nc-ndis-filter_restart",
        .heading = "Remarks",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFRestartComplete, Phase::enter}, Watch{Call::FilterRestart, Phase::leave},
        Watch{Call::Quiescent, Phase::enter}, Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::FilterRestart) return sight.held();
        if (sight.event.call == Call::NdisFRestartComplete) {
            if (sight.event.status == status::pending)
                sight.extension_broke("completed a restart with NDIS_STATUS_PENDING", 0);
            return;
        }
        if (sight.still() == Still::no) return;
        for (ModuleId id = 0; id < modules_max; ++id) {
            const Module& module = sight.ledger.modules[id];
            const bool    stuck  = module.state == FilterState::restarting && module.pending;
            if (!stuck || module.own_open > 0) continue;
            if (sight.name_once(Matter::state, id, module.changed))
                sight.broken(Party::extension, id, "never completed its restart", {},
                             module.changed);
        }
    }
};

struct PauseCannotFail {
    static constexpr Rule rule{
        .id    = "FILT-05",
        .title = "Pause cannot fail and completes once",
        .says =
            "FilterPause returns success or NDIS_STATUS_PENDING; after success no "
            "NdisFPauseComplete follows, after pending one.",
        .page     = pause_page,
        .heading  = "Return value",
        .verifier = "0x92010 MiniportPause_Return",
        .also     = "ATTACH-09",
    };
    static constexpr std::array watches{Watch{Call::FilterPause, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.status == status::success || sight.event.status == status::pending)
            return sight.held();
        sight.extension_broke("failed its pause", sight.focus.module->changed);
    }
};

constexpr std::array pause_ends{Watch{Call::FilterPause, Phase::leave},
                                Watch{Call::NdisFPauseComplete, Phase::enter}};

/// Whether the event completes a pause that is under way.
bool completes_pause(const Sight& sight) {
    if (sight.focus.module->state != FilterState::pausing) return false;
    return sight.event.call == Call::NdisFPauseComplete || sight.event.status == status::success;
}

struct NothingQueued {
    static constexpr Rule rule{
        .id    = "FILT-06",
        .title = "A paused module holds nothing",
        .says =
            "When its pause completes, an extension holds no packet of anybody else's: it "
            "has completed what it was to send and returned what was indicated to it.",
        .page    = pause_page,
        .heading = "Remarks",
        .also    = "NBL-02 NBL-03",
    };
    static constexpr auto watches = pause_ends;

    static void check(Sight& sight) {
        if (!completes_pause(sight)) return;
        bool kept = false;
        for (const Index index : sight.ledger.packets_open)
            for (const Path path : paths)
                kept |= judge(sight, sight.ledger.packets[index], path);
        if (!kept) sight.held();
    }

    static bool judge(Sight& sight, const Packet& packet, Path path) {
        const ModuleId module = sight.event.module;
        const Token&   token  = packet.token(path, module);
        if (!in_hands(token.state) || packet.tainted) return false;
        // What is being handed over on another thread is not queued.
        if (sight.ledger.delivering(module, token.since)) return false;
        const Matter matter = path == Path::ingress ? Matter::ingress_token : Matter::egress_token;
        if (sight.name_once(matter, module, packet.id))
            sight.broken(Party::extension, module, "completed its pause with a packet in its hands",
                         {.port = packet.port, .object = packet.id}, token.since);
        return true;
    }
};

struct OwnAreHome {
    static constexpr Rule rule{
        .id    = "FILT-07",
        .title = "A paused module's own packets are home",
        .says =
            "When its pause completes, every packet that an extension made and sent or "
            "indicated has been given back to it.",
        .page    = pause_page,
        .heading = "Remarks",
    };
    static constexpr auto watches = pause_ends;

    static void check(Sight& sight) {
        if (!completes_pause(sight)) return;
        bool out = false;
        for (const Index index : sight.ledger.packets_open)
            for (const Path path : paths) {
                const Packet& packet = sight.ledger.packets[index];
                const Token&  token  = packet.token(path, sight.event.module);
                if (token.state != PacketState::own_passed || packet.tainted) continue;
                out = true;
                sight.broken(Party::extension, sight.event.module,
                             "completed its pause with a packet of its own under way",
                             {.port = packet.port, .object = packet.id}, token.since);
            }
        if (!out) sight.held();
    }
};

/// What a stopped module was handed and has not let go, when the world stands still.
class Kept {
public:
    Kept(Sight& shown, Path on, std::string_view told) : sight(shown), path(on), what(told) {}

    void judge() {
        if (sight.still() == Still::no) return;
        for (const Index index : sight.ledger.packets_open)
            for (ModuleId module = 0; module < modules_max; ++module)
                ask(sight.ledger.packets[index], module);
    }

private:
    void ask(const Packet& packet, ModuleId module) {
        const Token& token = packet.token(path, module);
        if (token.state != PacketState::held || packet.tainted || !is_stopped(token.entered) ||
            !is_stopped(sight.ledger.modules[module].state))
            return;
        if (sight.ledger.delivering(module, token.since)) return;  // RUN-04
        const Matter matter = path == Path::ingress ? Matter::ingress_token : Matter::egress_token;
        if (sight.name_once(matter, module, packet.id))
            sight.broken(Party::extension, module, what, {.port = packet.port, .object = packet.id},
                         token.since);
    }

    Sight&                 sight;
    const Path             path;
    const std::string_view what;
};

struct SendsBounced {
    static constexpr Rule rule{
        .id    = "FILT-08",
        .title = "A stopped module turns sends away",
        .says =
            "What is handed to a paused or restarting module to send is completed at once: "
            "it is neither passed on nor kept.",
        .page    = "nc-ndis-filter_send_net_buffer_lists",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferLists, Phase::enter},
                                        Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
                                        Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::Quiescent || sight.event.call == Call::EndOfRun)
            return Kept(sight, Path::ingress, "keeps a packet that came while it was stopped")
                .judge();
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->origin == sight.event.module || packet->tainted) return;
        const Token& token = packet->token(Path::ingress, sight.event.module);
        if (token.state != PacketState::held || !is_stopped(token.entered)) return;
        if (sight.event.call == Call::NdisFSendNetBufferListsComplete) return sight.held();
        const Module& module = *sight.focus.module;
        if (module.state == FilterState::restarting)
            return sight.extension_doubted(Doubt::sends_when_restarting,
                                           "passed down a packet while it was restarting",
                                           module.changed);
        if (!is_stopped(module.state)) return;
        sight.extension_broke("passed down a packet while it was stopped", module.changed);
    }
};

struct ReceivesNotKept {
    static constexpr Rule rule{
        .id    = "FILT-09",
        .title = "A stopped module keeps no receives",
        .says =
            "What is indicated to a paused or restarting module is returned or passed on at "
            "once.",
        .page    = "pausing-a-filter-module",
        .heading = "Pausing a Filter Module",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFReturnNetBufferLists, Phase::enter},
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
        Watch{Call::Quiescent, Phase::enter}, Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::Quiescent || sight.event.call == Call::EndOfRun)
            return Kept(sight, Path::egress,
                        "keeps a packet that was indicated while it was "
                        "stopped")
                .judge();
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr) return;
        const Token& token = packet->token(Path::egress, sight.event.module);
        if (token.state != PacketState::held || !is_stopped(token.entered)) return;
        if (sight.event.call == Call::NdisFReturnNetBufferLists) return sight.held();
        sight.extension_doubted(Doubt::receives_when_paused,
                                "passed up a packet that came while it was stopped", token.since);
    }
};

struct NoOriginWhenStopped {
    static constexpr Rule rule{
        .id       = "FILT-10",
        .title    = "No packets of one's own when pausing or paused",
        .modality = Modality::must_not,
        .says =
            "From the start of its pause until it is restarted, an extension starts no "
            "packet of its own.",
        .page    = pause_page,
        .heading = "Remarks",
    };
    static constexpr auto watches = data_calls;

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->origin != sight.event.module) return;
        const Path path =
            sight.event.call == Call::NdisFSendNetBufferLists ? Path::ingress : Path::egress;
        if (in_hands(packet->token(path, sight.event.module).state)) return;  // It came by.
        const FilterState state = sight.focus.module->state;
        if (state == FilterState::restarting)
            return sight.extension_doubted(Doubt::origin_when_restarting,
                                           "started a packet of its own while it was restarting",
                                           sight.focus.module->changed);
        const bool stopped = state == FilterState::paused || state == FilterState::pausing;
        if (!stopped || may_think_it_runs(sight)) return sight.held();
        sight.extension_broke("started a packet of its own while it was pausing or paused",
                              sight.focus.module->changed);
    }
};

struct PauseCompletes {
    static constexpr Rule rule{
        .id       = "FILT-13",
        .title    = "Pause completes in bounded time",
        .kind     = RuleKind::obligation,
        .says     = "A pause completes, once what the extension has under way is given back to it.",
        .page     = "ndisfiltertimedpausecomplete-",
        .heading  = "NdisFilterTimedPauseComplete rule (ndis)",
        .verifier = "0x92010 0x7C/0x25/0x11",
        .also     = "ATTACH-09",
    };
    static constexpr std::array watches{
        Watch{Call::FilterPause, Phase::leave}, Watch{Call::NdisFPauseComplete, Phase::enter},
        Watch{Call::Quiescent, Phase::enter}, Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.still() == Still::no) {
            if (sight.event.call != Call::EndOfRun && completes_pause(sight)) sight.held();
            return;
        }
        for (ModuleId id = 0; id < modules_max; ++id) {
            const Module& module = sight.ledger.modules[id];
            if (module.state != FilterState::pausing) continue;
            if (waits(sight.ledger, id)) {
                sight.undecided("a pause waits for what the module has in hand or under way");
            } else if (sight.name_once(Matter::state, id, module.changed))
                sight.broken(Party::extension, id, "never completed its pause", {}, module.changed);
        }
    }

    /// Whether it waits for others, or for a packet that NBL-02 or NBL-03 tells of.
    static bool waits(const Ledger& ledger, ModuleId module) {
        if (ledger.modules[module].own_open > 0 || ledger.modules[module].inflight > 0) return true;
        for (const Index index : ledger.packets_open)
            for (const Path path : paths) {
                const PacketState state = ledger.packets[index].token(path, module).state;
                if (in_hands(state) || state == PacketState::passed ||
                    state == PacketState::own_passed)
                    return true;
            }
        return false;
    }
};

using Family = boost::mp11::mp_list<DataWhereRunning, AttachDuties, RestartCompletes,
                                    PauseCannotFail, NothingQueued, OwnAreHome, SendsBounced,
                                    ReceivesNotKept, NoOriginWhenStopped, PauseCompletes>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> filter_rules() {
    return family;
}

}  // namespace interlock::model

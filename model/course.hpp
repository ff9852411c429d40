#pragma once

// How the ledger follows the events. Each event moves the machines that it concerns; what a row
// grants is counted, what no row grants is found, and then the judge goes on from there.

#include <array>
#include <bit>
#include <cstdint>

#include "model/findings.hpp"
#include "model/ledger.hpp"
#include "model/tracks.hpp"

namespace interlock::model {

/// Whether a machine that finds no row for its event says so. It keeps silent about what is
/// judged already, so that one fault is told once.
enum class Voice : std::uint8_t { aloud, silent };

/// Which guards hold, and of those that do not, since when.
struct Truth {
    std::uint8_t         bits  = 0;
    std::array<Place, 8> since = {};

    void say(auto guard, auto holds, Place broken_since) {
        const auto bit = static_cast<std::size_t>(guard);
        if (holds) bits = static_cast<std::uint8_t>(bits | 1U << bit);
        since[bit] = broken_since;
    }
};

class Course {
public:
    Course(Ledger& known, Findings& found);

    /// The next event, before the rules see it. @return what it is about.
    const Focus& see(const Event& next, Place place) {
        event = &next;
        at    = place;
        ledger.look(next, focus);
        if (focus.module != nullptr && !focus.module->seen) meet_module();
        return focus;
    }

    /// Takes that event, after the rules have seen it.
    void take();

private:
    template <class State, class What, class Ask>
    bool advance(const Track& track, State& state, What what, Place since, Voice voice, Ask ask);
    template <class State, class What>
    bool advance(const Track& track, State& state, What what, Place since, Voice voice);
    void find(RuleIndex rule, std::string_view what, Place since);

    void entered();
    void left();
    void push_frame();
    void note_told_on(Call told_by);

    // Modules: course_module.cpp
    void meet_module();
    void module_entered();
    void module_left();
    void attend();
    void move_module(FilterEvent what, Voice voice = Voice::aloud);
    void move_activation(ActivationEvent what);
    void attach();
    void inherit_views();

    // OID requests: course_oid.cpp
    void  oid_entered();
    void  oid_left();
    void  issue();
    void  finish_at_edge();
    std::uint32_t needed(const Request& save) const;
    void  step_sessions(Nic& nic, const Request& request);
    void  step_save(SaveEvent what, Nic& nic);
    void  step_restore(RestoreEvent what, Nic& nic);
    void  note_question();
    void  deliver();
    void  handler_returned();
    void  send_down();
    void  answer(Index clone, Status result);
    void  answer_own(Request& own, Status result);
    void  complete_up();
    void  finish(Request& request, OidState was, Status result);
    void  note_clone();
    void  at_bottom();
    Index add_request(ModuleId maker);
    void  target(Request& request);
    void  count(const Request& request, int change);

    // Ports and adapters: course_port.cpp
    void  issue_to_port(Tells tells, Index port);
    void  issue_to_nic(Tells tells, Index nic);
    void  complete_to_port(Tells tells, Index port, Status result, Voice voice);
    void  complete_to_nic(Tells tells, Index nic, Status result, Voice voice);
    bool  move_port(Index port, PortEvent what, Voice voice);
    bool  move_nic(Index nic, NicEvent what, Voice voice);
    Index port_for(Tells tells);
    Index nic_for(Tells tells);
    Truth port_truth(const Port& port) const;
    Truth nic_truth(const Nic& nic) const;
    void  show_delivery(Tells tells, const Request& request, ModuleId module);
    void  show_forwarding(Tells tells, const Request& request, ModuleId module);
    void  show_result(Tells tells, const Request& request, ModuleId module, Status result);
    void  learn(Oid query, ModuleId module);

    // Packets: course_packet.cpp
    void    packet_entered();
    void    packet_left();
    void    packet_met(Packet& packet);
    void    note_made();
    void    note_context();
    void    note_switch_context(Packet& packet);
    Index   packet_here();
    Packet& adopt(PacketEvent what);
    void    start_at_edge();
    Token&  move_packet(Path path, PacketEvent what);
    void    give(Path path);
    void    meet_ends_of(const Packet& packet);
    void    pass(Path path);
    void    give_back(Path path);
    void    finish_packet(Path path);
    void    make(Packet& packet);
    void    unmake(Packet& packet);
    void    keep_token(Packet& packet, PacketState before, PacketState after);
    void    note_commit();
    void    keep_commits(bool succeeded);
    void    copy_info();
    void    pin_source(Packet& packet);
    void    unpin(Packet& packet);
    Index   new_commit(const Commit& commit);

    // What an extension that came late has learnt, properties, indications: course_learn.cpp
    void meet_strangers();
    void get_to_know(Index port, Index nic);
    void learn_listed(Oid query, ModuleId module);
    Property& property_of(const Request& request);
    void step_property(const Request& request);
    void note_given(const Request& request);
    void indication_handed();
    void indication_passed();

    // References: course_port.cpp
    void reference_left();
    void dereference_entered();

    // Devices and IRPs: course_device.cpp
    void device_entered();
    void device_left();
    void irp_completed();
    void clean_up(ObjectId file);
    void cleaned_up(ObjectId file);

    Ledger&       ledger;
    Findings&     findings;
    const Tracks& machines;
    RuleIndex     late;  // PKT-13: what was held too long and then let go.

    const Event* event = nullptr;
    Focus        focus;
    Place        at = 0;
};

template <class State, class What, class Ask>
bool Course::advance(const Track& track, State& state, What what, Place since, Voice voice,
                     Ask ask) {
    const Step& step = track.at(static_cast<std::uint8_t>(state), static_cast<std::uint8_t>(what));
    state            = static_cast<State>(step.to);
    if (!step.filled) {
        if (voice == Voice::aloud) {
            findings.met_blank(track.blank(step));
            find(track.blank_rule(step), track.blank_told(step), since);
        }
        return false;
    }
    findings.taken(track.cell(step));
    findings.held(track.cell_rule(step));
    if (step.guards == 0) return true;

    const Truth truth = ask();
    for (unsigned left = step.guards; left != 0; left &= left - 1) {
        const auto guard = static_cast<std::size_t>(std::countr_zero(left));
        if (truth.bits >> guard & 1U) {
            findings.held(track.guard_rule(guard));
        } else if (voice == Voice::aloud) {
            find(track.guard_rule(guard), track.guard_told(static_cast<std::uint8_t>(what), guard),
                 truth.since[guard]);
        }
    }
    return (step.guards & ~truth.bits) == 0;
}

template <class State, class What>
bool Course::advance(const Track& track, State& state, What what, Place since, Voice voice) {
    return advance(track, state, what, since, voice, [] { return Truth{0xFF, {}}; });
}

}  // namespace interlock::model

#pragma once

// Plays a scenario: the control task that issues the steps, in order, and takes the world down.

#include <array>
#include <deque>
#include <span>
#include <string>
#include <vector>

#include "harness/ndis/ndis.hpp"
#include "harness/stage.hpp"
#include "harness/vswitch/switch.hpp"

namespace interlock::harness {

class Player {
public:
    Player(World& world, Ndis& ndis, Switch& vswitch, const StageOptions& options);

    /// The whole scenario, from loading to unloading; runs as the control task.
    void play(const Scenario& scenario, std::vector<LeftOut>& left_out);

    // --- What `play` is made of, for who decides as he goes what the next step is. All from the
    // control task.

    /// Loads, attaches and restarts the extensions. Both have to live until `end`.
    void begin(const Scenario& scenario, std::vector<LeftOut>& left_out);

    /// Takes the step, or says in `left_out` why it may not be taken. It has to live until `end`.
    /// @return whether it was taken.
    bool step(const Step& step);

    /// Takes everything down and unloads.
    void end();

    /// Whether a request never finished, so that no further one can be issued.
    bool is_stopped() const {
        return stopped;
    }

private:
    void set_up(const Scenario& scenario);
    void take_step(const Step& step);
    void take_down();
    void take_down_port(SwitchPort& port);

    // Each: why the switch may not do it now; empty when it may.
    std::string why_not(const Step& step);
    std::string why_not_port(const Step& step);
    std::string why_not_nic(const Step& step);
    std::string why_not_create_nic(const Step& step, const SwitchPort& port);
    std::string why_not_send(const Step& step);
    std::string why_not_module(const Step& step);
    std::string why_not_switch_property(const Step& step);
    std::string why_not_device(const Step& step);

    void take_port_step(const Step& step);
    void take_nic_step(const Step& step);
    void save(const Step& step);
    bool more_room_for(OidToIssue& asked);
    void restore(const Step& step);
    void request(const Step& step);
    void property(const Step& step);
    void switch_property(const Step& step);
    void ask_or_tell(const Step& step);
    /// Asks for the status of a feature, and again with more room if the answer needs it.
    void ask_feature(const Step& step);
    void send(const Step& step);

    // What a process does with devices: player_devices.cpp
    void take_device_step(const Step& step);
    void transfer(const Step& step);
    /// As a requestor: every IRP is cancelled, and when all are completed, every handle closed.
    void end_process();
    bool uses_devices() const;
    /// The process ends. If a handle cannot be closed, nothing more can be done.
    void close_all();
    /// Does it in a task of its own, as a thread of the process would.
    template <typename Body>
    void as_requestor(const Step& step, Body body);

    void create_port(const Step& step);
    void create_nic(const Step& step);
    /// Issues a request; from one that never finishes on, nothing more can be issued.
    std::optional<NDIS_STATUS> issue(const OidToIssue& what);
    /// The same, about a component that exists, with its own type.
    std::optional<NDIS_STATUS> about_port(const SwitchPort& port, model::Oid oid);
    std::optional<NDIS_STATUS> about_nic(const SwitchPort& port, const SwitchNic& nic,
                                         model::Oid oid);
    bool                       disconnect(SwitchPort& port, SwitchNic& nic);
    bool                       delete_nic(SwitchPort& port, SwitchNic& nic);
    bool                       delete_port(SwitchPort& port);

    void registered(const Scenario& scenario, Module& module);
    void deregisters(Module& module);
    bool may_unload_attached() const;

    void attach();
    void restart();
    void pause();
    void detach();
    /// What NdisFRestartFilter asked for: NDIS pauses the stack and restarts it.
    void restart_if_asked();
    /// Waits until no packet is on its way. If that never comes, nothing more can be done.
    bool drained(std::string_view place);

    void leave_out(std::string why);

    World&                             world;
    Ndis&                              ndis;
    Switch&                            vswitch;
    const StageOptions&                options;
    std::vector<LeftOut>*              left_out = nullptr;
    std::uint32_t                      number   = 0;  // Of the step being taken, from 1.
    std::uint32_t                      sent = 0;   // The step whose packets were brought in last.
    std::array<File*, handles_max + 1> handles{};  // Of the process, by number.
    std::uint32_t opens_due = 0;       // `open` steps whose task has not come to it yet.
    bool patience_lost      = false;   // What is cancelled and not completed is waited for no more.
    std::deque<bool> requestors;       // Each: whether it is done.
    bool             stopped = false;  // A request never finished: no further one can be issued.
};

}  // namespace interlock::harness

#pragma once

// The extensible switch: protocol edge above the stack, miniport edge below it. It issues the OID
// requests, answers them at the lower end, brings packets in, forwards those that no extension
// forwards, delivers them, and counts what holds back a delete.

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "harness/ndis/ndis.hpp"
#include "harness/stage.hpp"
#include "harness/vswitch/contexts.hpp"
#include "harness/vswitch/flawed_buffers.hpp"
#include "harness/vswitch/mac_table.hpp"
#include "harness/vswitch/oid_buffers.hpp"
#include "harness/vswitch/switch_state.hpp"

namespace interlock::harness {

class Switch final : public Ends {
public:
    Switch(World& world, Ndis& ndis, const StageOptions& options);

    /// A switch without ports. Forgets the last run.
    void begin(const Scenario& scenario);

    SwitchState& ports() {
        return state;
    }

    // --- Control path ---------------------------------------------------------------------------

    /// Issues the request at the protocol edge and waits until it is finished.
    /// @return its final status, or nothing when the world fell quiet without one.
    std::optional<NDIS_STATUS> issue(const OidToIssue& what);

    /// Whether an extension put its name into the OID_SWITCH_NIC_SAVE issued last.
    bool last_save_was_claimed() const;

    /// How many bytes of data an extension wants room for that had too little in the request
    /// issued last, which was that one; 0 if it asked for no more than it had.
    std::uint32_t room_wanted(const OidToIssue& issued_last) const;

    /// No request is under way, the caller's task runs alone: lets go of what all finished ones
    /// left, so that a switch may live for ever.
    void forget_requests();

    /// The next request that pends is cancelled.
    void cancel_next_oid() {
        cancels_next = true;
    }

    // --- Upwards from the miniport edge; vswitch/upwards.cpp
    // ---------------------------------------

    /// NDIS_STATUS_SWITCH_NIC_STATUS from an adapter.
    void status_from(model::PortId port, model::NicIndex nic);

    /// A status that is of no adapter.
    void indicate(Indicated what);

    /// Makes the switch active and tells the stack so (NetEventSwitchActivate).
    void activate();

    /// Any other PnP event.
    void tell(Told what);

    // --- Data path
    // --------------------------------------------------------------------------------

    /// Brings the packets of a `send` step in, on the task that calls.
    void send(const Step& step);

    /// Cancels what was sent under this id, as who sent it may.
    void cancel_sends(std::uint8_t id);

    /// Brings one frame in from a NIC.
    void inject(const InjectedFrame& frame);

    /// Brings frames in from a NIC, as one list of NBLs.
    /// @return how many: none where that NIC may not send now.
    std::size_t bring_in(model::PortId port, model::NicIndex nic,
                         std::span<const std::span<const std::uint8_t>> frames);

    /// Of those that it brought in and has back.
    const FinishedPackets& finished_so_far() const {
        return finished_packets;
    }

    /// From now on no new packet enters until the next `open_gate`.
    void shut_gate() {
        gate_open = false;
    }
    void open_gate() {
        gate_open = true;
    }

    /// Forgets what the switch learnt about an adapter that went away.
    void forget_addresses(model::PortId port, model::NicIndex nic) {
        macs.forget(port, nic);
    }

    /// How many packets are between their send and their completion.
    std::size_t packets_in_flight() const {
        return in_flight;
    }

    // --- For the handler table; vswitch/handlers.cpp
    // -----------------------------------------------

    /// Commits a destination to a packet, if the switch knows it as one that may receive.
    bool may_receive(model::PortId port, model::NicIndex nic);
    void commit(Packet& packet, model::PortId port, model::NicIndex nic);

    /// Commits what was committed to another packet; its element is there already.
    void commit_again(Packet& packet, const Destination& destination);

    /// The contexts that extensions set on packets; vswitch/contexts.cpp
    SwitchContexts& contexts() {
        return switch_contexts;
    }

    // --- Ends
    // ---------------------------------------------------------------------------------------

    NDIS_STATUS take_oid(Request& request) override;
    void        take_sent(NET_BUFFER_LIST* list, ULONG flags) override;
    void        take_returned(NET_BUFFER_LIST* list, ULONG flags) override;
    void        take_indicated(NET_BUFFER_LIST* list, ULONG flags) override;
    void        take_sent_back(NET_BUFFER_LIST* list, ULONG flags) override;
    void        starts(Packet& packet) override;
    void        is_home(Packet& packet) override;
    void        forget_ends_of(Packet& packet) override;
    void        describe(Request& request) override;
    void describe_result(const Request& request, NDIS_STATUS status, model::Event& event) override;
    std::uint32_t detail_of_result(const Request& request, NDIS_STATUS status) override;
    void          is_finished(const Request& request) override;
    void          look_at_finished(model::ModuleId by) override;
    bool look_at_access(const void* memory, std::size_t bytes, model::ModuleId by) override;
    const NDIS_SWITCH_OPTIONAL_HANDLERS& handlers() const override;
    void                                 attributes_set() override;

private:
    struct Issued {
        NDIS_OID_REQUEST raw{};
        NDIS_OID_REQUEST inner{};  // Of an OID_SWITCH_NIC_REQUEST.
        std::uint8_t*    buffer  = nullptr;
        Request*         request = nullptr;

        std::span<const std::uint8_t> whole;    // The buffer;
        std::uint64_t                 sum = 0;  // of that and `raw`, since it was finished.
    };

    static std::uint64_t    sum_of_issued(const Issued& made);
    std::span<Issued*>      watched();
    void                    look_at(Issued& made, model::ModuleId by);
    void                    tell_touched(const Issued& made, model::ModuleId by);
    void                    close(Issued& made);
    void                    forget_finished();
    Issued&                 make_request(const OidToIssue& what);
    NDIS_STATUS             hand_to_stack(const OidToIssue& what, Request& request);
    void                    issue_too_early(const OidToIssue& what);
    void                    cancel_if_asked(const Request& request);
    std::vector<OidToIssue> too_early(const OidToIssue& what);
    const Sealed&           sealed(const OidToIssue& what);
    void                    count_oid(const Request& request, std::int32_t by);
    NDIS_STATUS             outcome(Request& request);
    void                    take_effect(const Request& request, NDIS_STATUS status);
    NDIS_STATUS             finish_oid(Request& request);
    std::uint8_t            any_cpu() const;

    Packet& make_packet(model::PortId port, model::NicIndex nic, const PacketShape& shape);
    bool    may_send(model::PortId port, model::NicIndex nic);
    void    start(NET_BUFFER_LIST* list);
    void  pin(model::PortId port, model::NicIndex nic, std::uint32_t incarnation, std::int32_t by);
    void  forward_natively(Packet& packet);
    void  flood(Packet& packet, std::uint16_t vlan);
    void  add_natively(Packet& packet, model::PortId port, model::NicIndex nic);
    void  turn_round(NET_BUFFER_LIST* list);
    void  let_go(NET_BUFFER_LIST* list);
    void  deliver(Packet& packet);
    void  count(const Packet& packet);
    void  now_or_later(std::string_view question, Role role, NET_BUFFER_LIST* list,
                       void (Switch::*then)(NET_BUFFER_LIST*));
    void  return_up(NET_BUFFER_LIST* list);
    ULONG level_flag(ULONG flag) const;
    bool  single_source(const NET_BUFFER_LIST* list);
    bool  one_group(const NET_BUFFER_LIST* list);

    World&                                 world;
    Ndis&                                  ndis;
    const StageOptions&                    options;
    SwitchState                            state;
    MacTable                               macs;
    OidBuffers                             buffers;
    std::map<OidToIssue, Sealed>           sealed_before;  // Of all runs.
    std::deque<Issued>                     issued;
    std::size_t                            issued_used       = 0;
    std::vector<Issued*>                   finished;  // Scratch.
    std::size_t                            in_flight         = 0;
    FinishedPackets                        finished_packets  = {};
    bool                                   gate_open         = true;
    bool                                   issuing_too_early = false;  // By a flaw.
    bool                                   cancels_next      = false;
    SwitchContexts                         switch_contexts;
    std::vector<std::uint8_t>              frame;   // Scratch.
    std::vector<std::vector<std::uint8_t>> frames;  // Scratch.
};

}  // namespace interlock::harness

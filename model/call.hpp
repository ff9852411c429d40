#pragma once

// Every call that an event can name, spelled as in the documentation (nc-ndis-filter_*,
// nf-ndis-ndisf*, nc-ndis-ndis_switch_*, ns-ndis-_ndis_switch_optional_handlers). Names that begin
// with ProtocolEdge and MiniportEdge are the switch's own two ends of the stack, as
// hyper-v-extensible-switch-architecture calls them.
//
// A call that carries a list of NBLs gives one `enter` event for each NBL, in list order, with
// `place` and `count`, and one `leave` event with no object. Events of the switch's own ends and
// of the run itself are an `enter` alone. All other calls give one of each, unless the comment
// says otherwise. Who makes a call follows from its name: `caller_of`.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace interlock::model {

enum class Party : std::uint8_t { host, extension };

// clang-format off
enum class Call : std::uint8_t {
    //                                       what the event's fields say, beyond event.hpp
    DriverEntry,                             // leave: status
    DriverUnload,
    NdisFRegisterFilterDriver,               // enter: detail = handlers given; leave: status
    NdisFDeregisterFilterDriver,

    // --- The filter module -----------------------------------------------------------------------
    FilterSetModuleOptions,                  // leave: status
    FilterAttach,                            // enter: detail = ExtensionClass; leave: status
    FilterDetach,
    FilterRestart,                           // leave: status
    FilterPause,                             // leave: status
    FilterNetPnPEvent,                       // detail = NET_PNP_EVENT_CODE; leave: status
    FilterStatus,                            // status = StatusCode; of SWITCH_NIC_STATUS port, nic
                                             // = source, other_* = destination, detail = the inner
                                             // StatusCode, flags: model::buffer; digest: of the
                                             // (inner) StatusBuffer
    NdisFSetAttributes,                      // leave: status
    NdisFGetOptionalSwitchHandlers,          // leave: status
    NdisFRestartComplete,                    // enter: status
    NdisFPauseComplete,
    NdisFRestartFilter,                      // leave: status
    NdisFNetPnPEvent,                        // detail = NET_PNP_EVENT_CODE; leave: status
    NdisFIndicateStatus,                     // likewise

    // --- OID requests ----------------------------------------------------------------------------
    // object = the request, parent = what it is a clone of, oid; port, nic = the target (for
    // OID_SWITCH_NIC_REQUEST: the source, with other_port, other_nic = the destination).
    // detail: PORT_CREATE NDIS_SWITCH_PORT_TYPE (| 0x100 for a validation port), NIC_*
    // NDIS_SWITCH_NIC_TYPE (| MTU << 8), NIC_REQUEST the inner OID, NIC_SAVE and NIC_RESTORE
    // SaveDataSize (| SaveDataOffset << 16), *PROPERTY_* the property's type; where a result says
    // that the buffer is too short BytesNeeded, of OID_SWITCH_PARAMETERS IsActive.
    // flags: model::buffer; their number is for NIC_* a digest of the adapter's names, for
    // NIC_SAVE and NIC_RESTORE of ExtensionId, for *PROPERTY_* of the property's id and instance,
    // for queries, enumerations and feature status the room in the buffer.
    // digest: of the buffer that the request points to, for NIC_* without its MTU, for
    // NIC_REQUEST of the inner request; where the miniport edge answers *_ARRAY, of what it
    // lists (model/listing.hpp), and detail: how many it lists.
    ProtocolEdgeOidRequest,                  // The switch issues it.
    ProtocolEdgeOidRequestComplete,          // It is finished: status.
    FilterOidRequest,                        // leave: status
    FilterOidRequestComplete,                // enter: status
    FilterCancelOidRequest,
    NdisAllocateCloneOidRequest,             // One event, as it returns: object = clone, status
    NdisFreeCloneOidRequest,                 // One event.
    NdisFOidRequest,                         // leave: status
    NdisFOidRequestComplete,                 // enter: status
    NdisFCancelOidRequest,
    MiniportEdgeOidRequest,                  // It has reached the lower end.
    MiniportEdgeOidRequestComplete,          // The lower end answers: status.

    // --- Packets, ingress (down) -----------------------------------------------------------------
    // object = the NBL; port, nic = its source; parent = what it is a clone of, or a fragment;
    // detail = how many NET_BUFFERs it has, and its marks (constants.hpp); flags as given. Where an
    // extension hands on one of its own: parent = what ParentNetBufferList points to.
    ProtocolEdgeSend,                        // A NIC's packet enters the switch.
    FilterSendNetBufferLists,
    NdisFSendNetBufferLists,
    MiniportEdgeSend,                        // It has reached the lower end.
    MiniportEdgeSendComplete,                // The lower end lets go of it.
    FilterSendNetBufferListsComplete,        // status = NBL.Status
    NdisFSendNetBufferListsComplete,         // status = NBL.Status
    ProtocolEdgeSendComplete,                // It is finished: status = NBL.Status
    FilterCancelSendNetBufferLists,
    NdisFCancelSendNetBufferLists,

    // --- Packets, egress (up) --------------------------------------------------------------------
    MiniportEdgeIndicate,                    // The lower end turns it round.
    FilterReceiveNetBufferLists,
    NdisFIndicateReceiveNetBufferLists,
    ProtocolEdgeDeliver,                     // To one destination: other_port, other_nic.
    ProtocolEdgeReturn,                      // The upper end gives it back.
    FilterReturnNetBufferLists,
    NdisFReturnNetBufferLists,
    MiniportEdgeReturned,                    // It is back at the lower end.

    // --- NBLs an extension makes -----------------------------------------------------------------
    // Functions that share data with another NBL (a fragment, a reassembly) are told as clones.
    NdisAllocateNetBufferList,               // leave: object
    NdisAllocateCloneNetBufferList,          // leave: object, parent
    NdisFreeNetBufferList,                   // object

    // --- NDIS_SWITCH_OPTIONAL_HANDLERS -----------------------------------------------------------
    AllocateNetBufferListForwardingContext,  // object; enter: detail; leave: status
    FreeNetBufferListForwardingContext,      // object
    SetNetBufferListSource,                  // object; port, nic; leave: status
    AddNetBufferListDestination,             // object; other_*; detail; leave: and status
    GrowNetBufferListDestinations,           // object; count = asked for; leave: status
    GetNetBufferListDestinations,            // object
    UpdateNetBufferListDestinations,         // object; one enter per new destination (other_*),
                                             // count = how many; none: one enter with count 0;
                                             // enter: detail; leave: status
    SetNetBufferListSwitchContext,           // object; flags = which type, from 1; count = 1, or
                                             // 0 where none is set; leave: status
    CopyNetBufferListInfo,                   // object = target, parent = source
    ReportFilteredNetBufferLists,            // one enter per NBL: port, nic = its source,
                                             // other_port = the port that is named, flags
    ReferenceSwitchNic,                      // port, nic; leave: the same and status
    DereferenceSwitchNic,                    // port, nic; leave: the same and status
    ReferenceSwitchPort,                     // port; leave: the same and status
    DereferenceSwitchPort,                   // port; leave: the same and status

    // --- Devices, and the IRPs that reach them ---------------------------------------------------
    IoCreateDevice,                          // leave: object = the device; status
    IoDeleteDevice,                          // object = the device; count = handles open to it
    NdisRegisterDeviceEx,                    // As the two above.
    NdisDeregisterDeviceEx,
    IoCreateSymbolicLink,                    // leave: object = the link; status
    IoDeleteSymbolicLink,                    // object = the link; leave: status
    DriverDispatch,                          // object = the IRP; parent = the file object; flags =
                                             // its major function; detail = IoControlCode; leave:
                                             // status, flags: model::irp
    DriverCancel,                            // object = the IRP
    IoCompleteRequest,                       // object = the IRP; status, detail = what IoStatus
                                             // says; flags: model::irp
    RequestorCancels,                        // One event: the IRP is to be cancelled. detail = 1:
                                             // no cancel routine was set.

    // --- The run itself --------------------------------------------------------------------------
    SwitchActivated,                         // IsActive is TRUE from here on.
    Waited,                                  // It blocked or slept: detail = 1 NdisMSleep, 2 event,
                                             // 3 lock
    AssertionFailed,                         // Its own ASSERT: detail = line
    Misused,                                 // Memory, lock or object misuse: detail = Misuse
    Crashed,                                 // detail = signal number; nothing follows.
    Quiescent,                               // Nothing can run and nothing is due.
    EndOfRun,                                // detail = RunEnd
};
// clang-format on

inline constexpr std::size_t call_count = static_cast<std::size_t>(Call::EndOfRun) + 1;

/// The call's name, spelled as in the documentation.
std::string_view name(Call call);

/// @return whether there is a call of that name; if so, `call` is it.
bool find_call(std::string_view name, Call& call);

/// Who makes this call. What returns is the other party.
Party caller_of(Call call);

}  // namespace interlock::model

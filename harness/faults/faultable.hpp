#pragma once

// Which calls of the driver interface can fail though the caller did nothing wrong, and how: the
// documented ways only. One table; whoever makes a call fail, names it in a scenario or tells of it
// reads this.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace interlock::harness {

/// What the caller gets instead of what it asked for.
struct Failure {
    std::string_view name;        // As the page spells it: NULL, NDIS_STATUS_RESOURCES, ...
    std::int32_t     status = 0;  // 0 where the call returns NULL.
};

/// What is lacking: memory, or something else below the caller.
enum class Lack : std::uint8_t { memory, service };

struct Faultable {
    std::string_view question;  // The function's name behind `fault_mark`: what is asked.
    Lack             lack;
    std::string_view page;
    Failure          first;
    Failure          second = {};  // Without a name: there is one way only.

    constexpr std::uint32_t ways() const {
        return second.name.empty() ? 1 : 2;
    }
    /// @param way  from 1
    constexpr const Failure& failure(std::uint32_t way) const {
        return way == 2 ? second : first;
    }
    constexpr std::string_view function() const;
};

/// Begins the name of every question whether a call is to fail.
inline constexpr std::string_view fault_mark = "fail:";

constexpr bool is_fault(std::string_view question) {
    return question.starts_with(fault_mark);
}

constexpr std::string_view Faultable::function() const {
    return question.substr(fault_mark.size());
}

// clang-format off
namespace failing {
inline constexpr auto    memory  = Lack::memory;
inline constexpr auto    service = Lack::service;
inline constexpr Failure null{"NULL"};
inline constexpr Failure resources{"NDIS_STATUS_RESOURCES", static_cast<std::int32_t>(0xC000009A)};
inline constexpr Failure failure{"NDIS_STATUS_FAILURE", static_cast<std::int32_t>(0xC0000001)};
inline constexpr Failure insufficient{"STATUS_INSUFFICIENT_RESOURCES",
                                      static_cast<std::int32_t>(0xC000009A)};
inline constexpr Failure no_memory{"STATUS_NO_MEMORY", static_cast<std::int32_t>(0xC0000017)};
inline constexpr Failure not_enough{"STATUS_NOT_ENOUGH_MEMORY",  // In the kernel: the same.
                                    static_cast<std::int32_t>(0xC0000017)};

inline constexpr Faultable table[] = {
    // Pool. What a lookaside list hands out comes out of these, too.
    {"fail:ExAllocatePool",                memory, "nf-wdm-exallocatepool", null},
    {"fail:ExAllocatePool2",               memory, "nf-wdm-exallocatepool2", null},
    {"fail:ExAllocatePoolWithTag",         memory, "nf-wdm-exallocatepoolwithtag", null},
    {"fail:ExAllocatePoolWithTagPriority", memory, "nf-wdm-exallocatepoolwithtagpriority", null},
    {"fail:ExAllocatePoolUninitialized",   memory, "nf-wdm-exallocatepooluninitialized", null},
    {"fail:ExAllocatePoolZero",            memory, "nf-wdm-exallocatepoolzero", null},
    {"fail:NdisAllocateMemoryWithTag",     memory, "ndisallocatememorywithtag", failure},
    {"fail:NdisAllocateMemoryWithTagPriority", memory,
     "nf-ndis-ndisallocatememorywithtagpriority", null},

    // Objects.
    {"fail:NdisAllocateGenericObject",     memory, "nf-ndis-ndisallocategenericobject", null},
    {"fail:NdisAllocateRWLock",            memory, "nf-ndis-ndisallocaterwlock", null},
    {"fail:NdisAllocateTimerObject",       memory, "nf-ndis-ndisallocatetimerobject", resources,
                                                                                      failure},
    {"fail:NdisAllocateIoWorkItem",        memory, "nf-ndis-ndisallocateioworkitem", null},
    {"fail:IoAllocateWorkItem",            memory, "nf-wdm-ioallocateworkitem", null},
    {"fail:PsCreateSystemThread",          memory, "nf-wdm-pscreatesystemthread", insufficient},
    {"fail:RtlAnsiStringToUnicodeString",  memory, "nf-wdm-rtlansistringtounicodestring",
                                                                                      no_memory},
    {"fail:RtlUnicodeStringToAnsiString",  memory, "nf-wdm-rtlunicodestringtoansistring",
                                                                                      no_memory},

    // Memory of packets. Mapping fails only where pages are not mapped yet.
    {"fail:IoAllocateMdl",                 memory, "nf-wdm-ioallocatemdl", null},
    {"fail:MmGetSystemAddressForMdlSafe",  memory, "nf-wdm-mmgetsystemaddressformdlsafe", null},
    {"fail:NdisGetDataBuffer",             memory, "nf-nblapi-ndisgetdatabuffer", null},
    {"fail:NdisAllocateMdl",               memory, "nf-mdlapi-ndisallocatemdl", null},
    {"fail:NdisCopyFromNetBufferToNetBuffer", memory,
     "nf-nblapi-ndiscopyfromnetbuffertonetbuffer", resources},

    // Pools of packets, and what comes out of them. A retreat fails only where it needs storage.
    {"fail:NdisAllocateNetBufferListPool", memory, "nf-nblapi-ndisallocatenetbufferlistpool", null},
    {"fail:NdisAllocateNetBufferPool",     memory, "nf-nblapi-ndisallocatenetbufferpool", null},
    {"fail:NdisAllocateNetBufferList",     memory, "nf-nblapi-ndisallocatenetbufferlist", null},
    {"fail:NdisAllocateNetBufferAndNetBufferList", memory,
     "nf-nblapi-ndisallocatenetbufferandnetbufferlist", null},
    {"fail:NdisAllocateNetBuffer",         memory, "nf-nblapi-ndisallocatenetbuffer", null},
    {"fail:NdisAllocateNetBufferMdlAndData", memory,
     "nf-nblapi-ndisallocatenetbuffermdlanddata", null},
    {"fail:NdisAllocateCloneNetBufferList", memory,
     "nf-nblapi-ndisallocateclonenetbufferlist", null},
    {"fail:NdisAllocateFragmentNetBufferList", memory,
     "nf-nblapi-ndisallocatefragmentnetbufferlist", null},
    {"fail:NdisAllocateReassembledNetBufferList", memory,
     "nf-nblapi-ndisallocatereassemblednetbufferlist", null},
    {"fail:NdisAllocateNetBufferListContext", memory,
     "nf-nblapi-ndisallocatenetbufferlistcontext", resources, failure},
    {"fail:NdisRetreatNetBufferDataStart", memory, "nf-nblapi-ndisretreatnetbufferdatastart",
                                                                             resources, failure},
    {"fail:NdisRetreatNetBufferListDataStart", memory,
     "nf-nblapi-ndisretreatnetbufferlistdatastart", resources, failure},

    // The filter and its module.
    {"fail:NdisFRegisterFilterDriver",     service, "nf-ndis-ndisfregisterfilterdriver", resources,
                                                                                         failure},
    {"fail:NdisFSetAttributes",            service, "nf-ndis-ndisfsetattributes", resources,
                                                                                  failure},
    {"fail:NdisFRestartFilter",            service, "nf-ndis-ndisfrestartfilter", resources,
                                                                                  failure},
    {"fail:NdisOpenConfigurationEx",       service, "nf-ndis-ndisopenconfigurationex", resources,
                                                                                       failure},
    {"fail:NdisReadConfiguration",         memory, "nf-ndis-ndisreadconfiguration", resources},
    {"fail:NdisWriteConfiguration",        memory, "nf-ndis-ndiswriteconfiguration", resources,
                                                                                     failure},
    {"fail:ZwCreateEvent",                 memory, "nf-ntifs-zwcreateevent", insufficient},

    // Devices. What NdisRegisterDeviceEx returns is propagated from the kernel, its page says. The
    // page of a link says only that there is success where the link was created.
    {"fail:IoCreateDevice",                memory, "nf-wdm-iocreatedevice", insufficient},
    {"fail:IoCreateSymbolicLink",          memory, "nf-wdm-iocreatesymboliclink", insufficient},
    {"fail:NdisRegisterDeviceEx",          memory, "nf-ndis-ndisregisterdeviceex", insufficient},

    // The filter engine: besides what the caller did wrong, any other status may come.
    {"fail:FwpmEngineOpen0",               service, "nf-fwpmk-fwpmengineopen0", insufficient},
    {"fail:FwpmBfeStateSubscribeChanges0", service,
     "nf-fwpmk-fwpmbfestatesubscribechanges0", insufficient},
    {"fail:FwpsCalloutRegister2",          service, "nf-fwpsk-fwpscalloutregister2", insufficient},
    {"fail:FwpmTransactionBegin0",         service, "nf-fwpmk-fwpmtransactionbegin0",
                                                                                    insufficient},
    {"fail:FwpmProviderAdd0",              service, "nf-fwpmk-fwpmprovideradd0", insufficient},
    {"fail:FwpmSubLayerAdd0",              service, "nf-fwpmk-fwpmsublayeradd0", insufficient},
    {"fail:FwpmFilterAdd0",                service, "nf-fwpmk-fwpmfilteradd0", insufficient},
    {"fail:FwpmCalloutAdd0",               service, "nf-fwpmk-fwpmcalloutadd0", insufficient},
    {"fail:FwpsFlowAssociateContext0",     service, "nf-fwpsk-fwpsflowassociatecontext0",
                                                                                    insufficient},

    // The IP helper.
    {"fail:GetIfTable2",                   memory, "getiftable2", not_enough},
    {"fail:GetIfTable2Ex",                 memory, "getiftable2ex", not_enough},
    {"fail:GetIpForwardTable2",            memory, "getipforwardtable2", not_enough},
    {"fail:GetIpInterfaceTable",           memory, "getipinterfacetable", not_enough},
    {"fail:GetIpNetTable2",                memory, "getipnettable2", not_enough},
    {"fail:GetUnicastIpAddressTable",      memory, "getunicastipaddresstable", not_enough},
    {"fail:NotifyIpInterfaceChange",       memory, "notifyipinterfacechange", not_enough},
    {"fail:NotifyRouteChange2",            memory, "notifyroutechange2", not_enough},
    {"fail:NotifyUnicastIpAddressChange",  memory, "notifyunicastipaddresschange", not_enough},

    // OID requests. What is sent below fails here only where it is the extension's own: those of
    // the switch are refused by steps of a scenario, where pages let them fail.
    {"fail:NdisAllocateCloneOidRequest",   memory, "nf-ndis-ndisallocatecloneoidrequest", resources,
                                                                                          failure},
    {"fail:NdisFOidRequest",               service, "nf-ndis-ndisfoidrequest", resources, failure},

    // The switch's handlers.
    {"fail:AllocateNetBufferListForwardingContext", memory,
     "nc-ndis-ndis_switch_allocate_net_buffer_list_forwarding_context", resources},
    {"fail:CopyNetBufferListInfo",         memory,
     "nc-ndis-ndis_switch_copy_net_buffer_list_info", resources},
    {"fail:SetNetBufferListSwitchContext", memory,
     "nc-ndis-ndis_switch_set_net_buffer_list_switch_context", resources},
    {"fail:AddNetBufferListDestination",   memory,
     "nc-ndis-ndis_switch_add_net_buffer_list_destination", resources},
    {"fail:GrowNetBufferListDestinations", memory,
     "nc-ndis-ndis_switch_grow_net_buffer_list_destinations", resources},
};
}  // namespace failing
// clang-format on

inline constexpr std::span<const Faultable> faultables{failing::table};
inline constexpr std::size_t                faultable_count = std::size(failing::table);

/// A row of the table, found when it is compiled: what is not in the table does not compile.
class FaultPoint {
public:
    consteval explicit FaultPoint(std::string_view function) {
        while (faultables[index].function() != function)
            ++index;  // Ends behind the table, which is no constant, for a name that is not in it.
    }
    constexpr const Faultable& row() const {
        return faultables[index];
    }

private:
    std::size_t index = 0;
};

/// The row that a question is about; none if it is about none.
const Faultable* find_faultable(std::string_view question);

/// Which way, from 1, has that name.
std::optional<std::uint32_t> find_way(const Faultable& row, std::string_view name);

}  // namespace interlock::harness

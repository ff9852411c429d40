#include "model/statuses.hpp"

#include <algorithm>

namespace interlock::model {
namespace {

using enum Call;

// clang-format off
// Source: ndis.h, ntstatus.h.
constexpr NamedStatus statuses[] = {
    {0x00000000, "NDIS_STATUS_SUCCESS"},
    {0x00000102, "STATUS_TIMEOUT"},
    {0x00000103, "NDIS_STATUS_PENDING"},
    {0x00010001, "NDIS_STATUS_NOT_RECOGNIZED"},
    {0x00010003, "NDIS_STATUS_NOT_ACCEPTED"},
    {0x4001000B, "NDIS_STATUS_MEDIA_CONNECT"},
    {0x4001000C, "NDIS_STATUS_MEDIA_DISCONNECT"},
    {0x40010017, "NDIS_STATUS_LINK_STATE"},
    {0x40010018, "NDIS_STATUS_NETWORK_CHANGE"},
    {0x40010022, "NDIS_STATUS_PORT_STATE"},
    {0x40010023, "NDIS_STATUS_OPER_STATUS"},
    {0x40010024, "NDIS_STATUS_PACKET_FILTER"},
    {0x40020006, "NDIS_STATUS_TASK_OFFLOAD_CURRENT_CONFIG"},
    {0x40230001, "NDIS_STATUS_INDICATION_REQUIRED"},
    {0x80000005, "NDIS_STATUS_BUFFER_OVERFLOW"},
    {0x80000011, "STATUS_DEVICE_BUSY"},
    {0xC0000001, "NDIS_STATUS_FAILURE"},
    {0xC0000008, "STATUS_INVALID_HANDLE"},
    {0xC000000D, "NDIS_STATUS_INVALID_PARAMETER"},
    {0xC000000E, "STATUS_NO_SUCH_DEVICE"},
    {0xC0000010, "NDIS_STATUS_INVALID_DEVICE_REQUEST"},
    {0xC0000022, "STATUS_ACCESS_DENIED"},
    {0xC0000023, "STATUS_BUFFER_TOO_SMALL"},
    {0xC0000034, "STATUS_OBJECT_NAME_NOT_FOUND"},
    {0xC0000035, "STATUS_OBJECT_NAME_COLLISION"},
    {0xC000009A, "NDIS_STATUS_RESOURCES"},
    {0xC00000BB, "NDIS_STATUS_NOT_SUPPORTED"},
    {0xC0000120, "STATUS_CANCELLED"},
    {0xC0000184, "NDIS_STATUS_INVALID_STATE"},
    {0xC000021B, "NDIS_STATUS_DATA_NOT_ACCEPTED"},
    {0xC0000225, "STATUS_NOT_FOUND"},
    {0xC000023C, "NDIS_STATUS_NETWORK_UNREACHABLE"},
    {0xC0010002, "NDIS_STATUS_CLOSING"},
    {0xC0010004, "NDIS_STATUS_BAD_VERSION"},
    {0xC0010005, "NDIS_STATUS_BAD_CHARACTERISTICS"},
    {0xC0010006, "NDIS_STATUS_ADAPTER_NOT_FOUND"},
    {0xC0010007, "NDIS_STATUS_OPEN_FAILED"},
    {0xC0010008, "NDIS_STATUS_DEVICE_FAILED"},
    {0xC001000C, "NDIS_STATUS_REQUEST_ABORTED"},
    {0xC001000D, "NDIS_STATUS_RESET_IN_PROGRESS"},
    {0xC001000F, "NDIS_STATUS_INVALID_PACKET"},
    {0xC0010011, "NDIS_STATUS_ADAPTER_NOT_READY"},
    {0xC0010014, "NDIS_STATUS_INVALID_LENGTH"},
    {0xC0010015, "NDIS_STATUS_INVALID_DATA"},
    {0xC0010016, "NDIS_STATUS_BUFFER_TOO_SHORT"},
    {0xC0010017, "NDIS_STATUS_INVALID_OID"},
    {0xC0010018, "NDIS_STATUS_ADAPTER_REMOVED"},
    {0xC0010019, "NDIS_STATUS_UNSUPPORTED_MEDIA"},
    {0xC001001B, "NDIS_STATUS_FILE_NOT_FOUND"},
    {0xC001001E, "NDIS_STATUS_RESOURCE_CONFLICT"},
    {0xC0010022, "NDIS_STATUS_INVALID_ADDRESS"},
    {0xC023000C, "NDIS_STATUS_SEND_ABORTED"},
    {0xC023001F, "NDIS_STATUS_MEDIA_DISCONNECTED"},
    {0xC023002A, "NDIS_STATUS_PAUSED"},
    {0xC023002B, "NDIS_STATUS_INTERFACE_NOT_FOUND"},
    {0xC023002C, "NDIS_STATUS_UNSUPPORTED_REVISION"},
    {0xC023002D, "NDIS_STATUS_INVALID_PORT"},
    {0xC023002E, "NDIS_STATUS_INVALID_PORT_STATE"},
    {0xC023002F, "NDIS_STATUS_LOW_POWER_STATE"},
    {0xC0241001, "NDIS_STATUS_SWITCH_PORT_REMOVE_VF"},
    {0xC0241002, "NDIS_STATUS_SWITCH_NIC_STATUS"},
};
// clang-format on

static_assert(std::ranges::is_sorted(statuses, {}, &NamedStatus::number));

// The calls that come back with a status, as model/call.hpp says.
constexpr Call with_status[] = {
    DriverEntry,
    NdisFRegisterFilterDriver,
    FilterSetModuleOptions,
    FilterAttach,
    FilterRestart,
    FilterPause,
    FilterNetPnPEvent,
    NdisFSetAttributes,
    NdisFGetOptionalSwitchHandlers,
    NdisFRestartFilter,
    NdisFNetPnPEvent,
    FilterOidRequest,
    NdisAllocateCloneOidRequest,
    NdisFOidRequest,
    AllocateNetBufferListForwardingContext,
    SetNetBufferListSource,
    AddNetBufferListDestination,
    GrowNetBufferListDestinations,
    UpdateNetBufferListDestinations,
    ReferenceSwitchNic,
    DereferenceSwitchNic,
    ReferenceSwitchPort,
    DereferenceSwitchPort,
    IoCreateDevice,
    NdisRegisterDeviceEx,
    IoCreateSymbolicLink,
    IoDeleteSymbolicLink,
    DriverDispatch,
};

// The calls that say on entry how something ended.
constexpr Call completions[] = {
    NdisFRestartComplete,
    ProtocolEdgeOidRequestComplete,
    FilterOidRequestComplete,
    NdisFOidRequestComplete,
    MiniportEdgeOidRequestComplete,
    FilterSendNetBufferListsComplete,
    NdisFSendNetBufferListsComplete,
    ProtocolEdgeSendComplete,
    FilterStatus,
    NdisFIndicateStatus,
    IoCompleteRequest,
};

}  // namespace

std::span<const NamedStatus> named_statuses() {
    return statuses;
}

std::string_view name_of_status(Status status) {
    const auto* const found = std::ranges::find(statuses, status, &NamedStatus::number);
    return found == std::end(statuses) ? std::string_view{} : found->name;
}

std::optional<Status> status_of_name(std::string_view name) {
    const auto* const found = std::ranges::find(statuses, name, &NamedStatus::name);
    if (found == std::end(statuses)) return {};
    return found->number;
}

bool returns_status(Call call) {
    return std::ranges::find(with_status, call) != std::end(with_status);
}

bool brings_status(Call call) {
    return std::ranges::find(completions, call) != std::end(completions);
}

}  // namespace interlock::model

#include "model/verifier.hpp"

#include <algorithm>
#include <array>

#include "model/judge.hpp"

namespace interlock::model {
namespace {

// clang-format off
// Sources: bug-check-0xc4--driver-verifier-detected-violation, "0xA001 to 0xA00D - VM Switch
// Issues"; rules-for-ndis-drivers and the pages of its rules; bug-check-0x7c--bugcode-ndis-driver.
constexpr std::array answered{
    VerifierRule{"0xC4/0xA001", "VM switch: SourceHandle of an NBL is not set"},
    VerifierRule{"0xC4/0xA002", "VM switch: the forwarding detail of an NBL is not zero"},
    VerifierRule{"0xC4/0xA003", "VM switch: an NBL has no forwarding context"},
    VerifierRule{"0xC4/0xA004", "VM switch: no such port and adapter"},
    VerifierRule{"0xC4/0xA005", "VM switch: the destination is not valid"},
    VerifierRule{"0xC4/0xA006", "VM switch: the source port or adapter is not valid"},
    VerifierRule{"0xC4/0xA007", "VM switch: the list of destinations is not valid"},
    VerifierRule{"0xC4/0xA008", "VM switch: an adapter is referenced when it may not be"},
    VerifierRule{"0xC4/0xA009", "VM switch: a port is referenced when it may not be"},
    VerifierRule{"0xC4/0xA00A", "VM switch: a context is set already"},
    VerifierRule{"0xC4/0xA00B", "VM switch: the direction of a drop is not valid"},
    VerifierRule{"0xC4/0xA00C", "VM switch: several sources under SINGLE_SOURCE"},
    VerifierRule{"0xC4/0xA00D", "VM switch: several destinations under DESTINATION_GROUP"},

    VerifierRule{"0xC4/0x1001", "Deadlock detection: locks are taken in a circle"},

    VerifierRule{"0x91001", "NdisOidComplete"},
    VerifierRule{"0x91002", "NdisOidDoubleComplete"},
    VerifierRule{"0x9100E", "NdisOidDoubleRequest"},
    VerifierRule{"0x92003", "NdisTimedOidComplete"},
    VerifierRule{"0x9200D", "NdisTimedDataSend"},
    VerifierRule{"0x9200F", "NdisTimedDataHang"},
    VerifierRule{"0x92010", "NdisFilterTimedPauseComplete"},
    VerifierRule{"0x92011", "NdisFilterTimedDataSend"},
    VerifierRule{"0x92012", "NdisFilterTimedDataReceive"},

    VerifierRule{"0x44", "MULTIPLE_IRP_COMPLETE_REQUESTS"},
    VerifierRule{"0xC9/0x06", "I/O verification: completed with a status that says pending"},
    VerifierRule{"0xC9/0x07", "I/O verification: completed while its cancel routine was set"},
    VerifierRule{"CompleteRequest", "CompleteRequest"},
    VerifierRule{"CompleteRequestStatusCheck", "CompleteRequestStatusCheck"},
    VerifierRule{"DoubleCompletion", "DoubleCompletion"},
    VerifierRule{"MarkIrpPending", "MarkIrpPending"},
    VerifierRule{"MarkIrpPending2", "MarkIrpPending2"},
    VerifierRule{"PendedCompletedRequest", "PendedCompletedRequest"},
    VerifierRule{"SpinLockSafe", "SpinLockSafe"},

    VerifierRule{"DoubleComplete", "DoubleComplete"},
    VerifierRule{"DoubleCompleteWorkItem", "DoubleCompleteWorkItem"},
    VerifierRule{"Init_NdisAllocateIoWorkItem", "Init_NdisAllocateIoWorkItem"},
    VerifierRule{"Irql_Filter_Driver_Function", "Irql_Filter_Driver_Function"},
    VerifierRule{"Irql_IrqlSetting_Function", "Irql_IrqlSetting_Function"},
    VerifierRule{"Irql_Miscellaneous_Function", "Irql_Miscellaneous_Function"},
    VerifierRule{"Irql_NetBuffer_Function", "Irql_NetBuffer_Function"},
    VerifierRule{"Irql_OID_Function", "Irql_OID_Function"},
    VerifierRule{"Irql_SendRcv_Function", "Irql_SendRcv_Function"},
    VerifierRule{"Irql_StatusIndication_Function", "Irql_StatusIndication_Function"},
    VerifierRule{"Irql_Synch_Function", "Irql_Synch_Function"},
    VerifierRule{"Irql_Timer_Function", "Irql_Timer_Function"},
    VerifierRule{"MiniportPause_Return", "MiniportPause_Return"},
    VerifierRule{"NdisAllocateGenericObject", "NdisAllocateGenericObject"},
    VerifierRule{"NdisAllocateMdl", "NdisAllocateMdl"},
    VerifierRule{"NdisAllocateNetBuffer", "NdisAllocateNetBuffer"},
    VerifierRule{"NdisFDeregisterFilterDriver", "NdisFDeregisterFilterDriver"},
    VerifierRule{"NdisMNetPnPEventInOIDRequest", "NdisMNetPnPEventInOIDRequest"},
    VerifierRule{"NullCheck", "NullCheck"},
    VerifierRule{"PeriodicTimer", "PeriodicTimer"},
    VerifierRule{"SpinLock", "SpinLock"},
    VerifierRule{"SpinLockBalanced", "SpinLockBalanced"},
    VerifierRule{"SpinLockDpr", "SpinLockDpr"},
    VerifierRule{"SpinLockDprRelease", "SpinLockDprRelease"},
    VerifierRule{"SpinLockRelease", "SpinLockRelease"},

    VerifierRule{"0x7C/0x14", "NDIS_BUGCHECK_WAIT_EVENT_HIGH_IRQL"},
    VerifierRule{"0x7C/0x1D", "NDIS_BUGCHECK_OID_REQUEST_INVALID_BUFFER"},
    VerifierRule{"0x7C/0x1E", "NDIS_BUGCHECK_REFCOUNT_IMBALANCE"},
    VerifierRule{"0x7C/0x21", "NDIS_BUGCHECK_INVALID_OBJECT_HEADER"},
    VerifierRule{"0x7C/0x22", "NDIS_BUGCHECK_ILLEGAL_NET_PNP_EVENT"},
    VerifierRule{"0x7C/0x25/0x11", "NDIS_BUGCHECK_WATCHDOG_FILTER_PAUSE"},
    VerifierRule{"0x7C/0x25/0x12", "NDIS_BUGCHECK_WATCHDOG_FILTER_NETPNPEVENT"},
    VerifierRule{"0x7C/0x25/0x13", "NDIS_BUGCHECK_WATCHDOG_FILTER_STATUS_INDICATION"},
    VerifierRule{"0x7C/0x25/0x14", "NDIS_BUGCHECK_WATCHDOG_FILTER_DETACH"},
    VerifierRule{"0x7C/0x25/0x24", "NDIS_BUGCHECK_WATCHDOG_FILTER_OID"},
    VerifierRule{"0x7C/0x26", "NDIS_BUGCHECK_INVALID_OID_COMPLETION"},
    VerifierRule{"0x7C/0x27", "NDIS_BUGCHECK_LEAKED_NBL"},
    VerifierRule{"0x15E/0x30", "NDIS_BUGCHECK_STUCK_NBL"},
};

constexpr std::array out_of_reach{
    NotVerified{"0xC4/0xA00E", "VM switch: an NBL is completed through network virtualisation",
                "The flag that forbids it lies inside the switch's own virtualisation component, "
                "which no page describes and no extension sees."},
    NotVerified{"CancelTimerObject", "CancelTimerObject",
                "An extension may set a timer that is set, and cancel one that is not; what it "
                "leaves behind is told by RUN-03."},
    NotVerified{"Flags_Irql", "Flags_Irql",
                "A driver reads the IRQL or the flag without its host's being able to tell for "
                "which purpose."},
    NotVerified{"Irql_Interfaces_Function", "Irql_Interfaces_Function",
                "An extension of a switch is no provider of network interfaces, and none of these "
                "functions is there for it to call."},
    NotVerified{"NdisAllocateMemoryWithTagPriority", "NdisAllocateMemoryWithTagPriority",
                "A tag is for whoever debugs: with none, the driver does nothing otherwise that a "
                "run could show."},
    NotVerified{"NdisOpenConfigurationEx", "NdisOpenConfigurationEx",
                "There is no registry in user mode, and no handle to one that could be left open."},
    NotVerified{"NdisStallExecution_Delay", "NdisStallExecution_Delay",
                "Time is virtual: a stall keeps no processor from anybody, however long it is."},
    NotVerified{"0x7C/0x20", "NDIS_BUGCHECK_STATUS_INDICATION_INVALID_BUFFER",
                "NDIS does not publish which buffers it takes for ill formed; those of the "
                "switch's own indications are held to their pages."},
    NotVerified{"WriteErrorLog", "WriteErrorLog",
                "It is for miniport drivers, which an extension is not."},
    NotVerified{"NdisMIndicateStatusEx", "NdisMIndicateStatusEx",
                "It is for miniport drivers, which an extension is not."},
    NotVerified{"NdisMFreeSharedMemory", "NdisMFreeSharedMemory",
                "It is for miniport drivers, which an extension is not."},
    NotVerified{"NdisMMapIoSpace", "NdisMMapIoSpace",
                "It is for miniport drivers, which an extension is not."},
    NotVerified{"NdisQueryBindInstanceName", "NdisQueryBindInstanceName",
                "It is for protocol drivers, which an extension is not."},
    NotVerified{"NdisReEnumerateProtocolBindings", "NdisReEnumerateProtocolBindings",
                "It is for protocol drivers, which an extension is not."},
};
// clang-format on

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool is_same(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, {}, lower, lower);
}

/// The whole of it, or what comes after a slash.
bool ends_in(std::string_view key, std::string_view asked) {
    if (asked.empty() || asked.size() > key.size()) return false;
    const auto before = key.size() - asked.size();
    return is_same(key.substr(before), asked) && (before == 0 || key[before - 1] == '/');
}

bool is_meant(std::string_view key, std::string_view name, std::string_view asked) {
    return ends_in(key, asked) || is_same(name, asked);
}

}  // namespace

std::span<const VerifierRule> verifier_rules() {
    return answered;
}

std::span<const NotVerified> not_verified() {
    return out_of_reach;
}

std::string_view next_word(std::string_view& words) {
    const auto             end  = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    return word;
}

std::string_view verifier_name(std::string_view key) {
    const auto* const found = std::ranges::find(answered, key, &VerifierRule::key);
    return found == answered.end() ? std::string_view{} : found->name;
}

std::vector<RuleIndex> rules_verified_by(std::string_view number_or_name) {
    std::vector<RuleIndex> found;
    for (RuleIndex index = 0; index < rules().size(); ++index) {
        std::string_view keys = rules()[index].verifier;
        while (!keys.empty()) {
            const std::string_view key = next_word(keys);
            if (!is_meant(key, verifier_name(key), number_or_name)) continue;
            found.push_back(index);
            break;
        }
    }
    return found;
}

const NotVerified* why_not_verified(std::string_view number_or_name) {
    for (const NotVerified& one : out_of_reach)
        if (is_meant(one.key, one.name, number_or_name)) return &one;
    return nullptr;
}

}  // namespace interlock::model

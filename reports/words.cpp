#include "reports/words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/statuses.hpp"
#include "reports/names.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using model::Event;
using model::Phase;

// NET_PNP_EVENT_CODE. Source: ns-netpnp-_net_pnp_event.
constexpr std::string_view pnp_events[] = {
    "NetEventSetPower",
    "NetEventQueryPower",
    "NetEventQueryRemoveDevice",
    "NetEventCancelRemoveDevice",
    "NetEventReconfigure",
    "NetEventBindList",
    "NetEventBindsComplete",
    "NetEventPnPCapabilities",
    "NetEventPause",
    "NetEventRestart",
    "NetEventPortActivation",
    "NetEventPortDeactivation",
    "NetEventIMReEnableDevice",
    "NetEventNDKEnable",
    "NetEventNDKDisable",
    "NetEventFilterPreDetach",
    "NetEventBindFailed",
    "NetEventSwitchActivate",
};

constexpr std::string_view run_ends[] = {
    "",
    "the budget of steps is used up",
    "it did not come back in time",
    "it was abandoned",
};

constexpr std::string_view waits[] = {"", "NdisMSleep", "a wait for an event", "a wait for a lock"};

template <std::size_t size>
std::string pick(const std::string_view (&words)[size], std::uint32_t index) {
    return index < size ? std::string(words[index]) : fmt::format("number {}", index);
}

std::string object_words(const Event& event, std::string_view noun) {
    if (event.object == 0) return {};
    std::string words = fmt::format(" {} {}", noun, event.object);
    if (event.count > 1) words += fmt::format(" ({} of {})", event.place + 1, event.count);
    if (event.parent != 0) words += fmt::format(", clone of {}", event.parent);
    return words;
}

/// "port 3" where a request is about the port, "3/0" where it is about an adapter.
std::string target_name(const Event& event) {
    const bool of_port = oid_name(event.oid).starts_with("OID_SWITCH_PORT_");
    return of_port ? fmt::format("port {}", event.port) : nic_name(event.port, event.nic);
}

std::string oid_words(const Event& event) {
    std::string words;
    if (event.oid != 0) words += " " + oid_name(event.oid);
    if (event.port != 0) words += " " + target_name(event);
    if (event.other_port != 0) words += " to " + nic_name(event.other_port, event.other_nic);
    if (!words.empty() && event.object != 0) words += ",";
    return words + object_words(event, "request");
}

std::string packet_words(const Event& event) {
    std::string words = object_words(event, "nbl");
    if (event.port != 0) words += " from " + nic_name(event.port, event.nic);
    if (event.other_port != 0) words += " to " + nic_name(event.other_port, event.other_nic);
    return words;
}

std::string module_words(const Event& event) {
    if (event.call == Call::FilterNetPnPEvent || event.call == Call::NdisFNetPnPEvent) {
        return " " + pick(pnp_events, event.detail);
    }
    if (event.port == 0) return {};
    return " from " + nic_name(event.port, event.nic);
}

std::string misuse_words(const Event& event) {
    const bool to_freed = event.detail == static_cast<std::uint32_t>(model::Misuse::wrote_to_freed);
    if (!to_freed || event.object == 0) return std::string(misuse_in_words(event.detail));
    if (event.oid == 0) return fmt::format("touched nbl {}, which it gave away", event.object);
    return "touched" + oid_words(event) + ", which was finished";
}

std::string run_words(const Event& event) {
    switch (event.call) {
        case Call::SwitchActivated:
            return "the switch is active from here on";
        case Call::Waited:
            return "waits: " + pick(waits, event.detail);
        case Call::AssertionFailed:
            return fmt::format("fails its own ASSERT, line {}", event.detail);
        case Call::Misused:
            return misuse_words(event);
        case Call::Crashed:
            return "crashes with " + signal_name(event.detail);
        case Call::Quiescent:
            return "nothing can run and nothing is due";
        default:
            break;
    }
    return event.detail == 0 ? "the run is over" : "the run ends: " + pick(run_ends, event.detail);
}

/// "IRP_MJ_DEVICE_CONTROL 0x122004, irp 7 of file 3"
std::string irp_words(const Event& event) {
    std::string words;
    if (event.call == Call::DriverDispatch && event.phase == Phase::enter) {
        words = " " + major_function_name(event.flags);
        if (event.detail != 0) words += fmt::format(" 0x{:x}", event.detail);
        words += ",";
    }
    words += object_words({.object = event.object}, "irp");
    if (event.parent != 0) words += fmt::format(" of file {}", event.parent);
    return words;
}

std::string device_words(const Event& event) {
    switch (event.call) {
        case Call::IoCreateDevice:
        case Call::IoDeleteDevice:
        case Call::NdisRegisterDeviceEx:
        case Call::NdisDeregisterDeviceEx:
            return object_words({.object = event.object}, "device");
        case Call::IoCreateSymbolicLink:
        case Call::IoDeleteSymbolicLink:
            return object_words({.object = event.object}, "link");
        default:
            return irp_words(event);
    }
}

std::string details(const Event& event) {
    switch (topic_of(event.call)) {
        case Topic::oid:
            return oid_words(event);
        case Topic::packet:
            return packet_words(event);
        case Topic::device:
            return device_words(event);
        case Topic::reference:
            return " " + nic_name(event.port, event.nic);
        default:
            return module_words(event);
    }
}

/// How many bytes an IRP gives back, behind its status.
std::string information_words(const Event& event) {
    if (event.call != Call::IoCompleteRequest || event.detail == 0) return {};
    return fmt::format(", {} bytes", event.detail);
}

/// Whether the call's return tells of an object that its entry could not know.
bool makes(Call call) {
    return call == Call::NdisAllocateNetBufferList || call == Call::NdisAllocateCloneNetBufferList;
}

std::string status_words(const Event& event) {
    return topic_of(event.call) == Topic::device ? nt_status_name(event.status)
                                                 : status_name(event.status);
}

std::string return_words(const Event& event) {
    std::string words = "returns";
    if (model::returns_status(event.call)) words += " " + status_words(event);
    if (!makes(event.call)) return words;
    const bool request = topic_of(event.call) == Topic::oid;
    return words + (request ? " with" : "") + object_words(event, request ? "request" : "nbl");
}

}  // namespace

Topic topic_of(Call call) {
    if (call < Call::ProtocolEdgeOidRequest) return Topic::module;
    if (call < Call::ProtocolEdgeSend) return Topic::oid;
    if (call < Call::ReferenceSwitchNic) return Topic::packet;
    if (call < Call::IoCreateDevice) return Topic::reference;
    if (call < Call::SwitchActivated) return Topic::device;
    return Topic::run;
}

std::string in_words(const Event& event) {
    if (topic_of(event.call) == Topic::run) return run_words(event);
    if (event.phase == Phase::leave) return return_words(event);
    std::string words = std::string(model::name(event.call)) + details(event);
    if (model::brings_status(event.call)) words += ": " + status_words(event);
    words += information_words(event);
    return words;
}

std::string in_one_phrase(const Event& event) {
    if (event.phase == Phase::enter || topic_of(event.call) == Topic::run) return in_words(event);
    const auto about = makes(event.call) ? std::string() : details(event);
    return fmt::format("{}{} {}", model::name(event.call), about, return_words(event));
}

std::string nic_name(model::PortId port, model::NicIndex nic) {
    return fmt::format("{}/{}", port, nic);
}

std::string time_in_words(std::uint64_t time_100ns) {
    const auto ms = static_cast<double>(time_100ns) / 10'000;
    return ms < 1000 ? fmt::format("{:.1f} ms", ms) : fmt::format("{:.2f} s", ms / 1000);
}

}  // namespace interlock::reports

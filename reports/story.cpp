#include "reports/story.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "model/call_traits.hpp"
#include "reports/names.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using model::Event;
using model::Violation;

using Trace = std::span<const Event>;

constexpr model::Status pending = 0x103;

Trace up_to(const Violation& violation, Trace trace) {
    return trace.first(std::min<std::size_t>(trace.size(), std::size_t{violation.at} + 1));
}

/// The object with everything it was cloned from and everything cloned from that.
std::set<model::ObjectId> family(model::ObjectId object, Trace trace) {
    std::set<model::ObjectId> members{object};
    for (std::size_t before = 0; before != members.size();) {
        before = members.size();
        for (const Event& event : trace) {
            const bool of_a_file = topic_of(event.call) == Topic::device;
            if (event.parent == 0 || event.object == 0 || of_a_file) continue;
            if (members.contains(event.object)) members.insert(event.parent);
            if (members.contains(event.parent)) members.insert(event.object);
        }
    }
    return members;
}

/// Whether an event says something of that adapter (or, without one, of that port).
bool names(const Event& event, const model::Subject& subject) {
    const auto is = [&](model::PortId port, model::NicIndex nic) {
        return port == subject.port && (!subject.has_nic || nic == subject.nic);
    };
    return is(event.port, event.nic) || is(event.other_port, event.other_nic);
}

/// What an extension does as a module: everything but packets and requests.
bool concerns_module(const Event& event, model::ModuleId module) {
    const Topic topic = topic_of(event.call);
    if (topic == Topic::run) return event.module == module || event.module == model::host_module;
    return topic == Topic::module && event.module == module;
}

template <class Belongs>
std::vector<std::size_t> places(Trace trace, const Belongs& belongs) {
    std::vector<std::size_t> found;
    for (std::size_t place = 0; place < trace.size(); ++place) {
        if (belongs(trace[place])) found.push_back(place);
    }
    return found;
}

/// @param trace  up to the breaking event, which is the last.
std::vector<std::size_t> places_about(const Violation& violation, Trace trace) {
    const model::Subject& subject = violation.subject;
    if (subject.object != 0) {
        const auto members = family(subject.object, trace);
        return places(trace, [&](const Event& e) { return members.contains(e.object); });
    }
    if (subject.port != 0) {
        return places(trace, [&](const Event& e) { return names(e, subject); });
    }
    return places(trace, [&](const Event& e) {
        const bool same_task = e.module == violation.module && e.task == trace.back().task;
        return same_task || concerns_module(e, violation.module);
    });
}

void insert_sorted(std::vector<std::size_t>& sorted, std::size_t value) {
    const auto at = std::ranges::lower_bound(sorted, value);
    if (at == sorted.end() || *at != value) sorted.insert(at, value);
}

/// What the first event of an IRP, a device or a link tells that it is.
std::string device_in_words(const Event& first) {
    switch (first.call) {
        case Call::IoCreateSymbolicLink:
            return fmt::format("symbolic link {}", first.object);
        case Call::IoCreateDevice:
        case Call::NdisRegisterDeviceEx:
            return fmt::format("device {}", first.object);
        default:
            return fmt::format("irp {} ({})", first.object, major_function_name(first.flags));
    }
}

/// Events after which an object is done with, or at least back with who made it.
bool finishes(const Event& event) {
    switch (event.call) {
        case Call::ProtocolEdgeOidRequestComplete:
        case Call::FilterOidRequestComplete:
        case Call::NdisFreeCloneOidRequest:
        case Call::ProtocolEdgeSendComplete:
        case Call::NdisFreeNetBufferList:
        case Call::IoCompleteRequest:
            return true;
        case Call::NdisFOidRequest:
            return event.phase == model::Phase::leave && event.status != pending;
        default:
            return false;
    }
}

/// Events that bring an object to where it then is.
bool moves(const Event& event) {
    if (event.phase == model::Phase::leave) {
        return event.call == Call::NdisAllocateNetBufferList ||
               event.call == Call::NdisAllocateCloneNetBufferList;
    }
    if (topic_of(event.call) == Topic::run) return false;
    if (topic_of(event.call) == Topic::device) return event.call == Call::DriverDispatch;
    const bool cancels =
        event.call == Call::FilterCancelOidRequest || event.call == Call::NdisFCancelOidRequest;
    const bool touches = event.call >= Call::AllocateNetBufferListForwardingContext &&
                         event.call <= Call::ReportFilteredNetBufferLists;
    return !cancels && !touches;
}

}  // namespace

std::vector<std::size_t> events_about(const Violation& violation, Trace whole) {
    const Trace trace = up_to(violation, whole);
    auto        found = places_about(violation, trace);
    if (violation.since != 0 && violation.since < trace.size()) {
        insert_sorted(found, violation.since);
    }
    if (violation.at >= trace.size()) return found;
    insert_sorted(found, violation.at);
    const model::ObjectId carried = trace[violation.at].object;
    if (carried == 0 || carried == violation.subject.object) return found;
    for (std::size_t place = 0; place < trace.size(); ++place) {
        if (trace[place].object == carried) insert_sorted(found, place);
    }
    return found;
}

std::string subject_in_words(const Violation& violation, Trace whole) {
    const model::Subject& subject = violation.subject;
    if (subject.object != 0) {
        const Trace trace = up_to(violation, whole);
        const auto  known = std::ranges::find_if(
             trace, [&](const Event& event) { return event.object == subject.object; });
        const Topic topic = known == trace.end() ? Topic::oid : topic_of(known->call);
        if (topic == Topic::packet) return fmt::format("nbl {}", subject.object);
        if (topic == Topic::device) return device_in_words(*known);
        if (subject.oid == 0) return fmt::format("request {}", subject.object);
        return fmt::format("request {} ({})", subject.object, oid_name(subject.oid));
    }
    if (subject.has_nic && subject.port != 0) {
        return "adapter " + nic_name(subject.port, subject.nic);
    }
    if (subject.port != 0) return fmt::format("port {}", subject.port);
    return violation.module == model::host_module ? "the switch" : "the extension";
}

std::vector<InFlight> in_flight(Trace trace, std::size_t at) {
    std::map<model::ObjectId, std::size_t> open;
    for (std::size_t place = 0; place < std::min(at, trace.size()); ++place) {
        const Event& event = trace[place];
        if (event.object == 0) continue;
        if (finishes(event)) {
            open.erase(event.object);
        } else if (moves(event)) {
            open[event.object] = place;
        }
    }
    std::vector<InFlight> flying;
    for (const auto& [object, since] : open)
        flying.push_back({object, since});
    return flying;
}

namespace {

/// Whose reference to what: the module, the port, the adapter, and whether it is one to the port.
using Referred = std::tuple<model::ModuleId, model::PortId, model::NicIndex, bool>;

bool takes_reference(const Event& event) {
    return event.call == Call::ReferenceSwitchNic || event.call == Call::ReferenceSwitchPort;
}

bool gives_reference_back(const Event& event) {
    return event.call == Call::DereferenceSwitchNic || event.call == Call::DereferenceSwitchPort;
}

Referred referred(const Event& event) {
    const bool port =
        event.call == Call::ReferenceSwitchPort || event.call == Call::DereferenceSwitchPort;
    return {event.module, event.port, event.nic, port};
}

}  // namespace

std::vector<std::size_t> references_held(Trace trace, std::size_t at) {
    std::map<Referred, std::vector<std::size_t>> held;
    std::map<std::uint16_t, std::size_t>         begun;  // By task: the call that has not returned.
    for (std::size_t place = 0; place < std::min(at, trace.size()); ++place) {
        const Event& event = trace[place];
        if (event.phase == model::Phase::enter && takes_reference(event)) begun[event.task] = place;
        if (event.phase != model::Phase::leave || event.status != 0) continue;
        auto& places = held[referred(event)];
        if (takes_reference(event)) places.push_back(begun[event.task]);
        if (gives_reference_back(event) && !places.empty()) places.pop_back();
    }
    std::vector<std::size_t> all;
    for (const auto& [what, places] : held)
        all.insert(all.end(), places.begin(), places.end());
    std::ranges::sort(all);
    return all;
}

std::optional<std::size_t> callback_around(Trace trace, std::size_t at) {
    if (at >= trace.size()) return std::nullopt;
    std::vector<std::size_t> open;  // Of that task, the innermost last.
    for (std::size_t place = 0; place < at; ++place) {
        const Event& event = trace[place];
        if (event.task != trace[at].task || !model::is_callback(event.call)) continue;
        const bool first_of_list = event.place == 0 || event.object == 0;
        if (event.phase == model::Phase::leave) {
            if (!open.empty()) open.pop_back();
        } else if (first_of_list) {
            open.push_back(place);
        }
    }
    if (open.empty()) return std::nullopt;
    return open.back();
}

}  // namespace interlock::reports

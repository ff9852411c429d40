#include "harness/trace/joining.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include "harness/extensions/recorder/recording.h"
#include "harness/trace/joined_objects.hpp"
#include "harness/trace/recorded_objects.hpp"
#include "harness/trace/recording.hpp"
#include "model/call_traits.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

using model::Call;
using model::Event;
using model::Phase;

constexpr model::ModuleId suspect_module = 1;

/// What one module passes on is given to its neighbour.
struct Passing {
    Call given, passed_on;
    bool down;
};
constexpr std::array passings{
    Passing{Call::FilterOidRequest, Call::NdisFOidRequest, true},
    Passing{Call::FilterCancelOidRequest, Call::NdisFCancelOidRequest, true},
    Passing{Call::FilterSendNetBufferLists, Call::NdisFSendNetBufferLists, true},
    Passing{Call::FilterCancelSendNetBufferLists, Call::NdisFCancelSendNetBufferLists, true},
    Passing{Call::FilterReturnNetBufferLists, Call::NdisFReturnNetBufferLists, true},
    Passing{Call::FilterOidRequestComplete, Call::NdisFOidRequestComplete, false},
    Passing{Call::FilterSendNetBufferListsComplete, Call::NdisFSendNetBufferListsComplete, false},
    Passing{Call::FilterReceiveNetBufferLists, Call::NdisFIndicateReceiveNetBufferLists, false},
    Passing{Call::FilterStatus, Call::NdisFIndicateStatus, false},
    Passing{Call::FilterNetPnPEvent, Call::NdisFNetPnPEvent, false},
};

/// What the suspect sees of a call at a recorder's edge to it; nothing: the call is elsewhere.
std::optional<Call> seen_by_suspect(Call call, Side side) {
    for (const Passing& one : passings) {
        const bool to_suspect = (side == Side::above) == one.down;  // The recorder passes it on.
        if (to_suspect && call == one.passed_on) return one.given;
        if (!to_suspect && call == one.given) return one.passed_on;
    }
    return {};
}

/// One of the two, record by record.
class Source {
public:
    Source(const Recorded& from, Side which) : side(which), recorded(from) {}

    std::optional<InputError> open() {
        if (!read(head)) return wrong(cut_off_in_head());
        if (head.Mark != RECORDING_MARK)
            return wrong({"this is no recording", "expected what a recorder's device gave"});
        auto told = head_of(head);
        if (auto* bad = std::get_if<LineFault>(&told)) return wrong(std::move(*bad));
        begins = std::get<TraceHead>(told);
        return next();
    }

    std::optional<InputError> next() {
        do {
            const auto last = static_cast<std::uint32_t>(record.Number);
            ended           = !read(record);
            if (ended) return cut_off();
            if (auto bad = fault_of(record)) return wrong(std::move(*bad));
            const auto number = static_cast<std::uint32_t>(record.Number);
            hole = record.Lost > 0 || (any && record.Call != RecordedNothing && number != last + 1);
            if (record.Call != RecordedNothing) any = true;
            if (on_switch == 0) on_switch = record.Switch;
        } while (is_elsewhere() && !hole);
        return {};
    }

    /// It is of another switch than the first.
    bool is_elsewhere() const {
        return record.Switch != 0 && record.Switch != on_switch;
    }

    /// When its clock began, in 100 ns since 1601, and where that is told from.
    std::uint64_t zero() const {
        return head.BeganAt - in_100ns(head.Began, head.Frequency);
    }
    std::uint64_t now() const {
        return record.Time;
    }

    Side             side;
    RECORDING_HEAD   head{};
    RECORDING_RECORD record{};
    TraceHead        begins;
    bool             ended = false;
    bool             hole  = false;  // Something is missing before this record.

private:
    /// What is missing at the end, if anything.
    std::optional<InputError> cut_off() const {
        if (recorded.bytes.gcount() == 0) return {};
        return wrong(cut_off_in_record());
    }

    template <typename Structure>
    bool read(Structure& into) {
        recorded.bytes.read(reinterpret_cast<char*>(&into), sizeof into);
        at += sizeof into;
        return recorded.bytes.gcount() == sizeof into;
    }
    InputError wrong(LineFault bad) const {
        const std::string where = "byte " + std::to_string(at - RECORDING_SIZE) + ": ";
        return {recorded.name, 0, where + bad.wrong, std::move(bad.expected)};
    }

    const Recorded& recorded;
    std::uint64_t   at        = 0;
    std::uint32_t   on_switch = 0;
    bool            any       = false;
};

/// Makes events of records.
class Joiner {
public:
    Joiner(TraceSink& to, std::uint64_t began_at, std::uint64_t ticks_a_second)
        : sink(to), began(began_at), frequency(ticks_a_second) {}

    void take(const Source& from) {
        const RECORDING_RECORD& told = from.record;
        if (from.hole) skip(told.Lost);
        if (told.Call == RecordedNothing || from.is_elsewhere()) return;
        Event event      = event_of(told);
        event.module     = from.side == Side::above ? 0 : suspect_module + 1;
        event.time_100ns = told.Time < began ? 0 : in_100ns(told.Time - began, frequency);
        if (event.phase == Phase::enter) objects.name(event, from.side, told.Object, told.Parent);
        const auto begun = lists.find(told.Thread);
        if (begun != lists.end() && !goes_on(begun->second, event))
            tell_list(told.Thread, from.side);
        if (model::carries_list(event.call) && event.phase == Phase::enter) {
            lists[told.Thread].push_back(event);
            if (event.place + 1 >= event.count) tell_list(told.Thread, from.side);
            return;
        }
        tell_one(event, told, from.side);
    }

private:
    struct Held {
        Event request;  // As the suspect was given it.
        bool  passed_on = false;
    };

    static bool goes_on(const std::vector<Event>& list, const Event& event) {
        return event.phase == Phase::enter && event.call == list.back().call &&
               event.module == list.back().module && event.place == list.back().place + 1;
    }

    void skip(std::uint64_t lost) {
        objects.forget();
        threads.forget();
        lists.clear();
        held.clear();
        sink.hole(lost);
    }

    /// All of a list is entered on one side of an edge before any of it is on the other.
    void tell_list(std::uint64_t thread, Side side) {
        const auto begun = lists.extract(thread);
        const auto list  = begun.mapped();
        const auto seen  = seen_by_suspect(list.front().call, side);
        const bool first = seen && model::is_callback(list.front().call);
        if (first) tell_seen(list, *seen, thread);
        for (Event event : list)
            tell(event, thread, event.object != 0);
        if (seen && !first) tell_seen(list, *seen, thread);
    }

    void tell_seen(const std::vector<Event>& list, Call seen, std::uint64_t thread) {
        for (Event event : list) {
            event.call   = seen;
            event.module = suspect_module;
            tell(event, thread, event.object != 0);
        }
    }

    /// Who calls is seen first at the call, and last at the return.
    void tell_one(Event event, const RECORDING_RECORD& told, Side side) {
        const bool has_object = told.Object != 0;
        const auto seen       = seen_by_suspect(event.call, side);
        const bool enters     = event.phase == Phase::enter;
        const bool first      = model::is_callback(event.call) == enters;
        Event      other      = event;
        if (seen) other.call = *seen;
        other.module = suspect_module;
        if (!enters && model::is_callback(other.call)) {  // Its return says no more than a result.
            other.oid = other.port = other.other_port = 0;
            other.nic = other.other_nic = 0;
        }
        const bool completes = model::call_traits::of(other.call) & model::call_traits::request &&
                               other.call != Call::FilterOidRequest &&
                               other.call != Call::NdisFOidRequest;
        if (!enters && completes) other.status = 0;
        if (seen && enters) follow(other);
        if (seen && first) tell(other, told.Thread, has_object);
        const auto handed_in = tell(event, told.Thread, has_object);
        if (event.call == Call::FilterOidRequest && !enters &&
            event.status != model::status::pending)
            objects.finished(handed_in, side);
        if (seen && !first) tell(other, told.Thread, has_object);
    }

    /// @return on return, the object of the call that ends.
    model::ObjectId tell(Event& event, std::uint64_t thread, bool has_object) {
        threads.place(event, thread);
        const Event* const call   = threads.ended();
        const auto         object = call == nullptr ? 0 : call->object;
        if (call != nullptr && has_object) {
            event.object = call->object;
            event.parent = call->parent;
        }
        const bool answered = event.phase == Phase::leave && event.module == suspect_module &&
                              event.call == Call::FilterOidRequest &&
                              event.status != model::status::pending;
        if (answered) no_more_held(object);
        sink.event(event);
        return object;
    }

    void no_more_held(model::ObjectId object) {
        std::erase_if(held, [&](const Held& one) { return one.request.object == object; });
    }

    /// Which requests the suspect has, and which of them it passes on.
    void follow(Event& event) {
        if (event.call == Call::FilterOidRequest) held.push_back({event});
        if (event.call == Call::NdisFOidRequestComplete) no_more_held(event.object);
        if (event.call != Call::NdisFOidRequest || event.parent != 0) return;
        const auto original = std::ranges::find_if(held, [&](const Held& one) {
            return !one.passed_on && one.request.oid == event.oid &&
                   one.request.port == event.port && one.request.nic == event.nic &&
                   one.request.other_port == event.other_port &&
                   one.request.other_nic == event.other_nic;
        });
        if (original == held.end()) return;
        original->passed_on = true;
        event.parent        = original->request.object;
    }

    TraceSink&      sink;
    JoinedObjects   objects;
    RecordedThreads threads{recording_skew_100ns};
    std::uint64_t   began, frequency;

    std::unordered_map<std::uint64_t, std::vector<Event>>
                      lists;  // Begun by threads, not whole yet.
    std::vector<Held> held;
};

/// The clocks of two recorders on one host tell the same time.
bool are_of_one_host(const Source& one, const Source& other) {
    constexpr std::uint64_t second = 10'000'000;
    const std::uint64_t     apart =
        std::max(one.zero(), other.zero()) - std::min(one.zero(), other.zero());
    return one.head.Frequency == other.head.Frequency && apart <= second;
}

TraceHead head_of_both(const Source& above, const Source& below, const std::string& suspect) {
    TraceHead head = above.begins;
    head.ndis      = std::max(head.ndis, below.begins.ndis);
    head.extensions.push_back(suspect);
    head.extensions.push_back(below.begins.extensions.front());
    return head;
}

}  // namespace

std::optional<InputError> join_recordings(const Recorded& above, const Recorded& below,
                                          const std::string& suspect, TraceSink& sink) {
    Source upper(above, Side::above), lower(below, Side::below);
    if (auto bad = upper.open()) return bad;
    if (auto bad = lower.open()) return bad;
    if (!are_of_one_host(upper, lower))
        return InputError{below.name, 0, "its clock is not that of " + above.name,
                          "expected two recordings of one host, since it was started"};
    sink.begin(head_of_both(upper, lower, suspect));
    Joiner joiner(sink, std::min(upper.head.Began, lower.head.Began), upper.head.Frequency);
    while (!upper.ended || !lower.ended) {
        const bool upper_next = lower.ended || (!upper.ended && upper.now() <= lower.now());
        Source&    next       = upper_next ? upper : lower;
        joiner.take(next);
        if (auto bad = next.next()) return bad;
    }
    return {};
}

}  // namespace interlock::harness

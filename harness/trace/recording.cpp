#include "harness/trace/recording.hpp"

#include <array>
#include <cstring>
#include <string>
#include <utility>

#include "harness/extensions/recorder/recording.h"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

using model::Call;
using model::Event;
using model::Phase;

static_assert(sizeof(RECORDING_HEAD) == RECORDING_SIZE);
static_assert(sizeof(RECORDING_RECORD) == RECORDING_SIZE);

/// By RECORDED_CALL; the first stands for none.
constexpr std::array calls{
    Call::Quiescent,
    Call::DriverEntry,
    Call::NdisFRegisterFilterDriver,
    Call::FilterSetModuleOptions,
    Call::FilterAttach,
    Call::FilterDetach,
    Call::FilterRestart,
    Call::FilterPause,
    Call::FilterNetPnPEvent,
    Call::FilterStatus,
    Call::NdisFSetAttributes,
    Call::NdisFGetOptionalSwitchHandlers,
    Call::NdisFNetPnPEvent,
    Call::NdisFIndicateStatus,
    Call::FilterOidRequest,
    Call::FilterOidRequestComplete,
    Call::FilterCancelOidRequest,
    Call::NdisAllocateCloneOidRequest,
    Call::NdisFreeCloneOidRequest,
    Call::NdisFOidRequest,
    Call::NdisFOidRequestComplete,
    Call::NdisFCancelOidRequest,
    Call::FilterSendNetBufferLists,
    Call::NdisFSendNetBufferLists,
    Call::FilterSendNetBufferListsComplete,
    Call::NdisFSendNetBufferListsComplete,
    Call::FilterCancelSendNetBufferLists,
    Call::NdisFCancelSendNetBufferLists,
    Call::FilterReceiveNetBufferLists,
    Call::NdisFIndicateReceiveNetBufferLists,
    Call::FilterReturnNetBufferLists,
    Call::NdisFReturnNetBufferLists,
};
static_assert(calls.size() == RecordedCalls);
static_assert(calls[RecordedFilterCancelOidRequest] == Call::FilterCancelOidRequest);
static_assert(calls[RecordedNdisFReturnNetBufferLists] == Call::NdisFReturnNetBufferLists);

/// Every call that a trace may have and no recorder sees: those of others, and of itself those that
/// it leaves out.
std::vector<std::string> not_seen() {
    std::vector<std::string> names;
    for (std::size_t call = 0; call < model::call_count; ++call) {
        const auto one  = static_cast<Call>(call);
        bool       seen = false;
        for (std::size_t place = 1; place < calls.size(); ++place)
            seen = seen || calls[place] == one;
        if (!seen) names.emplace_back(name(one));
    }
    return names;
}

/// Who has an object hands it on when it has written so; but between writing and doing, or doing
/// and writing, a thread may be interrupted.
constexpr model::PartialOrder order{.by_object = true, .skew_100ns = recording_skew_100ns};

std::string name_in(const RECORDING_HEAD& told) {
    return {told.Name, strnlen(told.Name, sizeof told.Name)};
}

std::string clock_of(const RECORDING_HEAD& told) {
    return "performance counter, " + std::to_string(told.Frequency) + " Hz, 0 is " +
           std::to_string(told.BeganAt) + " (100 ns since 1601)";
}

template <typename Structure>
Structure first_of(std::string_view bytes) {
    Structure taken;
    std::memcpy(&taken, bytes.data(), sizeof taken);
    return taken;
}

}  // namespace

std::uint64_t in_100ns(std::uint64_t ticks, std::uint64_t frequency) {
    constexpr std::uint64_t per_second = 10'000'000;
    return ticks / frequency * per_second + ticks % frequency * per_second / frequency;
}

Event event_of(const RECORDING_RECORD& told) {
    return {.call       = calls[told.Call],
            .phase      = told.Phase == 0 ? Phase::enter : Phase::leave,
            .module     = 0,
            .irql       = told.Irql,
            .cpu        = static_cast<std::uint8_t>(told.Cpu),
            .port       = told.Port,
            .nic        = told.Nic,
            .count      = told.Count,
            .other_port = told.OtherPort,
            .other_nic  = told.OtherNic,
            .place      = told.Place,
            .oid        = told.Oid,
            .status     = told.Status,
            .flags      = told.Flags,
            .detail     = told.Detail};
}

std::variant<TraceHead, LineFault> head_of(const RECORDING_HEAD& told) {
    if (told.Version != RECORDING_VERSION || told.RecordSize != RECORDING_SIZE) {
        return LineFault{"this is version " + std::to_string(told.Version) + ", of " +
                             std::to_string(told.RecordSize) + " bytes a record",
                         "expected version 1, of 96; take the release that the recorder is of"};
    }
    if (told.Frequency == 0) return LineFault{"the clock stands still", "expected a frequency"};
    constexpr std::uint32_t ndis_640 = 0x0006'0028;
    return TraceHead{.ndis  = static_cast<std::uint16_t>(told.NdisVersion >= ndis_640 ? 640 : 630),
                     .whole = false,
                     .extensions = {name_in(told)},
                     .clock      = clock_of(told),
                     .unseen     = not_seen(),
                     .order      = order};
}

Complaint fault_of(const RECORDING_RECORD& told) {
    if (told.Call < calls.size() && told.Phase <= 1) return {};
    return LineFault{"a record is of call " + std::to_string(told.Call) + ", phase " +
                         std::to_string(told.Phase),
                     "expected a call below " + std::to_string(calls.size()) + ", phase 0 or 1"};
}

Complaint RecordingReader::head(const RECORDING_HEAD& told) {
    auto head = head_of(told);
    if (auto* bad = std::get_if<LineFault>(&head)) return std::move(*bad);
    frequency = told.Frequency;
    began     = told.Began;
    begun     = true;
    sink.begin(std::get<TraceHead>(head));
    return {};
}

void RecordingReader::skip(std::uint64_t lost) {
    objects.forget();
    threads.forget();
    sink.hole(lost);
}

Complaint RecordingReader::record(const RECORDING_RECORD& told) {
    if (auto bad = fault_of(told)) return bad;
    const auto number = static_cast<std::uint32_t>(told.Number);
    if (told.Lost > 0) skip(told.Lost);
    if (told.Call == RecordedNothing) return {};
    if (any && number != next_number) skip(0);
    any         = true;
    next_number = number + 1;
    if (on_switch == 0) on_switch = told.Switch;
    if (told.Switch != 0 && told.Switch != on_switch) return {};

    Event event      = event_of(told);
    event.time_100ns = told.Time < began ? 0 : in_100ns(told.Time - began, frequency);
    if (event.phase == Phase::enter) objects.name(event, told.Object, told.Parent);
    threads.place(event, told.Thread);
    if (const Event* const call = threads.ended()) {
        const bool pends = event.status == model::status::pending;
        if (event.call == Call::FilterOidRequest && !pends) objects.finished(call->object);
        if (told.Object != 0) event.object = call->object;
        if (told.Object != 0) event.parent = call->parent;
    }
    sink.event(event);
    return {};
}

Complaint RecordingReader::take(std::string_view& bytes) {
    for (; bytes.size() >= RECORDING_SIZE; bytes.remove_prefix(RECORDING_SIZE)) {
        const auto bad = begun ? record(first_of<RECORDING_RECORD>(bytes))
                               : head(first_of<RECORDING_HEAD>(bytes));
        if (bad) return bad;
    }
    return {};
}

Complaint RecordingReader::end_of_file(std::string_view left) const {
    if (begun && left.empty()) return {};
    return begun ? cut_off_in_record() : cut_off_in_head();
}

LineFault cut_off_in_head() {
    return {"the recording ends within its head",
            "expected 96 bytes each; the collector was stopped while it wrote"};
}

LineFault cut_off_in_record() {
    return {"the recording ends in the middle of a record",
            "expected 96 bytes each; the collector was stopped while it wrote"};
}

}  // namespace interlock::harness

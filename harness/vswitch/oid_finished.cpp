// OID requests that are finished: nobody but the switch touches them any more.
// Page: nc-ndis-protocol_oid_request_complete.

#include <algorithm>

#include "harness/kernel/poison.hpp"
#include "harness/kernel/stretch.hpp"
#include "harness/vswitch/digest.hpp"
#include "harness/vswitch/switch.hpp"

namespace interlock::harness {
namespace {

/// So many requests back it is looked whether somebody wrote to them; then their memory goes.
constexpr std::size_t watched_max = 64;

}  // namespace

std::uint64_t Switch::sum_of_issued(const Issued& made) {
    return sum_of(made.whole.data(), made.whole.size(), sum_of(&made.raw, sizeof made.raw, 1));
}

std::span<Switch::Issued*> Switch::watched() {
    finished.clear();
    const std::size_t begin = issued_used - std::min(issued_used, watched_max);
    for (std::size_t place = begin; place < issued_used; ++place)
        if (issued[place].sum != 0) finished.push_back(&issued[place]);
    return finished;
}

// One that was finished before its clone was back is still in use below: OID-04.
void Switch::is_finished(const Request& request) {
    for (std::size_t place = issued_used; place-- > 0;) {
        Issued& made = issued[place];
        if (made.request != &request) continue;
        if (made.sum == 0 && !ndis.has_clone_below(request)) made.sum = sum_of_issued(made);
        return;
    }
}

void Switch::look_at(Issued& made, model::ModuleId by) {
    if (made.sum == 0 || sum_of_issued(made) == made.sum) return;
    made.sum = sum_of_issued(made);
    tell_touched(made, by);
}

void Switch::tell_touched(const Issued& made, model::ModuleId by) {
    model::Event event = event_of(model::Call::Misused, *made.request);
    event.module       = by;
    event.detail       = static_cast<std::uint32_t>(model::Misuse::wrote_to_freed);
    world.recorder.add(event);
}

void Switch::look_at_finished(model::ModuleId by) {
    for (Issued* const made : watched())
        if (world.stacks.on() || made->request->given == by) look_at(*made, by);
}

bool Switch::look_at_access(const void* memory, std::size_t bytes, model::ModuleId by) {
    const Stretch stretch(memory, bytes);
    for (Issued* const made : watched()) {
        if (!stretch.meets(&made->raw, sizeof made->raw) &&
            !stretch.meets(made->whole.data(), made->whole.size()))
            continue;
        tell_touched(*made, by);
        made->sum = 0;
        return true;
    }
    return false;
}

// What the switch reads itself when all is over stays.
void Switch::close(Issued& made) {
    if (!poisons_memory() || made.sum == 0 || made.request->sealed == nullptr) return;
    look_at(made, made.request->given);
    poison_memory(made.whole.data(), made.whole.size());
    made.whole = {};
    made.sum   = sum_of_issued(made);
}

void Switch::forget_requests() {
    constexpr std::size_t enough = 8 * watched_max;
    if (issued_used < enough || !ndis.forget_requests()) return;
    for (std::size_t place = 0; place < issued_used; ++place)
        issued[place].sum = 0;
    issued_used = 0;
    buffers.begin();
}

void Switch::forget_finished() {
    if (issued_used <= watched_max) return;
    Issued& oldest = issued[issued_used - watched_max - 1];
    if (oldest.sum == 0) return;
    oldest.sum = 0;
    buffers.give_back(oldest.buffer);
}

}  // namespace interlock::harness

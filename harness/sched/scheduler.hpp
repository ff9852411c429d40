#pragma once

// Who decides. Every freedom the world has (which task takes the next step, whether a completion
// comes inside the call, how a list is split) is a question to one Scheduler; nothing else in the
// harness may decide: no clock, no thread, no hash order.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace interlock::harness {

/// What a task is for. With a number it names the task the same way in every run and every version,
/// which is what lets a replay survive an upgrade.
enum class Role : std::uint8_t {
    control,        // Issues the OIDs, module events and steps of the scenario. Number 0.
    sender,         // Brings one `send` step's packets in. Number: the step.
    oid_answer,     // Completes a pended OID request at the miniport edge. Number: the request.
    packet_answer,  // Turns packets round at the miniport edge, later. Number: the first NBL.
    packet_return,  // Gives back what was delivered, later. Number: the first NBL.
    packet_done,    // Lets go of what came back to the miniport edge, later. Number as above.
    device,         // A status indication or another call from below. Number: the step.
    timer,          // A timer's or DPC's callback. Number: count of such tasks so far.
    work_item,
    thread,     // A system thread of an extension.
    requestor,  // A thread of a process that uses a device. Number: the step.
};

struct TaskName {
    Role          role   = Role::control;
    std::uint32_t number = 0;

    friend bool operator==(const TaskName&, const TaskName&) = default;
};

std::string_view name(Role role);
bool             find_role(std::string_view name, Role& role);

/// A task that could take the next step.
struct Runnable {
    TaskName     name;
    std::uint8_t cpu  = 0;
    std::uint8_t irql = 0;
};

/// The moment at which somebody has to go on.
struct Moment {
    std::span<const Runnable>  runnable;  // Never empty; in order of creation.
    std::optional<std::size_t> current;   // Who ran last, if it can go on: a place in `runnable`.
    std::string_view           place;  // Where it stands: the function it called. Lives for ever.
};

class Scheduler {
public:
    virtual ~Scheduler() = default;

    /// A run begins: forget the last one. The same scheduler gives the same answers again.
    virtual void begin() = 0;

    /// Asked whenever another task may or must go on than the one that ran last, also if there is
    /// but one; not asked where only the one that ran last can.
    /// @return a place in `moment.runnable`, or nothing to abandon this run.
    virtual std::optional<std::size_t> next(const Moment& moment) = 0;

    /// Takes one of `count` ways to go on; 0 is always the plainest.
    /// @param what  names the question; lives for ever.
    /// @pre count > 0
    virtual std::uint32_t choose(std::string_view what, std::uint32_t count) = 0;

    /// Whether it is to be asked which calls of extensions fail: harness/faults/. The same in a
    /// whole run.
    virtual bool wants_faults() const {
        return false;
    }
};

/// What round_robin answers, from which a recorded schedule tells only the departures.
inline std::size_t plainest(const Moment& moment) {
    return moment.current.value_or(0);
}

/// Goes on with who ran last, else with the first in order of creation; always chooses 0.
std::unique_ptr<Scheduler> round_robin();

/// Everything by chance. Same seed, same answers.
/// @param switches_percent  how often a task that could go on is interrupted at a place.
std::unique_ptr<Scheduler> seeded_random(std::uint64_t seed, std::uint32_t switches_percent = 10);

/// By priorities of what is next, each by chance: pos.cpp. Same seed, same answers.
std::unique_ptr<Scheduler> pos(std::uint64_t seed);

/// Every answer from the bytes, in order; when they end, as round_robin. A byte says how many
/// places are passed before the next interruption, the one after it who goes on then. Keeps a view
/// of them.
std::unique_ptr<Scheduler> fuzz_bytes(std::span<const std::uint8_t> bytes);

}  // namespace interlock::harness

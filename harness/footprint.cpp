#include "harness/footprint.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "harness/world.hpp"

namespace interlock::harness {

namespace {

/// What these do is done to a lock of the caller's own, or to its IRQL.
constexpr auto locking = std::to_array<std::string_view>({
    "NdisAcquireSpinLock",
    "NdisReleaseSpinLock",
    "NdisDprAcquireSpinLock",
    "NdisDprReleaseSpinLock",
    "KeAcquireSpinLock",
    "KeReleaseSpinLock",
    "KeAcquireSpinLockAtDpcLevel",
    "KeReleaseSpinLockFromDpcLevel",
    "KeAcquireInStackQueuedSpinLock",
    "KeReleaseInStackQueuedSpinLock",
    "KeAcquireInStackQueuedSpinLockAtDpcLevel",
    "KeReleaseInStackQueuedSpinLockFromDpcLevel",
    "NdisAcquireRWLockRead",
    "NdisAcquireRWLockWrite",
    "NdisReleaseRWLock",
    "KeRaiseIrql",
    "KeRaiseIrqlToDpcLevel",
    "KeLowerIrql",
    "KeGetCurrentIrql",
});

constexpr std::uint16_t the_switch = 1;

std::uint16_t memory_of(model::ModuleId module) {
    return module < objects_max - 1 ? static_cast<std::uint16_t>(2U << module) : everything;
}

/// Where the world stood when the last step ended, and each task where it stopped.
class Watched {
public:
    Footprint operator()(const Moment& moment) {
        const World& here = world();
        if (moment.place == "(begin)") tasks.clear();
        Footprint touched;
        touched.places = here.kernel.steps() - steps;
        if (here.kernel.inside_task()) {
            const Task& task = here.kernel.current();
            Stopped&    last = stop_of(task.id);
            touched.writes   = touched_by(here, last, task);
            last             = {task.module, task.place, true};
        }
        steps = here.kernel.steps();
        time  = here.kernel.now();
        seen  = here.recorder.trace().size();
        return touched;
    }

private:
    struct Stopped {
        model::ModuleId  module = model::host_module;
        std::string_view place;
        bool             begun = false;
    };

    Stopped& stop_of(TaskId task) {
        if (tasks.size() <= task) tasks.resize(task + std::size_t{1});
        return tasks[task];
    }

    std::uint16_t touched_by(const World& here, const Stopped& last, const Task& task) const {
        const auto trace = here.recorder.trace();
        if (!last.begun || last.module != task.module || here.kernel.steps() != steps + 1 ||
            here.kernel.now() != time || here.recorder.truncated())
            return everything;
        const auto events = trace.subspan(seen);
        if (task.module != model::host_module) {
            const bool locks = std::ranges::find(locking, last.place) != locking.end();
            return locks && events.empty() ? memory_of(task.module) : everything;
        }
        const auto by_extension = [](const model::Event& event) {
            return event.module != model::host_module;
        };
        const bool calls_back = task.name.role >= Role::device;
        if (calls_back || std::ranges::any_of(events, by_extension)) return everything;
        return the_switch;
    }

    std::uint64_t        steps = 0;
    Time100ns            time  = 0;
    std::size_t          seen  = 0;
    std::vector<Stopped> tasks;
};

}  // namespace

FootprintOf world_footprint() {
    return Watched();
}

}  // namespace interlock::harness

#include "fuzz/attribution.hpp"

#include <filesystem>

namespace interlock::fuzz {
namespace {

using model::Attribution;
using model::Blame;
using model::ExtensionClass;
using model::ModuleId;

std::string name_of(const Member& member) {
    return std::filesystem::path(member.path).stem().string();
}

std::vector<std::string> names_of(const StackOf& stack) {
    std::vector<std::string> names;
    for (const Member& member : stack)
        names.push_back(name_of(member));
    return names;
}

/// One attribution: what is tried, and what follows from it.
class Inquiry {
public:
    Inquiry(const StackOf& stack, const Fault& fault, const StandIns& stand_ins,
            const Restage& restage)
        : stack(stack), fault(fault), stand_ins(stand_ins), restage(restage) {}

    Attribution of_the_switch(bool forced) {
        const bool without = tried("with no extension at all", {}, {});
        found.blame        = forced ? Blame::the_switch : Blame::interlock;
        if (!without && !stack.empty()) all_stand_ins();
        return found;
    }

    Attribution of_an_extension(bool forced) {
        if (stand_in_shows()) {
            found.blame = forced ? Blame::the_switch : Blame::interlock;
            if (stack.size() > 1 && !all_stand_ins()) blame_a_neighbour();
            return found;
        }
        if (alone() || between_stand_ins()) {
            found.blame = Blame::extension;
        } else {
            look_for_an_accomplice();
        }
        return found;
    }

private:
    const Member& stand_in(std::size_t place) const {
        return stand_ins.for_one_of(stack[place].kind);
    }

    bool tried(std::string how, const StackOf& other, std::optional<ModuleId> by) {
        const bool shows = restage(other, by);
        found.restaged.push_back({names_of(other), std::move(how), shows});
        return shows;
    }

    StackOf with_stand_in(StackOf other, std::size_t place) const {
        other[place] = stand_in(place);
        return other;
    }

    bool is_a_stand_in(std::size_t place) const {
        return stack[place] == stand_in(place);
    }

    bool stand_in_shows() {
        if (is_a_stand_in(fault.module)) return true;
        return tried("with " + name_of(stand_in(fault.module)) + " in its place",
                     with_stand_in(stack, fault.module), {});
    }

    bool all_stand_ins() {
        StackOf other = stack;
        for (std::size_t place = 0; place < stack.size(); ++place)
            other = with_stand_in(std::move(other), place);
        return tried("with good ones in every place", other, {});
    }

    bool alone() {
        return tried("alone", {stack[fault.module]}, ModuleId{0});
    }

    bool between_stand_ins() {
        StackOf other{stand_ins.capturing, stack[fault.module]};
        // Nothing stands below the one extension that forwards.
        if (stack[fault.module].kind != ExtensionClass::forwarding)
            other.push_back(stand_ins.filtering);
        return tried("between pass-throughs", other, ModuleId{1});
    }

    void blame_a_neighbour() {
        found.blame             = Blame::neighbour;
        const StackOf suspected = with_stand_in(stack, fault.module);
        for (std::size_t place = 0; place < stack.size(); ++place) {
            if (place == fault.module || is_a_stand_in(place)) continue;
            const auto how =
                "with " + name_of(stand_in(place)) + " for " + name_of(stack[place]) + ", too";
            if (!tried(how, with_stand_in(suspected, place), {})) {
                found.other = name_of(stack[place]);
                return;
            }
        }
    }

    void look_for_an_accomplice() {
        for (std::size_t place = 0; place < stack.size(); ++place) {
            if (place == fault.module || is_a_stand_in(place)) continue;
            const auto how = "with " + name_of(stand_in(place)) + " for " + name_of(stack[place]);
            if (tried(how, with_stand_in(stack, place), fault.module)) continue;
            found.blame = Blame::together;
            found.other = name_of(stack[place]);
            return;
        }
    }

    const StackOf&  stack;
    const Fault&    fault;
    const StandIns& stand_ins;
    const Restage&  restage;
    Attribution     found;
};

bool is_it(const Fault& wanted, std::optional<ModuleId> by, const std::optional<Fault>& got) {
    if (!got || got->rule != wanted.rule) return false;
    const bool extension = got->guilty == model::Party::extension;
    return !by || (extension && got->module == *by);
}

}  // namespace

const Member& StandIns::for_one_of(ExtensionClass kind) const {
    switch (kind) {
        case ExtensionClass::capturing:
            return capturing;
        case ExtensionClass::forwarding:
            return forwarding;
        default:
            return filtering;
    }
}

Attribution attribute(const StackOf& stack, const Fault& fault, bool forced,
                      const StandIns& stand_ins, const Restage& restage) {
    Inquiry    inquiry(stack, fault, stand_ins, restage);
    const bool host = fault.guilty == model::Party::host || fault.module >= stack.size();
    return host ? inquiry.of_the_switch(forced) : inquiry.of_an_extension(forced);
}

StackOf stack_of(std::span<const std::string> paths, std::span<const model::Event> trace) {
    StackOf stack;
    for (const std::string& path : paths)
        stack.push_back({path});
    for (const model::Event& event : trace) {
        const bool attaches =
            event.call == model::Call::FilterAttach && event.phase == model::Phase::enter;
        if (!attaches || event.module >= stack.size()) continue;
        stack[event.module].kind = static_cast<ExtensionClass>(event.detail & 3U);
    }
    return stack;
}

bool shows_again(ContainedStage& stage, const harness::Scenario& scenario, const Fault& fault,
                 std::optional<ModuleId> by) {
    harness::Scenario again = scenario;
    std::uint32_t     cost  = 0;
    for (std::uint64_t seed = 0; cost < schedules_max; ++seed) {
        if (seed != 0) {
            again.decisions.clear();
            again.schedule = harness::ScheduleKind::random;
            again.seed     = seed;
        }
        const Batch batch = stage.play_batch({&again, 1});
        if (is_it(fault, by, fault_of(batch, again))) return true;
        cost += cost_of(batch);
    }
    return false;
}

}  // namespace interlock::fuzz

// Our own switch as the simulator plays it: virtual time, and every freedom of switch and schedule
// decided by a seed. Its world stands still on a thread of its own but for what it is asked to do,
// so that nothing depends on how quick anybody is.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "harness/image.hpp"
#include "harness/player.hpp"
#include "harness/sut/frame_ledger.hpp"
#include "harness/trace/trace.hpp"
#include "harness/trace/trace_buffer.hpp"
#include "harness/world.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view next_order = "(next order)";

Scenario scenario_from(std::uint64_t seed) {
    Scenario scenario;
    scenario.schedule = ScheduleKind::random;
    scenario.seed     = seed;
    return scenario;
}

/// What the test asks of the world, one after another: it waits, and the world goes on meanwhile.
class Orders {
public:
    using Order = std::function<void()>;

    /// @return whether it was carried out: not if there is nobody who does.
    bool ask(Order order) {
        std::unique_lock held(lock);
        given = std::move(order);
        changed.notify_all();
        changed.wait(held, [&] { return !given || over; });
        return !std::exchange(given, nullptr);
    }

    /// Of the world: the next, which stays asked for until `done`.
    Order next() {
        std::unique_lock held(lock);
        changed.wait(held, [&] { return given != nullptr; });
        return given;
    }

    void done() {
        const std::lock_guard held(lock);
        given = nullptr;
        changed.notify_all();
    }

    /// Nobody carries out any more.
    void close() {
        const std::lock_guard held(lock);
        over = true;
        changed.notify_all();
    }

private:
    std::mutex              lock;
    std::condition_variable changed;
    Order                   given;
    bool                    over = false;
};

class SimulatedSwitch final : public SwitchUnderTest {
public:
    SimulatedSwitch(LoadedStack stack, std::uint64_t seed, TraceSink* judge)
        : loaded(std::move(stack)), judge(judge), scenario(scenario_from(seed)) {
        options.delivered = [this](model::PortId                 port, model::NicIndex,
                                   std::span<const std::uint8_t> bytes) {
            if (port <= sut_ports) out[port - 1].emplace_back(bytes.begin(), bytes.end());
        };
        world.ndis = &ndis;
        thread     = std::thread([this] { live(); });
    }

    ~SimulatedSwitch() override {
        orders.ask([this] { ends = true; });
        thread.join();
    }
    SimulatedSwitch(const SimulatedSwitch&)            = delete;
    SimulatedSwitch& operator=(const SimulatedSwitch&) = delete;

    std::string_view name() const override {
        return "ours, simulated";
    }

    /// It takes the liberties that the pages leave: what it turns round later it may turn round in
    /// another order, and flood to who has been connected meanwhile. Whether a frame goes to the
    /// life of a port that it was committed to, the judge sees.
    bool promises(SutPromise promise) const override {
        return promise != SutPromise::in_order && promise != SutPromise::not_to_the_next;
    }

    SutTrouble plug(SutPort port) override {
        return take_steps(port, {Verb::create_port, Verb::create_nic, Verb::connect_nic});
    }

    SutTrouble unplug(SutPort port) override {
        return take_steps(
            port, {Verb::disconnect_nic, Verb::delete_nic, Verb::teardown_port, Verb::delete_port});
    }

    bool send(SutPort port, std::span<const std::uint8_t> frame) override {
        return orders.ask([&] {
            on_their_way.push_back({port, {frame.begin(), frame.end()}});
            world.kernel.wake_all(&on_their_way);
            while (!on_their_way.empty())
                world.kernel.yield(next_order);
        });
    }

    std::vector<SutFrame> take(SutPort port) override {
        std::vector<SutFrame> taken;
        orders.ask([&] { taken = std::exchange(out[port], {}); });
        return taken;
    }

    void settle() override {
        orders.ask([this] { world.kernel.wait_until_quiescent(); });
    }

private:
    struct OnItsWay {
        SutPort  from;
        SutFrame frame;
    };

    SutTrouble take_steps(SutPort port, std::initializer_list<Verb> verbs) {
        SutTrouble trouble;
        const bool done = orders.ask([&] {
            for (const Verb verb : verbs)
                if (!trouble) trouble = take_step(port, verb);
        });
        return done ? trouble : "its world has come to an end";
    }

    SutTrouble take_step(SutPort port, Verb verb) {
        steps.push_back({.verb = verb, .port = port + 1U});
        if (player.is_stopped()) return "a request never finished";
        if (!player.step(steps.back())) return left_out.back().why;
        return {};
    }

    // --- The world's thread ----------------------------------------------------------------------

    void live() {
        const Entered entered(world);
        begin();
        world.kernel.spawn({Role::control, 0}, 0, passive_level, [this] { control(); });
        world.kernel.spawn({Role::sender, 0}, 1, passive_level, [this] { traffic(); });
        if (world.kernel.run() == Halt::stuck) world.recorder.add({.call = model::Call::Quiescent});
        world.recorder.add({.call   = model::Call::EndOfRun,
                            .detail = static_cast<std::uint32_t>(model::RunEnd::complete)});
        hand_over_trace();
        orders.close();
    }

    void begin() {
        scheduler->begin();
        for (Image& image : loaded.images)
            image.restore();
        world.ndis_version = scenario.ndis;
        world.images       = loaded.images;
        world.begin(*scheduler, ~std::uint64_t{0}, nullptr, &buffer);
        vswitch.begin(scenario);
        ndis.begin(loaded.images, vswitch);
        if (judge) judge->begin({.ndis = scenario.ndis, .whole = true, .extensions = loaded.names});
    }

    /// Between two orders another may go on, if the seed wants it.
    void control() {
        player.begin(scenario, left_out);
        while (!ends) {
            orders.next()();
            world.kernel.yield(next_order);
            hand_over_trace();
            orders.done();
        }
        world.kernel.wake_all(&on_their_way);
        player.end();
    }

    void traffic() {
        while (!ends) {
            while (!on_their_way.empty()) {
                const OnItsWay one = std::move(on_their_way.front());
                on_their_way.pop_front();
                const std::span<const std::uint8_t> frame[] = {one.frame};
                vswitch.bring_in(one.from + 1U, 0, frame);
            }
            if (!ends) world.kernel.block(&on_their_way, next_order);
        }
    }

    void hand_over_trace() {
        if (judge) {
            for (const model::Event& event : world.recorder.trace())
                judge->event(event);
        }
        world.recorder.begin(nullptr, &buffer);
    }

    LoadedStack                                  loaded;
    TraceSink*                                   judge;
    Scenario                                     scenario;
    StageOptions                                 options;
    std::unique_ptr<Scheduler>                   scheduler = scheduler_for(scenario);
    World                                        world;
    Ndis                                         ndis{world};
    Switch                                       vswitch{world, ndis, options};
    Player                                       player{world, ndis, vswitch, options};
    TraceBuffer                                  buffer;
    std::vector<LeftOut>                         left_out;
    std::deque<Step>                             steps;  // The player keeps them to the end.
    std::deque<OnItsWay>                         on_their_way;
    std::array<std::vector<SutFrame>, sut_ports> out;
    Orders                                       orders;
    bool                                         ends = false;
    std::thread                                  thread;
};

}  // namespace

OpenedSwitch open_simulated_switch(std::span<const std::string> extensions, std::uint64_t seed,
                                   TraceSink* judge) {
    auto loaded = load_stack(extensions, "");
    if (auto* const error = std::get_if<InputError>(&loaded)) return std::move(*error);
    return std::make_unique<SimulatedSwitch>(std::move(std::get<LoadedStack>(loaded)), seed, judge);
}

}  // namespace interlock::harness

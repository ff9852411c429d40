#include "harness/live/running.hpp"

#include <algorithm>
#include <utility>

namespace interlock::harness {
namespace {

constexpr std::size_t spare_ports = 2;  // Without a wire, for the churn driver alone.

Scenario scenario_of(const LiveOptions& options) {
    Scenario scenario;
    scenario.ndis = options.ndis;
    return scenario;
}

}  // namespace

std::variant<std::unique_ptr<LiveSwitch>, InputError> LiveSwitch::open(
    std::span<const std::string> extensions, std::vector<LivePort> ports, LiveOptions options) {
    std::unique_ptr<HostCalls> calls;
    if (options.tasks == LiveTasks::threads) calls = std::make_unique<HostCalls>();
    auto loaded = load_stack(extensions, options.mutant, calls.get());
    if (auto* const error = std::get_if<InputError>(&loaded)) return std::move(*error);
    return std::make_unique<RunningSwitch>(std::move(calls),
                                           std::move(std::get<LoadedStack>(loaded)),
                                           std::move(ports), std::move(options));
}

RunningSwitch::RunningSwitch(std::unique_ptr<HostCalls> led, LoadedStack stack,
                             std::vector<LivePort> plugged, LiveOptions given)
    : calls(std::move(led)),
      loaded(std::move(stack)),
      ports(std::move(plugged)),
      options(std::move(given)),
      scenario(scenario_of(options)),
      scheduler(
          options.policy, options.seed, [this](Time100ns due) { sleep_until(due); }, options.pulse),
      own_buffer(options.trace ? nullptr : std::make_unique<TraceBuffer>(live_events_max)),
      buffer(options.trace ? *options.trace : *own_buffer),
      churn(options.seed),
      counted(ports.size()),
      ends(ports.size(), OtherEnd::nobody) {
    stage_options.mutant    = options.mutant;
    stage_options.delivered = [this](model::PortId                 port, model::NicIndex,
                                     std::span<const std::uint8_t> bytes) {
        delivered(port, bytes);
    };
    world.ndis = &ndis;
    for (const LivePort& port : ports)
        polled.push_back({.fd = port.wire->descriptor(), .events = POLLIN, .revents = 0});
    polled.push_back({.fd = options.watched.descriptor, .events = POLLIN, .revents = 0});
    has_descriptors = std::ranges::any_of(polled, [](const pollfd& one) { return one.fd >= 0; });
    polled.push_back({.fd = waker.descriptor(), .events = POLLIN, .revents = 0});
    waits.resize(ports.size());
    if (calls) use_threads();
    for (std::size_t place = 0; place < ports.size(); ++place) {
        if (ports[place].churned == Churned::yes)
            churned.push_back({static_cast<model::PortId>(place + 1), ports[place].type});
    }
    for (std::size_t spare = 1; spare <= spare_ports; ++spare)
        churned.push_back({static_cast<model::PortId>(ports.size() + spare)});
}

void RunningSwitch::use_threads() {
    scheduler.use_threads({.begin =
                               [this](const std::function<void()>& work) {
                                   const Entered entered(world);
                                   if (options.thread_begins) options.thread_begins();
                                   work();
                               },
                           .wake = [this] { waker.wake(); }});
}

void RunningSwitch::begin() {
    for (Image& image : loaded.images)
        image.restore();
    world.ndis_version = scenario.ndis;
    world.images       = loaded.images;
    world.begin(scheduler, ~std::uint64_t{0}, nullptr, &buffer);
    vswitch.begin(scenario);
    ndis.begin(loaded.images, vswitch);
    ndis.packets().reuse_what_was_cloned();
    attached = options.judge != nullptr;
    if (!attached) look_away();
    if (options.judge)
        options.judge->begin({.ndis       = scenario.ndis,
                              .whole      = true,
                              .extensions = loaded.names,
                              .clock      = "the system's steady clock, since the start"});
}

LiveEnd RunningSwitch::run() {
    const Entered entered(world);
    begin();
    if (options.begins) options.begins();
    spawn_tasks();
    const Halt halt = world.kernel.run();
    if (halt == Halt::stuck) world.recorder.add({.call = model::Call::Quiescent});
    world.recorder.add({.call   = model::Call::EndOfRun,
                        .detail = static_cast<std::uint32_t>(model::RunEnd::complete)});
    drain_trace();
    for (const LivePort& port : ports)
        port.wire->close();
    return {halt, world.kernel.unfinished(), left_out};
}

void RunningSwitch::spawn_tasks() {
    world.kernel.spawn({Role::control, 0}, 0, passive_level, [this] { control(); });
    bringing_in = calls ? ports.size() + 1 : 1;
    if (!calls) {
        world.kernel.spawn({Role::sender, 0}, 1, passive_level, [this] { traffic(); });
        return;
    }
    world.kernel.spawn({Role::sender, 0}, 0, passive_level, [this] { seconds(); });
    for (std::size_t place = 0; place < ports.size(); ++place) {
        const auto number = static_cast<std::uint32_t>(place + 1);
        world.kernel.spawn({Role::sender, number}, number % cpu_count, passive_level,
                           [this, place] { traffic_of(place); });
    }
}

void RunningSwitch::stop() {
    stopping = true;
    for (const LivePort& port : ports)
        world.kernel.wake_all(&port);
    world.kernel.wake_all(&frames_came);
    world.kernel.wake_all(&something_to_do);
}

void RunningSwitch::detach_judge() {
    if (!attached) return;
    drain_trace();
    attached = false;
    options.judge->hole(0);
    look_away();
}

void RunningSwitch::look_away() {
    world.recorder.look_away();
    ndis.packets().look_away();
}

void RunningSwitch::attach_judge() {
    if (attached || !options.judge) return;
    world.recorder.listen();
    ndis.packets().watch();
    attached = true;
}

LiveCounts RunningSwitch::counts() const {
    LiveCounts now = total;
    now.ports      = counted;
    now.finished   = vswitch.finished_so_far();
    now.in_flight  = vswitch.packets_in_flight();
    now.together   = scheduler.together();
    now.time       = world.kernel.now();
    return now;
}

}  // namespace interlock::harness

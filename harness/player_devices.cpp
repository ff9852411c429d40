// The steps of a scenario that a process takes: it opens devices, and asks something of them.

#include <algorithm>

#include "harness/await.hpp"
#include "harness/player.hpp"
#include "harness/scenario/chance.hpp"

namespace interlock::harness {
namespace {

constexpr Time100ns patience = 100'000'000;  // 10 s: what pends for longer may do so for ever.

/// The bytes of a step's input: its data, and then a pattern.
std::vector<std::uint8_t> input_of(const Step& step) {
    std::vector<std::uint8_t> bytes = step.data;
    Chance                    chance(step.pattern);
    while (bytes.size() < step.input)
        bytes.push_back(step.pattern == 0 ? std::uint8_t{0}
                                          : static_cast<std::uint8_t>(chance.below(256)));
    return bytes;
}

std::uint8_t major_of(Verb verb) {
    if (verb == Verb::read) return IRP_MJ_READ;
    return verb == Verb::write ? IRP_MJ_WRITE : IRP_MJ_DEVICE_CONTROL;
}

}  // namespace

template <typename Body>
void Player::as_requestor(const Step& step, Body body) {
    const std::uint32_t from = number;
    const auto          cpu  = static_cast<std::uint8_t>(world.kernel.spawned() % cpu_count);
    auto&               done = requestors.emplace_back(false);
    world.kernel.spawn({Role::requestor, from}, cpu, passive_level, [this, body, from, &done] {
        world.kernel.current().step = from;
        body();
        done = true;
        world.kernel.wake_all(&done);
    });
    if (step.beside) return world.kernel.yield("beside");
    while (!done) {
        const Time100ns due = world.kernel.now() + patience;
        if (!world.kernel.block_until(&done, due, "requestor")) return;
    }
}

void Player::take_device_step(const Step& step) {
    File* const file = handles[step.handle];
    switch (step.verb) {
        case Verb::open:
            handles[step.handle] = nullptr;
            ++opens_due;
            return as_requestor(step, [this, &step] {
                Device* const device = world.devices.openable(step.device);
                --opens_due;
                world.kernel.wake_all(&opens_due);
                if (!device) return;  // It is gone meanwhile.
                File& opened = world.devices.open(*device);
                if (opened.opened) handles[step.handle] = &opened;
            });
        case Verb::close:
            handles[step.handle] = nullptr;
            return as_requestor(step, [this, file] { world.devices.close(*file); });
        case Verb::cancel:
            return as_requestor(step, [this, file] { world.devices.cancel_all(*file); });
        case Verb::exit:
            handles.fill(nullptr);
            return as_requestor(step, [this] { end_process(); });
        default:
            return transfer(step);
    }
}

void Player::transfer(const Step& step) {
    File* const file = handles[step.handle];
    as_requestor(step, [this, &step, file] {
        if (file->closing || file->ended) return;
        const IoRequest& request =
            world.devices.request(*file, {.major = major_of(step.verb),
                                          .code  = step.verb == Verb::ioctl ? step.code : 0,
                                          .input = input_of(step),
                                          .room  = step.output});
        while (!step.beside && !request.completed)
            world.kernel.block(&request, "request");
    });
}

// By place: meanwhile others may open some. Handles are closed when no thread is left: whoever
// could still ask for something then would ask a file that was cleaned up, and wait for ever.
void Player::end_process() {
    std::deque<File>& files = world.devices.files();
    for (File& file : files)
        file.ended = true;
    for (std::size_t place = 0; place < files.size(); ++place)
        world.devices.cancel_all(files[place]);
    for (std::size_t place = 0; place < files.size(); ++place) {
        // A thread does not end while an IRP of its own is under way.
        while (files[place].requests > 0 && !patience_lost)
            world.kernel.block(&files[place], "exit");
    }
    for (std::size_t place = 0; place < files.size(); ++place) {
        if (files[place].opened) world.devices.close(files[place]);
    }
}

bool Player::uses_devices() const {
    return opens_due > 0 || world.devices.any_file();
}

void Player::close_all() {
    await(world, &opens_due, "exit", [this] { return opens_due == 0; });
    const auto wait_for = [this](auto is_so) {
        for (File& file : world.devices.files()) {
            const auto so = [&] { return is_so(file); };
            if (stopped || await(world, &file, "exit", so)) continue;
            stopped = true;
            leave_out("a handle cannot be closed: an IRP is still under way");
        }
    };
    wait_for([](const File& file) { return file.opened || file.closed; });
    if (stopped || !world.devices.any_file()) return;
    for (File& file : world.devices.files()) {
        if (file.closing) await(world, &file, "close", [&file] { return file.closed; });
    }
    const Step exit{.verb = Verb::exit};
    take_device_step(exit);
    for (File& file : world.devices.files())
        await(world, &file, "exit", [&file] { return file.requests == 0; });
    patience_lost = true;
    for (File& file : world.devices.files())
        world.kernel.wake_all(&file);
    wait_for([](const File& file) { return file.closed; });
}

}  // namespace interlock::harness

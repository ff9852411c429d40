// What a driver has not given back when it goes.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "harness/ddi/ddi.hpp"
#include "harness/ndis/ndis.hpp"
#include "model/leak.hpp"

namespace interlock::harness {

namespace {

using model::Resource;

/// Of other kernel objects, an event's or a file's, no more is told than that it is one.
bool is_running_thread(const World& here, const void* object) {
    return std::ranges::find(here.ddi.running, object, &DdiState::Thread::object) !=
           here.ddi.running.end();
}

Resource resource_of(const World& here, const Piece& piece) {
    if (piece.kind == PoolKind::oid_request) return Resource::oid_request;
    if (piece.kind != PoolKind::object) return Resource::memory;
    switch (piece.tag) {
        case rw_lock_tag:
            return Resource::lock;
        case timer_tag:
            return Resource::timer;
        case work_item_tag:
            return Resource::work_item;
        case mdl_tag:
        case ndis_mdl_tag:
            return Resource::mdl;
        default:
            return is_running_thread(here, piece.memory) ? Resource::thread : Resource::object;
    }
}

/// A clone is freed through the module that it was made for: after its detach it is too late. What
/// NDIS made for the module is told of apart. All else a driver may keep until it is unloaded.
bool is_due(Resource resource, Going going) {
    return (resource == Resource::oid_request) == (going == Going::detached);
}

/// Whether NDIS made it for a module, and not for its driver.
bool is_of_module(const World& here, const Piece& piece) {
    return piece.made_for != nullptr && here.ndis != nullptr &&
           here.ndis->module_of(const_cast<void*>(piece.made_for)) != nullptr;
}

std::string_view name_of(Resource resource) {
    static constexpr std::array<std::string_view, model::resource_count> names = {
        "memory",    "an RW lock",
        "a timer",   "a work item",
        "an MDL",    "an OID request",
        "an object", "a timer that is set",
        "a thread",  "an NBL of a freed pool"};
    return names[static_cast<std::size_t>(resource)];
}

std::string tag_text(std::uint32_t tag) {
    std::string text;
    for (int byte = 0; byte < 4; ++byte) {
        const auto letter = static_cast<char>(tag >> (8 * byte) & 0xFF);
        text += letter >= ' ' && letter <= '~' ? letter : '.';
    }
    return text;
}

std::string described(const Piece& piece, Resource resource) {
    std::string text = "left " + std::string(name_of(resource));
    if (resource != Resource::memory) return text;
    return text + ": " + std::to_string(piece.bytes) + " bytes, tag '" + tag_text(piece.tag) + "'";
}

struct Left {
    std::size_t       count = 0;
    std::vector<Note> notes;
};
using AllLeft = std::array<Left, model::resource_count>;

template <typename Counted>
void count_pieces(World& here, model::ModuleId module, AllLeft& all, Counted counted) {
    for (const Piece& piece : here.memory.pieces_of(module)) {
        if (!counted(piece)) continue;
        const Resource resource = resource_of(here, piece);
        Left&          left     = all[static_cast<std::size_t>(resource)];
        ++left.count;
        if (here.stacks.on())
            left.notes.push_back({0, described(piece, resource), here.stacks.of(piece.memory)});
    }
}

void count_timers(const World& here, model::ModuleId module, AllLeft& all) {
    for (const DdiState::Timer& timer : here.ddi.timers) {
        if (timer.is_set && timer.module == module)
            ++all[static_cast<std::size_t>(Resource::timer_set)].count;
    }
}

void report(World& here, model::ModuleId module, std::uint32_t flags, Left& left) {
    const auto event = static_cast<std::uint32_t>(here.recorder.trace().size());
    here.recorder.add(
        {.call   = model::Call::Misused,
         .module = module,
         .count  = static_cast<std::uint16_t>(std::min<std::size_t>(left.count, 0xFFFF)),
         .flags  = flags,
         .detail = static_cast<std::uint32_t>(model::Misuse::leaked)});
    for (Note& note : left.notes) {
        note.event = event;
        here.stacks.add(std::move(note));
    }
}

void report_kept_of_module(World& here, model::ModuleId module) {
    AllLeft all;
    count_pieces(here, module, all, [&](const Piece& piece) { return is_of_module(here, piece); });
    for (std::uint32_t resource = 0; resource < all.size(); ++resource)
        if (all[resource].count > 0)
            report(here, module, resource | model::leak::of_module, all[resource]);
    forget_handle_of(module);
}

}  // namespace

void forget_handle_of(model::ModuleId module) {
    World& here = world();
    here.memory.forget_handle(&here.ndis->stack()[module]);
}

void report_left_behind(model::ModuleId module, Going going) {
    World& here = world();
    if (here.memory.live(module) == 0 && here.ddi.timers.empty()) return;
    AllLeft all;
    count_pieces(here, module, all, [](const Piece&) { return true; });
    count_timers(here, module, all);
    for (std::uint32_t resource = 0; resource < all.size(); ++resource)
        if (all[resource].count > 0 && is_due(static_cast<Resource>(resource), going))
            report(here, module, resource, all[resource]);
    if (going == Going::detached) report_kept_of_module(here, module);
}

}  // namespace interlock::harness

#include "harness/call_stack.hpp"

#include <unwind.h>

#include <algorithm>

#include "harness/image.hpp"

namespace interlock::harness {

namespace {

struct Walk {
    std::span<const Image> images;
    CallStack              found;
};

/// Frames of the host come first, then those of one extension; what comes then called it.
_Unwind_Reason_Code visit(_Unwind_Context* context, void* argument) {
    Walk&      walk = *static_cast<Walk*>(argument);
    const auto at   = static_cast<std::uintptr_t>(_Unwind_GetIP(context));
    for (std::size_t module = 0; module < walk.images.size(); ++module) {
        const auto offset = walk.images[module].offset_of(at);
        if (!offset) continue;
        if (walk.found.count == CallStack::places_max) return _URC_END_OF_STACK;
        walk.found.places[walk.found.count++] = {static_cast<model::ModuleId>(module), *offset};
        return _URC_NO_REASON;
    }
    return walk.found.count == 0 ? _URC_NO_REASON : _URC_END_OF_STACK;
}

}  // namespace

bool operator==(const CallStack& one, const CallStack& other) {
    return std::ranges::equal(one.all(), other.all());
}

CallStack call_stack(std::span<const Image> images) {
    Walk walk{.images = images, .found = {}};
    _Unwind_Backtrace(visit, &walk);
    return walk.found;
}

std::uint64_t digest_of(const CallStack& stack) {
    std::uint64_t digest = 0xCBF29CE484222325;  // FNV-1a, by words.
    for (const CodePlace& place : stack.all()) {
        digest = (digest ^ place.module) * 0x100000001B3;
        digest = (digest ^ place.offset) * 0x100000001B3;
    }
    return digest;
}

}  // namespace interlock::harness

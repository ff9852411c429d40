#include "harness/call_stacks.hpp"

namespace interlock::harness {

void CallStacks::begin(bool keep, std::span<const Image> modules) {
    keeps  = keep;
    images = modules;
    stacks.clear();
    numbers.clear();
    events.clear();
    objects.clear();
    notes.clear();
}

std::uint32_t CallStacks::take() {
    if (!keeps) return 0;
    const CallStack stack = call_stack(images);
    if (stack.count == 0) return 0;
    const auto [place, fresh] = numbers.try_emplace(digest_of(stack), stacks.size() + 1);
    if (fresh) stacks.push_back(stack);
    return place->second;
}

void CallStacks::take_for_event(std::uint32_t place) {
    const std::uint32_t stack = take();
    if (stack == 0) return;
    if (events.size() <= place) events.resize(place + 1);
    events[place] = stack;
}

}  // namespace interlock::harness

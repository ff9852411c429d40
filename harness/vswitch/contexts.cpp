#include "harness/vswitch/contexts.hpp"

#include <algorithm>

namespace interlock::harness {

void SwitchContexts::begin() {
    contexts.clear();
    types.clear();
}

std::uint32_t SwitchContexts::number_of(const void* type) {
    const auto found = std::ranges::find(types, type);
    const auto place = static_cast<std::uint32_t>(found - types.begin());
    if (found == types.end()) types.push_back(type);
    return place + 1;
}

bool SwitchContexts::set(model::ObjectId packet, model::ModuleId module, const void* type,
                         void* memory) {
    if (memory != nullptr && get(packet, module, type) != nullptr) return false;
    if (memory != nullptr) {
        contexts.push_back({packet, module, type, memory});
        return true;
    }
    std::erase_if(contexts, [&](const Context& one) {
        return one.packet == packet && one.module == module && one.type == type;
    });
    return true;
}

void* SwitchContexts::get(model::ObjectId packet, model::ModuleId module, const void* type) const {
    const auto found = std::ranges::find_if(contexts, [&](const Context& one) {
        return one.packet == packet && one.module == module && one.type == type;
    });
    return found == contexts.end() ? nullptr : found->memory;
}

void SwitchContexts::forget(model::ObjectId packet) {
    std::erase_if(contexts, [packet](const Context& one) { return one.packet == packet; });
}

}  // namespace interlock::harness

#include "harness/ndis/lent.hpp"

#include <cstring>

#include "harness/check.hpp"
#include "harness/ddi/ddi.hpp"
#include "harness/vswitch/digest.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint32_t lent_tag = tag_of("Lent");

void* cleared(World& world, model::ModuleId to, std::size_t bytes) {
    void* const memory = world.memory.allocate(bytes, lent_tag, PoolKind::object, to);
    check(memory != nullptr, "no memory for the parameters of a call");
    return std::memset(memory, 0, bytes);
}

}  // namespace

LentMemory::LentMemory(World& world, model::ModuleId to, std::size_t bytes)
    : memory(cleared(world, to, bytes)), world(world), bytes(bytes) {}

void LentMemory::seal() {
    sum = sum_of(memory, bytes);
}

void LentMemory::take_back() {
    const model::Misuse wrong = world.memory.free(memory, lent_tag, true, PoolKind::object);
    if (wrong != model::Misuse::none) report_misuse(wrong);
}

void LentMemory::take_back_unchanged() {
    if (sum_of(memory, bytes) != sum) report_misuse(model::Misuse::wrote_to_parameters);
    take_back();
}

}  // namespace interlock::harness

#include "harness/faults/faults.hpp"

namespace interlock::harness {

const Failure* Faults::ask(const Faultable& row) {
    if (!kernel.inside_task() || kernel.current().module == model::host_module) return nullptr;
    const std::uint32_t way = kernel.choose(row.question, 1 + row.ways());
    return way == 0 ? nullptr : &row.failure(way);
}

}  // namespace interlock::harness

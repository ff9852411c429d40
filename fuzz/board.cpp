#include "fuzz/board.hpp"

#include "harness/faults/faultable.hpp"

namespace interlock::fuzz {

harness::Decision Struck::decision() const {
    return {.task      = task,
            .place     = std::string(harness::faultables[row].question),
            .nth       = nth,
            .is_switch = false,
            .other     = {},
            .value     = way};
}

}  // namespace interlock::fuzz

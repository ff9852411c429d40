#include "harness/trace/trace_text.hpp"

namespace interlock::harness {

std::string written(const Trace& trace, const Encoding& by) {
    TraceText all(by);
    give(trace, all);
    all.end();
    return all.text;
}

}  // namespace interlock::harness

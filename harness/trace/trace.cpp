#include "harness/trace/trace.hpp"

namespace interlock::harness {

void give(const Trace& trace, TraceSink& to) {
    to.begin(trace.head);
    auto hole = trace.holes.begin();
    for (std::size_t place = 0; place <= trace.events.size(); ++place) {
        for (; hole != trace.holes.end() && hole->before == place; ++hole)
            to.hole(hole->lost);
        if (place < trace.events.size()) to.event(trace.events[place]);
    }
}

}  // namespace interlock::harness

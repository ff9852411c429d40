#include "harness/trace/unseen.hpp"

namespace interlock::harness {
namespace {

std::vector<model::Call> all_calls() {
    std::vector<model::Call> calls;
    for (std::size_t call = 0; call < model::call_count; ++call)
        calls.push_back(static_cast<model::Call>(call));
    return calls;
}

}  // namespace

std::vector<model::Call> unseen_calls(const TraceHead& head) {
    std::vector<model::Call> calls;
    for (const std::string& name : head.unseen)
        if (!model::find_call(name, calls.emplace_back())) return all_calls();
    return calls;
}

}  // namespace interlock::harness

#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

namespace {

class RoundRobin final : public Scheduler {
public:
    void begin() override {}

    std::optional<std::size_t> next(const Moment& moment) override {
        return plainest(moment);
    }

    std::uint32_t choose(std::string_view, std::uint32_t) override {
        return 0;
    }
};

}  // namespace

std::unique_ptr<Scheduler> round_robin() {
    return std::make_unique<RoundRobin>();
}

}  // namespace interlock::harness

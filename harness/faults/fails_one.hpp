#pragma once

// For tests of calls that are made fail: a world in which one does, and what it then gives.

#include <functional>

#include "harness/faults/faults.hpp"
#include "harness/ndis/own_nbl.hpp"
#include "harness/netio/network_stack.hpp"
#include "harness/sched/scheduler.hpp"
#include "harness/wfp/filter_engine.hpp"

namespace interlock::harness {

/// The plainest schedule, in which one function fails in one way.
class FailsOne final : public Scheduler {
public:
    void begin() override {
        inner->begin();
    }
    std::optional<std::size_t> next(const Moment& moment) override {
        return inner->next(moment);
    }
    std::uint32_t choose(std::string_view what, std::uint32_t count) override {
        return what == question ? way : inner->choose(what, count);
    }
    bool wants_faults() const override {
        return true;
    }

    std::string_view question;
    std::uint32_t    way = 0;

private:
    std::unique_ptr<Scheduler> inner = round_robin();
};

/// 1 for something, 0 for NULL; what there is goes again.
template <typename Object, typename Free>
std::int32_t there_was(Object* object, Free free) {
    if (object == nullptr) return 0;
    free(object);
    return 1;
}

/// The status; what a handle stands for goes again.
template <typename Free>
std::int32_t ended(NTSTATUS status, HANDLE handle, Free free) {
    if (NT_SUCCESS(status)) free(handle);
    return status;
}

template <typename Table>
std::int32_t freed(NTSTATUS status, Table* const& table) {
    if (NT_SUCCESS(status)) FreeMibTable(table);
    return status;
}

struct Tried {
    FaultPoint                    point;
    std::function<std::int32_t()> call;
};

class FaultsTest : public OwnNbl {
protected:
    void SetUp() override {
        auto made = std::make_unique<FailsOne>();
        strikes   = made.get();
        scheduler = std::move(made);
        world.begin(*scheduler, 1'000'000, nullptr);
        OwnNbl::SetUp();
    }

    std::int32_t answer(const Tried& tried, std::uint32_t way) {
        strikes->question = tried.point.row().question;
        strikes->way      = way;
        std::int32_t got  = -1;
        EXPECT_EQ(run([&] { got = tried.call(); }), Halt::finished);
        strikes->question = {};
        return got;
    }

    /// Every way that the table has, and none between.
    void expect_all_ways(const Tried& tried) {
        const Faultable&   row   = tried.point.row();
        const std::int32_t fine  = row.first.status == 0 ? 1 : 0;
        const std::size_t  lived = world.memory.live(0);
        EXPECT_EQ(answer(tried, 0), fine) << row.function();
        for (std::uint32_t way = 1; way <= row.ways(); ++way)
            EXPECT_EQ(answer(tried, way), row.failure(way).status) << row.function();
        EXPECT_EQ(answer(tried, 0), fine) << row.function();
        EXPECT_EQ(world.memory.live(0), lived) << row.function() << " left something";
    }

    FailsOne*   strikes = nullptr;
    NDIS_HANDLE bare = nullptr, full = nullptr, buffers = nullptr;
};

}  // namespace interlock::harness

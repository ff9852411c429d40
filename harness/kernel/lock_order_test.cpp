#include "harness/kernel/lock_order.hpp"

#include <gtest/gtest.h>

namespace interlock::harness {
namespace {

struct Locks3 {
    int a = 0, b = 0, c = 0, gate = 0;
};

/// A world of two tasks in which locks are taken and released.
class LockOrderTest : public testing::Test {
protected:
    /// @return whether that contradicts what was seen before.
    bool take(TaskId task, const void* which, LockForm form = LockForm::spin) {
        const Held held{.lock = which, .task = task, .form = form};
        const bool wrong = order.take(held, all, 0).has_value();
        all.push_back(held);
        return wrong;
    }
    void release_all() {
        all.clear();
    }

    Locks3            lock;
    LockOrder         order;
    std::vector<Held> all;
};

TEST_F(LockOrderTest, IsKeptByWhoTakesThemInOneOrder) {
    for (const TaskId task : {TaskId{1}, TaskId{2}, TaskId{1}}) {
        EXPECT_FALSE(take(task, &lock.a));
        EXPECT_FALSE(take(task, &lock.b));
        release_all();
    }
}

TEST_F(LockOrderTest, IsInvertedByTwoTasksThoughNeitherWaits) {
    take(1, &lock.a), take(1, &lock.b);
    release_all();
    EXPECT_FALSE(take(2, &lock.b));
    EXPECT_TRUE(take(2, &lock.a));
    release_all();
    take(2, &lock.b);
    EXPECT_FALSE(take(2, &lock.a)) << "it is told once";
}

TEST_F(LockOrderTest, ConcernsNotOneTaskAlone) {
    take(1, &lock.a), take(1, &lock.b);
    release_all();
    take(1, &lock.b);
    EXPECT_FALSE(take(1, &lock.a));
}

TEST_F(LockOrderTest, ConcernsNotWhatAThirdLockKeepsApart) {
    take(1, &lock.gate), take(1, &lock.a), take(1, &lock.b);
    release_all();
    take(2, &lock.gate), take(2, &lock.b);
    EXPECT_FALSE(take(2, &lock.a));
    release_all();
    take(2, &lock.b);
    EXPECT_TRUE(take(2, &lock.a)) << "without the gate it does";
}

TEST_F(LockOrderTest, ConcernsReadersOnlyWhereSomebodyWrites) {
    take(1, &lock.a, LockForm::read), take(1, &lock.b, LockForm::read);
    release_all();
    take(2, &lock.b, LockForm::read);
    EXPECT_FALSE(take(2, &lock.a, LockForm::write)) << "task 1 would get b all the same";
    release_all();
    take(2, &lock.b, LockForm::write);
    EXPECT_TRUE(take(2, &lock.a, LockForm::write));
}

TEST_F(LockOrderTest, IsInvertedByACircleOfThree) {
    take(1, &lock.a), take(1, &lock.b);
    release_all();
    take(2, &lock.b);
    EXPECT_FALSE(take(2, &lock.c));
    release_all();
    take(3, &lock.c);
    EXPECT_TRUE(take(3, &lock.a));
}

TEST_F(LockOrderTest, IsNoCircleWhereTwoOfItsOrdersAreOneTasks) {
    take(1, &lock.a), take(1, &lock.b);
    release_all();
    take(2, &lock.b), take(2, &lock.c);
    release_all();
    take(1, &lock.c);
    EXPECT_FALSE(take(1, &lock.a)) << "task 1 cannot wait in both places";
}

TEST_F(LockOrderTest, ConcernsNotACircleThatAGateKeepsApart) {
    take(1, &lock.gate), take(1, &lock.a), take(1, &lock.b);
    release_all();
    take(2, &lock.b), take(2, &lock.c);
    release_all();
    take(3, &lock.gate), take(3, &lock.c);
    EXPECT_FALSE(take(3, &lock.a));
}

TEST_F(LockOrderTest, CountsLocksThatATaskMaySleepWith) {
    const auto sleep_with = [&](TaskId task, const void* which) {
        const Held held{.lock = which, .task = task, .form = LockForm::write};
        const bool wrong = order.take(held, all, 0).has_value();
        order.hold(held);
        return wrong;
    };
    sleep_with(1, &lock.a), sleep_with(1, &lock.b);
    order.release(&lock.b, 1), order.release(&lock.a, 1);
    sleep_with(2, &lock.b);
    EXPECT_TRUE(sleep_with(2, &lock.a));
}

TEST_F(LockOrderTest, ConcernsNotWhatIsOnlyTried) {
    take(1, &lock.a), take(1, &lock.b);
    release_all();
    take(2, &lock.b);
    EXPECT_FALSE(order.take({.lock = &lock.a, .task = 2, .tried = true}, all, 0));
}

TEST_F(LockOrderTest, ForgetsLocksThatAreGone) {
    take(1, &lock.a), take(1, &lock.b);
    release_all();
    order.forget_within(&lock.a, sizeof lock.a);
    take(2, &lock.b);
    EXPECT_FALSE(take(2, &lock.a));
}

}  // namespace
}  // namespace interlock::harness

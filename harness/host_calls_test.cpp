// What goes through on the way into the host and out again: whatever the calling convention knows.

#include "harness/host_calls.hpp"

#include <gtest/gtest.h>

#include <cstdarg>
#include <cstdint>

#include "harness/kernel/outside.hpp"

namespace interlock::harness {
namespace {

/// This thread, as one that runs code of an extension.
class Visitor final : public HostThread {
public:
    Visitor() {
        is_outside = true;
        current    = this;
    }
    ~Visitor() override {
        current = nullptr;
    }
    void go_out() override {
        is_outside = true;
    }
    void come_in() override {
        is_outside = false;
        ++came_in;
    }
    const Task* task() const override {
        return nullptr;
    }
    void signal(int) override {}

    int came_in = 0;
};

template <typename Function>
Function* led(HostCalls& calls, Function* function) {
    return reinterpret_cast<Function*>(calls.through(reinterpret_cast<void*>(function)));
}

bool inside() {
    return !is_outside();
}

// More than there are registers for, of both kinds.
double sum(int a, double b, int c, double d, int e, double f, int g, double h, int i, double j,
           int k, double l, int m, double n, int o, double p, int q, double r, double s) {
    return inside() ? a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q + r + s : 0;
}

int sum_of(int count, ...) {
    std::va_list rest;
    va_start(rest, count);
    double total = 0;
    for (int place = 0; place < count; ++place)
        total += va_arg(rest, double);
    va_end(rest);
    return static_cast<int>(total);
}

struct TwoWords {
    std::uint64_t low, high;
};
TwoWords two_words(std::uint64_t low) {
    return {low, ~low};
}

struct TwoDoubles {
    double first, second;
};
TwoDoubles two_doubles(double first) {
    return {first, -first};
}

struct Large {
    std::uint64_t words[8];
};
Large doubled(Large given) {  // Both on the stack.
    for (std::uint64_t& word : given.words)
        word *= 2;
    return given;
}

TEST(HostCalls, PassAllArgumentsAndComeBackOutside) {
    HostCalls calls;
    Visitor   visitor;
    EXPECT_EQ(led(calls, &sum)(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19),
              190);
    EXPECT_EQ(led(calls, &sum_of)(9, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0), 45);
    EXPECT_EQ(visitor.came_in, 2);
    EXPECT_TRUE(visitor.is_outside);
    EXPECT_TRUE(visitor.calls.empty());
}

TEST(HostCalls, PassAllThatAFunctionReturns) {
    HostCalls        calls;
    Visitor          visitor;
    const TwoWords   words   = led(calls, &two_words)(0x0123456789ABCDEF);
    const TwoDoubles doubles = led(calls, &two_doubles)(2.5);
    const Large      large   = led(calls, &doubled)({{1, 2, 3, 4, 5, 6, 7, 8}});
    EXPECT_EQ(words.low, 0x0123456789ABCDEF);
    EXPECT_EQ(words.high, ~std::uint64_t{0x0123456789ABCDEF});
    EXPECT_EQ(doubles.first, 2.5);
    EXPECT_EQ(doubles.second, -2.5);
    EXPECT_EQ(large.words[7], 16U);
}

// A handler that the host calls from there may call the host again.
bool calls_again(HostCalls& calls) {
    const bool before = inside();
    bool       within = false;
    {
        const Outside outside;
        within = led(calls, &inside)();
    }
    return before && within && inside();
}

TEST(HostCalls, AreNestedAsDeepAsTheyCome) {
    HostCalls calls;
    Visitor   visitor;
    EXPECT_TRUE(led(calls, &calls_again)(calls));
    EXPECT_TRUE(visitor.is_outside);
    EXPECT_EQ(visitor.came_in, 3);  // Also when the handler is over.
}

TEST(HostCalls, LeaveWhoIsInsideWhereHeIs) {
    HostCalls calls;
    Visitor   visitor;
    visitor.is_outside = false;
    EXPECT_TRUE(led(calls, &inside)());
    EXPECT_FALSE(visitor.is_outside);
    EXPECT_EQ(visitor.came_in, 0);
}

TEST(HostCalls, HaveOneAddressForEachFunction) {
    HostCalls calls;
    EXPECT_EQ(led(calls, &inside), led(calls, &inside));
    EXPECT_NE(led(calls, &inside), &inside);
}

}  // namespace
}  // namespace interlock::harness

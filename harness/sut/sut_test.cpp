// The promises of all switches: the ideal one keeps them, each faulty one is caught at its own,
// and ours keeps them with and without extensions.

#include <gtest/gtest.h>

#include "harness/bundled.hpp"
#include "harness/sut/course.hpp"
#include "harness/sut/forwarding.hpp"
#include "harness/sut/ideal_switch.hpp"
#include "harness/trace/judging_sink.hpp"

namespace interlock::harness {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t courses = 200, steps = 80;

TEST(Course, IsReadAsItIsWritten) {
    const Course course = random_course(3, 50);
    EXPECT_EQ(std::get<Course>(parse_course(text_of(course), "a.course")), course);
    const auto bad = parse_course("plug 0 as 0\nsend 0 to 9\n", "a.course");
    EXPECT_EQ(std::get<InputError>(bad).line, 2U);
}

TEST(Promises, AreAllAskedAndKeptByTheIdealSwitch) {
    std::array<std::uint64_t, sut_promise_count> asked{};
    for (std::uint64_t seed = 0; seed < courses; ++seed) {
        IdealSwitch        ideal;
        const CourseResult result = run(ideal, random_course(seed, steps));
        ASSERT_TRUE(result.findings.empty())
            << "seed " << seed << ": " << result.findings.front().what;
        for (std::size_t promise = 0; promise < sut_promise_count; ++promise)
            asked[promise] += result.asked[promise];
    }
    for (std::size_t promise = 0; promise < sut_promise_count; ++promise)
        EXPECT_GT(asked[promise], courses / 2) << name_of(static_cast<SutPromise>(promise));
}

TEST(Promises, EachIsSeenToBeBroken) {
    for (std::size_t one = 0; one < sut_promise_count; ++one) {
        const auto  promise = static_cast<SutPromise>(one);
        std::size_t broken  = 0;
        Course      course;
        for (std::uint64_t seed = 0; seed < courses; ++seed) {
            IdealSwitch faulty(promise);
            Course      tried = random_course(seed, steps);
            if (!breaks(faulty, tried, promise)) continue;
            ++broken;
            course = std::move(tried);
        }
        EXPECT_GT(broken, courses / 8) << name_of(promise);
        const auto   anew  = [&] { return std::make_unique<IdealSwitch>(promise); };
        const Course small = shortest(course, promise, anew);
        EXPECT_TRUE(breaks(*anew(), small, promise)) << name_of(promise);
        EXPECT_LT(small.size(), steps / 4) << name_of(promise) << "\n" << text_of(small);
    }
}

CourseResult run_on_ours(const std::vector<std::string>& extensions, const Course& course) {
    auto opened = open_own_switch(extensions);
    if (const auto* error = std::get_if<InputError>(&opened)) {
        ADD_FAILURE() << to_string(*error);
        return {};
    }
    return run(*std::get<std::unique_ptr<SwitchUnderTest>>(opened), course);
}

TEST(OurSwitch, KeepsThePromises) {
    for (const std::vector<std::string>& extensions :
         {std::vector<std::string>{}, std::vector{bundled("forwarder")}}) {
        const CourseResult result = run_on_ours(extensions, random_course(7, 40));
        for (const SutFinding& finding : result.findings)
            ADD_FAILURE() << name_of(finding.promise) << ": " << finding.what;
        EXPECT_GT(result.deliveries, 0U);
    }
}

// --- In the simulator ----------------------------------------------------------------------------

struct KeepsEvents : JudgingSink {
    void event(const model::Event& one) override {
        JudgingSink::event(one);
        events.push_back(one);
    }

    std::vector<model::Event> events;
};

struct Simulated {
    CourseResult              result;
    std::vector<model::Event> events;
    model::Outcome            outcome = model::Outcome::undecided;
};

Simulated simulate(const std::vector<std::string>& extensions, std::uint64_t seed) {
    KeepsEvents sink;
    Simulated   simulated;
    {
        auto opened      = open_simulated_switch(extensions, seed, &sink);
        auto tested      = std::get<std::unique_ptr<SwitchUnderTest>>(std::move(opened));
        simulated.result = run(*tested, random_course(seed, steps));
    }
    simulated.outcome = sink.judge.verdict().outcome;
    simulated.events  = std::move(sink.events);
    return simulated;
}

TEST(SimulatedSwitch, KeepsThePromisesUnderEverySeed) {
    for (const std::vector<std::string>& extensions :
         {std::vector<std::string>{}, std::vector{bundled("forwarder")}}) {
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const Simulated one = simulate(extensions, seed);
            for (const SutFinding& finding : one.result.findings)
                ADD_FAILURE() << "seed " << seed << ", " << name_of(finding.promise) << ": "
                              << finding.what;
            EXPECT_EQ(one.outcome, model::Outcome::conforms) << "seed " << seed;
            EXPECT_GT(one.result.deliveries, 0U);
        }
    }
}

TEST(SimulatedSwitch, DoesTheSameAgainFromTheSameSeed) {
    const std::vector<std::string> forwards{bundled("forwarder")};
    const Simulated                first = simulate(forwards, 3);
    EXPECT_GT(first.events.size(), 100U);
    EXPECT_TRUE(first.events == simulate(forwards, 3).events);
    EXPECT_FALSE(first.events == simulate(forwards, 4).events);
}

// --- What is forwarded ---------------------------------------------------------------------------

TEST(Forwarding, LosesNothingWhereNothingIsLost) {
    IdealSwitch     ideal;
    const Forwarded result = forward(ideal, {.frames_per_s = 20'000, .time = 100ms});
    EXPECT_GT(result.sent, 100U);
    EXPECT_EQ(result.arrived, result.sent);
    EXPECT_GT(result.rate(), 1000);
}

TEST(Forwarding, CountsWhatIsLost) {
    IdealSwitch     faulty(SutPromise::not_lost);
    const Forwarded result = forward(faulty, {.frames_per_s = 20'000, .time = 100ms});
    EXPECT_NEAR(result.loss(), 1.0 / 3, 0.05);
}

TEST(Forwarding, GoesOnWhileOtherPortsComeAndGo) {
    JudgingSink sink;
    Forwarded   result;
    {
        const std::string stack[] = {bundled("forwarder")};
        auto              opened  = open_own_switch(stack, &sink);
        auto&             own     = std::get<std::unique_ptr<SwitchUnderTest>>(opened);
        result = forward(*own, {.frames_per_s = 2'000, .time = 400ms, .lives_per_s = 10});
    }
    EXPECT_FALSE(result.trouble.has_value());
    EXPECT_GT(result.lives, 0U);
    EXPECT_EQ(result.arrived, result.sent);
    EXPECT_EQ(sink.judge.verdict().outcome, model::Outcome::conforms);
}

}  // namespace
}  // namespace interlock::harness

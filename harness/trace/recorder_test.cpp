#include "harness/trace/recorder.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace interlock::harness {
namespace {

model::Event event_of(model::Call call) {
    model::Event event;
    event.call = call;
    return event;
}

TEST(Recorder, FillsInWhoAndWhereAndWhen) {
    Kernel     kernel;
    Recorder   recorder(kernel);
    const auto scheduler = round_robin();
    kernel.begin(*scheduler, 1000);
    recorder.begin(nullptr);
    recorder.add(event_of(model::Call::SwitchActivated));
    kernel.spawn({Role::control, 0}, 0, passive_level, [&] { kernel.sleep(50, "sleep"); });
    kernel.spawn({Role::sender, 3}, 2, dispatch_level, [&] {
        Task& task = kernel.current();
        task.locks = 4;
        task.step  = 9;
        kernel.sleep(100, "sleep");
        recorder.add(event_of(model::Call::Waited));
    });
    ASSERT_EQ(kernel.run(), Halt::finished);

    ASSERT_EQ(recorder.trace().size(), 2U);
    EXPECT_EQ(recorder.trace()[0], event_of(model::Call::SwitchActivated));
    model::Event expected = event_of(model::Call::Waited);
    expected.task         = 1;
    expected.cpu          = 2;
    expected.irql         = dispatch_level;
    expected.locks        = 4;
    expected.step         = 9;
    expected.time_100ns   = 100;
    EXPECT_EQ(recorder.trace()[1], expected);
}

TEST(Recorder, SaysThatTheTraceIsNotWholeWhenThereIsNoRoom) {
    Kernel      kernel;
    Recorder    recorder(kernel);
    TraceBuffer buffer(3);
    recorder.begin(nullptr, &buffer);
    for (int i = 0; i < 3; ++i)
        recorder.add({});
    EXPECT_FALSE(recorder.truncated());
    recorder.add({});
    EXPECT_TRUE(recorder.truncated());
    EXPECT_EQ(recorder.trace().size(), 3U);
    recorder.begin(nullptr, &buffer);
    EXPECT_FALSE(recorder.truncated());
    EXPECT_TRUE(recorder.trace().empty());
}

TEST(Recorder, LeavesTheTraceOfAProcessThatDied) {
    Kernel      kernel;
    Recorder    recorder(kernel);
    TraceBuffer buffer;
    recorder.begin(nullptr, &buffer);
    const pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 1000; ++i)
            recorder.add(event_of(model::Call::DriverEntry));
        std::_Exit(9);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(buffer.trace().size(), 1000U);
    EXPECT_EQ(buffer.trace()[999].call, model::Call::DriverEntry);
}

}  // namespace
}  // namespace interlock::harness

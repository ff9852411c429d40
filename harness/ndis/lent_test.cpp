#include "harness/ndis/lent.hpp"

#include <gtest/gtest.h>

#include "harness/ddi/driver_test.hpp"
#include "harness/kernel/poison.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;
using Misuses = std::vector<Misuse>;

struct Numbers {
    std::uint32_t one = 1, two = 2;
};

TEST(Lent, IsWholeAndIsReadWithoutHarm) {
    DriverTest test;
    test.run([&] {
        Lent<Numbers> numbers(world(), 0);
        EXPECT_EQ(numbers->one + numbers->two, 3U);
        numbers.take_back_unchanged();
    });
    EXPECT_EQ(test.misuses(), Misuses{});
}

TEST(Lent, ToldIsWhoWritesToWhatIsOnlyForReading) {
    DriverTest test;
    test.run([&] {
        Lent<Numbers> reading(world(), 0), others(world(), 0);
        reading->two = others->two = 3;
        reading.take_back_unchanged();
        others.take_back();
    });
    EXPECT_EQ(test.misuses(), Misuses{Misuse::wrote_to_parameters});
}

TEST(Lent, ToldIsWhoWritesWhenTheCallIsOver) {
    if (poisons_memory()) GTEST_SKIP() << "the sanitizer sees it first";
    DriverTest test;
    test.run([&] {
        Lent<Numbers>  numbers(world(), 0);
        Numbers* const kept = numbers.operator->();
        numbers.take_back();
        kept->one = 7;
        report_writes(0);
    });
    EXPECT_EQ(test.misuses(), Misuses{Misuse::wrote_to_freed});
}

}  // namespace
}  // namespace interlock::harness

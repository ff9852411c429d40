#include "harness/kernel/memory.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <optional>
#include <vector>

#include "harness/kernel/poison.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;

constexpr std::uint32_t   tag   = 0x31323334;
constexpr model::ModuleId owner = 2;

TEST(Memory, CountsWhatAModuleHasNotFreed) {
    Memory      memory;
    void* const one   = memory.allocate(10, tag, PoolKind::ex, owner);
    void* const other = memory.allocate(0, tag, PoolKind::ndis, owner);
    memory.allocate(10, tag, PoolKind::ex, owner + 1);
    EXPECT_EQ(memory.live(owner), 2U);
    EXPECT_EQ(memory.free(one, tag, true, PoolKind::ex), Misuse::none);
    EXPECT_EQ(memory.free(other, 0, false, PoolKind::ndis), Misuse::none);
    EXPECT_EQ(memory.live(owner), 0U);
    EXPECT_EQ(memory.live(owner + 1), 1U);
}

TEST(Memory, SeesWhatIsFreedTwiceOrWasNeverAllocated) {
    Memory      memory;
    int         elsewhere = 0;
    void* const one       = memory.allocate(32, tag, PoolKind::ex, owner);
    EXPECT_EQ(memory.free(one, tag, true, PoolKind::ex), Misuse::none);
    EXPECT_EQ(memory.free(one, tag, true, PoolKind::ex), Misuse::freed_twice);
    EXPECT_EQ(memory.free(&elsewhere, tag, true, PoolKind::ex), Misuse::freed_twice);
}

// Addresses are not used again at once: the second free is one of nothing, not of a new piece.
TEST(Memory, SeesASecondFreeAlsoAfterFurtherAllocations) {
    Memory      memory;
    void* const one = memory.allocate(32, tag, PoolKind::ex, owner);
    EXPECT_EQ(memory.free(one, tag, true, PoolKind::ex), Misuse::none);
    for (int i = 0; i < 30; ++i)
        EXPECT_NE(memory.allocate(32, tag, PoolKind::ex, owner), one);
    EXPECT_EQ(memory.free(one, tag, true, PoolKind::ex), Misuse::freed_twice);
    EXPECT_EQ(memory.live(owner), 30U);
}

void write(void* memory, std::ptrdiff_t place) {
    static_cast<volatile char*>(memory)[place] = 1;
}

TEST(Memory, SeesWhatIsWrittenOutsideWhenItIsFreed) {
    if (poisons_memory()) GTEST_SKIP() << "the address sanitizer sees it first";
    for (const std::ptrdiff_t place : {-1, -16, 24, 39}) {
        Memory      memory;
        void* const one = memory.allocate(24, tag, PoolKind::ex, owner);
        write(one, place);
        EXPECT_EQ(memory.free(one, tag, true, PoolKind::ex), Misuse::wrote_outside) << place;
    }
    Memory      memory;
    void* const whole = memory.allocate(24, tag, PoolKind::ex, owner);
    write(whole, 0), write(whole, 23);
    EXPECT_EQ(memory.free(whole, tag, true, PoolKind::ex), Misuse::none);
}

TEST(Memory, InspectsOneOwnersAndMendsIt) {
    if (poisons_memory()) GTEST_SKIP() << "the address sanitizer sees it first";
    Memory      memory;
    void* const one = memory.allocate(24, tag, PoolKind::ex, owner);
    EXPECT_EQ(memory.inspect(owner), Misuse::none);
    write(one, 24);
    EXPECT_EQ(memory.inspect(owner + 1), Misuse::none);
    EXPECT_EQ(memory.inspect(owner), Misuse::wrote_outside);
    EXPECT_EQ(memory.inspect(owner), Misuse::none);
    EXPECT_EQ(memory.free(one, tag, true, PoolKind::ex), Misuse::none);
    write(one, 3);
    EXPECT_EQ(memory.inspect(owner), Misuse::wrote_to_freed);
    EXPECT_EQ(memory.inspect(owner), Misuse::none);
}

TEST(Memory, SeesAWriteToWhatIsFreedBeforeItIsUsedAgain) {
    if (poisons_memory()) GTEST_SKIP() << "the address sanitizer sees it first";
    Memory      memory;
    void* const one = memory.allocate(24, tag, PoolKind::ex, owner);
    memory.free(one, tag, true, PoolKind::ex);
    write(one, 0);
    std::optional<model::ModuleId> written;
    for (int i = 0; i < 100 && !written; ++i) {
        memory.free(memory.allocate(24, tag, PoolKind::ex, 0), tag, true, PoolKind::ex);
        written = memory.take_written_after_free();
    }
    EXPECT_EQ(written, owner);
}

TEST(Memory, SeesAFreeByAnotherFamilyOrTag) {
    Memory memory;
    EXPECT_EQ(memory.free(memory.allocate(8, tag, PoolKind::ex, owner), tag, true, PoolKind::ndis),
              Misuse::freed_as_another_kind);
    EXPECT_EQ(memory.free(memory.allocate(8, tag, PoolKind::ex, owner), 7, true, PoolKind::ex),
              Misuse::freed_as_another_kind);
    EXPECT_EQ(memory.live(owner), 0U) << "it is freed all the same";
}

TEST(Memory, ReadsTheSameInEveryRunWhereNobodyWrote) {
    Memory     memory;
    const auto content = [&memory] {
        auto* const bytes =
            static_cast<unsigned char*>(memory.allocate(1000, tag, PoolKind::ex, owner));
        const std::vector<unsigned char> read(bytes, bytes + 1000);
        std::memset(bytes, 0x11, 1000);
        return read;
    };
    const auto first = content();
    memory.begin();
    EXPECT_EQ(content(), first);
}

TEST(Memory, FindsAPieceByItsFirstByteOnly) {
    Memory      memory;
    auto* const bytes = static_cast<char*>(memory.allocate(100, tag, PoolKind::object, owner));
    ASSERT_NE(memory.find(bytes), nullptr);
    EXPECT_EQ(memory.find(bytes)->bytes, 100U);
    EXPECT_EQ(memory.find(bytes)->tag, tag);
    EXPECT_EQ(memory.find(bytes)->owner, owner);
    EXPECT_EQ(memory.find(bytes + 16), nullptr);
    EXPECT_EQ(memory.find(nullptr), nullptr);
}

TEST(Memory, RefusesWhatIsNeverThere) {
    Memory memory;
    EXPECT_EQ(memory.allocate(0xFFFFFFFF, tag, PoolKind::ex, owner), nullptr);
    EXPECT_EQ(memory.live(owner), 0U);
}

TEST(Memory, KeepsTrackOfManyPieces) {
    Memory             memory;
    std::vector<void*> pieces;
    for (int i = 0; i < 10'000; ++i) {
        pieces.push_back(memory.allocate(24, tag, PoolKind::ex, owner));
    }
    for (std::size_t i = 0; i < pieces.size(); i += 3) {
        ASSERT_EQ(memory.free(pieces[i], tag, true, PoolKind::ex), Misuse::none);
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        ASSERT_EQ(memory.find(pieces[i]) == nullptr, i % 3 == 0);
    }
    memory.begin();
    EXPECT_EQ(memory.live(owner), 0U);
    for (void* const piece : pieces)
        ASSERT_EQ(memory.find(piece), nullptr);
}

}  // namespace
}  // namespace interlock::harness

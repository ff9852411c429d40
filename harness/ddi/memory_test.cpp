#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include <ntstrsafe.h>

#include "harness/ddi/driver_test.hpp"

extern "C" {
std::size_t wdk_wcslen(const wchar_t* text) noexcept;
int         wdk_wcsncmp(const wchar_t* left, const wchar_t* right, std::size_t max) noexcept;
wchar_t*    wdk_wcsstr(const wchar_t* text, const wchar_t* part) noexcept;
}

namespace interlock::harness {
namespace {

using model::Misuse;

TEST(Pool, ZeroesWhereItIsDocumented) {
    DriverTest test;
    test.run([&] {
        auto* const bytes =
            static_cast<UCHAR*>(ExAllocatePool2(POOL_FLAG_NON_PAGED, 100, test_tag));
        EXPECT_TRUE(std::all_of(bytes, bytes + 100, [](UCHAR byte) { return byte == 0; }));
        ExFreePoolWithTag(bytes, test_tag);
        EXPECT_EQ(ExAllocatePool2(POOL_FLAG_NON_PAGED, 100, 0), nullptr);
        auto* const kept = static_cast<UCHAR*>(
            ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED, 100, test_tag));
        EXPECT_TRUE(std::any_of(kept, kept + 100, [](UCHAR byte) { return byte != 0; }));
        ExFreePool(kept);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(Pool, ReportsWhatIsFreedWrongly) {
    DriverTest test;
    test.run([&] {
        void* const one =
            NdisAllocateMemoryWithTagPriority(nullptr, 8, test_tag, NormalPoolPriority);
        NdisFreeMemoryWithTagPriority(nullptr, one, test_tag);
        NdisFreeMemoryWithTagPriority(nullptr, one, test_tag);
        ExFreePool(NdisAllocateMemoryWithTagPriority(nullptr, 8, test_tag, NormalPoolPriority));
        ExFreePoolWithTag(ExAllocatePoolWithTag(NonPagedPoolNx, 8, test_tag), test_tag + 1);
        ExFreePool(nullptr);
    });
    EXPECT_EQ(test.misuses(), (Misuses{Misuse::freed_twice, Misuse::freed_as_another_kind,
                                       Misuse::freed_as_another_kind, Misuse::bad_argument}));
}

TEST(Lookaside, GivesPiecesOfItsSize) {
    DriverTest test;
    test.run([&] {
        NPAGED_LOOKASIDE_LIST list;
        ExInitializeNPagedLookasideList(&list, nullptr, nullptr, 0, 48, test_tag, 0);
        void* const entry = ExAllocateFromNPagedLookasideList(&list);
        EXPECT_EQ(test.world.memory.find(entry)->bytes, 48U);
        ExFreeToNPagedLookasideList(&list, entry);
        ExDeleteNPagedLookasideList(&list);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(List, KeepsItsOrderUnderItsLock) {
    DriverTest test;
    test.run([&] {
        LIST_ENTRY     head, one, other;
        NDIS_SPIN_LOCK lock{};
        InitializeListHead(&head);
        EXPECT_EQ(NdisInterlockedInsertTailList(&head, &one, &lock), nullptr);
        EXPECT_EQ(NdisInterlockedInsertHeadList(&head, &other, &lock), &one);
        EXPECT_EQ(ExInterlockedRemoveHeadList(&head, &lock.SpinLock), &other);
        EXPECT_EQ(NdisInterlockedRemoveHeadList(&head, &lock), &one);
        EXPECT_EQ(NdisInterlockedRemoveHeadList(&head, &lock), nullptr);
        EXPECT_EQ(test.current().locks, 0);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
}

TEST(String, CountsInBytes) {
    DriverTest test;
    test.run([&] {
        UNICODE_STRING text, same;
        RtlInitUnicodeString(&text, L"Port");
        EXPECT_EQ(text.Length, 8);
        EXPECT_EQ(text.MaximumLength, 10);
        RtlInitUnicodeString(&same, L"pORT");
        EXPECT_TRUE(RtlEqualUnicodeString(&text, &same, TRUE));
        EXPECT_FALSE(RtlEqualUnicodeString(&text, &same, FALSE));
        ANSI_STRING narrow{};
        EXPECT_EQ(RtlUnicodeStringToAnsiString(&narrow, &text, TRUE), STATUS_SUCCESS);
        EXPECT_STREQ(narrow.Buffer, "Port");
        EXPECT_EQ(narrow.Length, 4);
        RtlFreeAnsiString(&narrow);
        WCHAR          room[6];
        UNICODE_STRING copy{0, sizeof room, room};
        RtlCopyUnicodeString(&copy, &text);
        EXPECT_EQ(RtlAppendUnicodeToString(&copy, L"42"), STATUS_SUCCESS);
        EXPECT_EQ(wdk_wcsncmp(room, L"Port42", 6), 0);
        EXPECT_EQ(RtlAppendUnicodeToString(&copy, L"3"), STATUS_BUFFER_TOO_SMALL);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(String, IsPrintedIntoACountedBuffer) {
    char  narrow[8];
    WCHAR wide[8];
    EXPECT_EQ(RtlStringCbPrintfA(narrow, sizeof narrow, "%d/%ws", 3, L"ab"), STATUS_SUCCESS);
    EXPECT_STREQ(narrow, "3/ab");
    EXPECT_EQ(RtlStringCbPrintfA(narrow, sizeof narrow, "%s", "123456789"), STATUS_BUFFER_OVERFLOW);
    EXPECT_STREQ(narrow, "1234567");
    EXPECT_EQ(RtlStringCbPrintfW(wide, sizeof wide, L"%S", "12345678"), STATUS_BUFFER_OVERFLOW);
    EXPECT_EQ(wdk_wcslen(wide), 7U);
    EXPECT_EQ(RtlStringCbPrintfA(narrow, 0, "x"), STATUS_INVALID_PARAMETER);
    std::size_t bytes = 0;
    EXPECT_EQ(RtlStringCbLengthW(wide, sizeof wide, &bytes), STATUS_SUCCESS);
    EXPECT_EQ(bytes, 14U);
    EXPECT_EQ(RtlStringCbLengthW(wide, 8, &bytes), STATUS_INVALID_PARAMETER);
    EXPECT_EQ(_snprintf(narrow, 3, "%d", 12345), -1);
    EXPECT_EQ(std::string(narrow, 3), "123");
}

TEST(String, IsSearchedInSixteenBits) {
    const wchar_t* const text = L"abcabd";
    EXPECT_EQ(wdk_wcsstr(text, L"abd"), text + 3);
    EXPECT_EQ(wdk_wcsstr(text, L"abe"), nullptr);
    EXPECT_EQ(_wcsicmp(text, L"ABCabd"), 0);
    EXPECT_LT(_wcsnicmp(text, L"abd", 3), 0);
}

TEST(Text, IsReadAsANumber) {
    DriverTest test;
    test.run([] {
        const auto number = [](PCWSTR text, ULONG base) {
            UNICODE_STRING counted;
            RtlInitUnicodeString(&counted, text);
            ULONG value = 0;
            EXPECT_EQ(RtlUnicodeStringToInteger(&counted, base, &value), STATUS_SUCCESS);
            return value;
        };
        EXPECT_EQ(number(L"42 ports", 0), 42U);
        EXPECT_EQ(number(L" -0x1F", 0), 0U - 0x1F);
        EXPECT_EQ(number(L"ff", 16), 0xFFU);
        EXPECT_EQ(number(L"0b101", 0), 5U);
    });
}

TEST(Text, OfAGuidIsReadAndWritten) {
    DriverTest test;
    test.run([] {
        UNICODE_STRING text = RTL_CONSTANT_STRING(L"{01234567-89AB-CDEF-1032-547698BADCFE}");
        UNICODE_STRING again{};
        GUID           guid{};
        ASSERT_EQ(RtlGUIDFromString(&text, &guid), STATUS_SUCCESS);
        EXPECT_EQ(guid.Data1, 0x01234567U);
        EXPECT_EQ(guid.Data3, 0xCDEF);
        EXPECT_EQ(guid.Data4[7], 0xFE);
        ASSERT_EQ(RtlStringFromGUID(&guid, &again), STATUS_SUCCESS);
        EXPECT_TRUE(RtlEqualUnicodeString(&text, &again, FALSE));
        RtlFreeUnicodeString(&again);
        text.Length -= 2;
        EXPECT_EQ(RtlGUIDFromString(&text, &guid), STATUS_INVALID_PARAMETER);
    });
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(Debug, PrintsOnlyWhereSomebodyReads) {
    DriverTest  test;
    std::string printed;
    test.run([] { DbgPrint("nobody reads %s", "this"); });
    test.world.printed = [&](std::string_view text) { printed += text; };
    test.run([] {
        UNICODE_STRING nic = RTL_CONSTANT_STRING(L"nic");
        DbgPrint("%wZ %I64u\n", &nic, 7ULL);
        DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "%x\n", 255);
    });
    EXPECT_EQ(printed, "nic 7\nff\n");
}

TEST(Debug, WritesAnAssertionToTheTraceAndGoesOn) {
    DriverTest test;
    test.run([&] {
        RtlAssert(const_cast<char*>("x == y"), const_cast<char*>("driver.c"), 77, nullptr);
        test.write('a');
    });
    ASSERT_EQ(test.world.recorder.trace().size(), 1U);
    EXPECT_EQ(test.world.recorder.trace()[0].call, model::Call::AssertionFailed);
    EXPECT_EQ(test.world.recorder.trace()[0].module, 0);
    EXPECT_EQ(test.world.recorder.trace()[0].detail, 77U);
    EXPECT_EQ(test.log, "a");
}

using DebugDeathTest = testing::Test;

TEST(DebugDeathTest, EndsTheProcessWhenTheMachineIsStopped) {
    EXPECT_DEATH(KeBugCheck(0xC4), "stopped the machine: KeBugCheck 0xC4");
}

TEST(Mdl, MapsTheBytesItDescribes) {
    DriverTest test;
    test.run([&] {
        char       bytes[100];
        MDL* const mdl = IoAllocateMdl(bytes, 100, FALSE, FALSE, nullptr);
        MmBuildMdlForNonPagedPool(mdl);
        EXPECT_EQ(MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority), bytes);
        MDL* const part = IoAllocateMdl(bytes, 100, FALSE, FALSE, nullptr);
        IoBuildPartialMdl(mdl, part, bytes + 10, 20);
        EXPECT_EQ(MmGetSystemAddressForMdlSafe(part, NormalPagePriority), bytes + 10);
        EXPECT_EQ(MmGetMdlByteCount(part), 20U);
        IoFreeMdl(part);
        IoFreeMdl(mdl);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

}  // namespace
}  // namespace interlock::harness

// What Interlock says of itself and of what a module wants.

#include "harness/ddi/interface.hpp"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace interlock::harness {
namespace {

TEST(DriverInterface, KnowsThePages) {
    EXPECT_EQ(page_of("NdisFOidRequest"), "nf-ndis-ndisfoidrequest");
    EXPECT_EQ(page_of("ExAllocatePool2"), "nf-wdm-exallocatepool2");
    EXPECT_EQ(page_of("FwpsCalloutRegister2"), "nf-fwpsk-fwpscalloutregister2");
    EXPECT_EQ(page_of("ResolveIpNetEntry2"), "resolveipnetentry2");
    EXPECT_EQ(page_of("ExAllocatePool"), "nf-wdm-exallocatepool");
    EXPECT_EQ(page_of("IofCompleteRequest"), "nf-wdm-iocompleterequest") << "of the macro";
    EXPECT_EQ(page_of("KfRaiseIrql"), "nf-wdm-keraiseirql");
    EXPECT_EQ(page_of("NdisFOid"), "") << "a part of a name is no name";
    EXPECT_EQ(page_of("InterlockHasNotThis"), "");
}

TEST(DriverInterface, TellsWhatThereIsFromWhatThereIsNot) {
    ElfFile module;
    module.wanted = {"memcpy",           "malloc",      "NdisMSleep",         "KeSetPriorityThread",
                     "KeGenericCallDpc", "__asan_init", "InterlockHasNotThis"};
    const auto wanted = wanted_functions(module);
    ASSERT_EQ(wanted.size(), 6U) << "what a sanitizer adds is not the driver's";
    EXPECT_EQ(wanted[0].name, "InterlockHasNotThis");
    EXPECT_EQ(wanted[0].standing, Standing::missing);
    EXPECT_EQ(wanted[1].standing, Standing::missing);
    EXPECT_EQ(wanted[2].standing, Standing::deviates);
    EXPECT_EQ(wanted[2].deviation->kind, DeviationKind::bookkeeping);
    EXPECT_EQ(wanted[3].standing, Standing::implemented);
    EXPECT_EQ(wanted[4].standing, Standing::not_windows) << "libc has it; that is no help";
    EXPECT_EQ(wanted[5].standing, Standing::implemented);
    EXPECT_EQ(why_not_loaded(wanted),
              "calls what Interlock does not have: InterlockHasNotThis, KeGenericCallDpc; and "
              "calls what the kernel of Windows does not have: malloc");
    EXPECT_EQ(why_not_loaded({}), "");
}

TEST(DriverInterface, PrefersTheDeviationThatSaysMost) {
    EXPECT_EQ(deviation_of("ExFreeToNPagedLookasideList")->function, "Ex*LookasideList");
    EXPECT_EQ(deviation_of("GetIpForwardTable2")->function, "GetIp*");
    EXPECT_EQ(deviation_of("KeSetEvent"), nullptr);
}

// A row about a function that is not there would be a lie.
TEST(DriverInterface, DeviatesOnlyInWhatItHas) {
    std::size_t functions = 0;
    for (const Deviation& row : deviations()) {
        if (row.function.find('*') != row.function.npos || row.function.starts_with("__")) continue;
        ++functions;
        EXPECT_NE(dlsym(RTLD_DEFAULT, std::string(row.function).c_str()), nullptr) << row.function;
    }
    EXPECT_GT(functions, 20U);
}

TEST(DriverInterface, HasADocumentAsCommitted) {
    std::ifstream      file("docs/deviations.md");
    std::ostringstream committed;
    committed << file.rdbuf();
    EXPECT_EQ(committed.str(), deviations_document())
        << "out of date: interlock deviations --markdown > docs/deviations.md";
}

}  // namespace
}  // namespace interlock::harness

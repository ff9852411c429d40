#include "model/verifier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

#include "model/judge.hpp"

namespace interlock::model {
namespace {

// Typed a second time, from the pages: number or name, Microsoft's name where there is a number,
// and who answers to it.
constexpr std::string_view typed_again = R"(
0xC4/0xA001 | - | NBL-12
0xC4/0xA002 | - | FWD-03
0xC4/0xA003 | - | FWD-02
0xC4/0xA004 | - | FWD-14 OID-16 PKT-15
0xC4/0xA005 | - | FWD-14 PKT-01 PKT-04
0xC4/0xA006 | - | FWD-06 PKT-01 PKT-08
0xC4/0xA007 | - | FWD-09 FWD-11 FWD-15
0xC4/0xA008 | - | REF-02
0xC4/0xA009 | - | REF-01
0xC4/0xA00A | - | FWD-19
0xC4/0xA00B | - | FWD-13
0xC4/0xA00C | - | FLAG-01
0xC4/0xA00D | - | FLAG-04
0xC4/0x1001 | - | RUN-05
0x91001 | NdisOidComplete | OID-02 OID-06
0x91002 | NdisOidDoubleComplete | OID-02
0x9100E | NdisOidDoubleRequest | OID-01
0x92003 | NdisTimedOidComplete | OID-03
0x9200D | NdisTimedDataSend | PKT-13
0x9200F | NdisTimedDataHang | PKT-13
0x92010 | NdisFilterTimedPauseComplete | FILT-05 FILT-13
0x92011 | NdisFilterTimedDataSend | NBL-02 PKT-13
0x92012 | NdisFilterTimedDataReceive | NBL-03 PKT-13
0x44 | MULTIPLE_IRP_COMPLETE_REQUESTS | IRP-01
0xC9/0x06 | - | IRP-05
0xC9/0x07 | - | IRP-06
CompleteRequest | CompleteRequest | IRP-02
CompleteRequestStatusCheck | CompleteRequestStatusCheck | IRP-05
DoubleCompletion | DoubleCompletion | IRP-01
MarkIrpPending | MarkIrpPending | IRP-04
MarkIrpPending2 | MarkIrpPending2 | IRP-04
PendedCompletedRequest | PendedCompletedRequest | IRP-04
SpinLockSafe | SpinLockSafe | IRP-07
DoubleComplete | DoubleComplete | OID-02
DoubleCompleteWorkItem | DoubleCompleteWorkItem | OID-02
Init_NdisAllocateIoWorkItem | Init_NdisAllocateIoWorkItem | RUN-03
Irql_Filter_Driver_Function | Irql_Filter_Driver_Function | IRQL-02
Irql_IrqlSetting_Function | Irql_IrqlSetting_Function | IRQL-04
Irql_Miscellaneous_Function | Irql_Miscellaneous_Function | IRQL-02
Irql_NetBuffer_Function | Irql_NetBuffer_Function | IRQL-02
Irql_OID_Function | Irql_OID_Function | IRQL-02
Irql_SendRcv_Function | Irql_SendRcv_Function | IRQL-02
Irql_StatusIndication_Function | Irql_StatusIndication_Function | IRQL-02
Irql_Synch_Function | Irql_Synch_Function | IRQL-02 IRQL-04
Irql_Timer_Function | Irql_Timer_Function | IRQL-02
MiniportPause_Return | MiniportPause_Return | FILT-05
NdisAllocateGenericObject | NdisAllocateGenericObject | RUN-03
NdisAllocateMdl | NdisAllocateMdl | RUN-03
NdisAllocateNetBuffer | NdisAllocateNetBuffer | RUN-03
NdisFDeregisterFilterDriver | NdisFDeregisterFilterDriver | FILT-19
NdisMNetPnPEventInOIDRequest | NdisMNetPnPEventInOIDRequest | FILT-20
NullCheck | NullCheck | RUN-01
PeriodicTimer | PeriodicTimer | IRQL-02
SpinLock | SpinLock | IRQL-04
SpinLockBalanced | SpinLockBalanced | IRQL-04
SpinLockDpr | SpinLockDpr | IRQL-04
SpinLockDprRelease | SpinLockDprRelease | IRQL-04
SpinLockRelease | SpinLockRelease | IRQL-04
0x7C/0x14 | NDIS_BUGCHECK_WAIT_EVENT_HIGH_IRQL | IRQL-03
0x7C/0x1D | NDIS_BUGCHECK_OID_REQUEST_INVALID_BUFFER | OIDF-06
0x7C/0x1E | NDIS_BUGCHECK_REFCOUNT_IMBALANCE | REF-04
0x7C/0x21 | NDIS_BUGCHECK_INVALID_OBJECT_HEADER | RUN-03
0x7C/0x22 | NDIS_BUGCHECK_ILLEGAL_NET_PNP_EVENT | FILT-20
0x7C/0x25/0x11 | NDIS_BUGCHECK_WATCHDOG_FILTER_PAUSE | FILT-13
0x7C/0x25/0x12 | NDIS_BUGCHECK_WATCHDOG_FILTER_NETPNPEVENT | RUN-04
0x7C/0x25/0x13 | NDIS_BUGCHECK_WATCHDOG_FILTER_STATUS_INDICATION | RUN-04
0x7C/0x25/0x14 | NDIS_BUGCHECK_WATCHDOG_FILTER_DETACH | RUN-04
0x7C/0x25/0x24 | NDIS_BUGCHECK_WATCHDOG_FILTER_OID | OID-03
0x7C/0x26 | NDIS_BUGCHECK_INVALID_OID_COMPLETION | OID-02
0x7C/0x27 | NDIS_BUGCHECK_LEAKED_NBL | NBL-02 NBL-03
0x15E/0x30 | NDIS_BUGCHECK_STUCK_NBL | PKT-13
)";

struct Line {
    std::string key, name, rules;
};

std::vector<Line> lines() {
    std::vector<Line>  found;
    std::istringstream text{std::string(typed_again.substr(1))};
    for (std::string line; std::getline(text, line);) {
        const auto first = line.find(" | "), second = line.rfind(" | ");
        found.push_back({line.substr(0, first), line.substr(first + 3, second - first - 3),
                         line.substr(second + 3)});
    }
    return found;
}

std::string answering(std::string_view asked) {
    std::string ids;
    for (const RuleIndex index : rules_verified_by(asked))
        ids.append(ids.empty() ? "" : " ").append(rules()[index].id);
    return ids;
}

TEST(Verifier, HasItsNumbersAndNamesFromThePages) {
    const auto typed = lines();
    EXPECT_EQ(typed.size(), verifier_rules().size());
    for (const Line& line : typed) {
        EXPECT_EQ(answering(line.key), line.rules) << line.key;
        if (line.name == "-") continue;
        EXPECT_EQ(verifier_name(line.key), line.name);
        EXPECT_EQ(answering(line.name), line.rules) << line.name;
    }
}

TEST(Verifier, KnowsEveryNumberThatARuleNames) {
    for (const Rule& rule : rules()) {
        std::string_view keys = rule.verifier;
        while (!keys.empty()) {
            const std::string_view key = next_word(keys);
            EXPECT_FALSE(verifier_name(key).empty()) << rule.id << ": " << key;
        }
    }
}

TEST(Verifier, HasTheFourteenOfTheSwitch) {
    std::set<std::string_view> codes;
    for (const VerifierRule& one : verifier_rules())
        if (one.key.starts_with("0xC4/0xA0")) codes.insert(one.key);
    for (const NotVerified& one : not_verified())
        if (one.key.starts_with("0xC4/0xA0")) codes.insert(one.key);
    EXPECT_EQ(codes.size(), 14U);
}

TEST(Verifier, FindsByTheEndOfANumberInAnyCase) {
    EXPECT_EQ(answering("0xA005"), answering("0xC4/0xA005"));
    EXPECT_EQ(answering("0xa005"), answering("0xC4/0xA005"));
    EXPECT_EQ(answering("ndisoiddoublecomplete"), "OID-02");
    EXPECT_EQ(answering("A005"), "");
    EXPECT_EQ(answering(""), "");
}

TEST(Verifier, SaysWhyOneIsOutOfReach) {
    ASSERT_NE(why_not_verified("0xA00E"), nullptr);
    EXPECT_EQ(why_not_verified("0xA005"), nullptr);
    for (const NotVerified& one : not_verified()) {
        EXPECT_TRUE(one.reason.ends_with('.')) << one.key;
        EXPECT_EQ(answering(one.key), "") << one.key;
        EXPECT_EQ(why_not_verified(one.key), &one);
    }
}

}  // namespace
}  // namespace interlock::model

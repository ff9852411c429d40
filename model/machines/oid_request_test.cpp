// The OID request's table, typed a second time, so that the first can be wrong.
// Source: filtering-oid-requests-in-an-ndis-filter-driver, which tells it in prose: a filter either
// completes a request, or forwards one clone of it and completes it when that is back.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view page = R"(
                 | unknown | held      | forwarded | answered  | completed | done
delivered        | held    | .         | .         | .         | .         | .
forwarded        | .       | forwarded | .         | .         | .         | .
answered         | .       | .         | answered  | .         | .         | .
completed        | .       | completed | .         | completed | .         | .
returned_pending | .       | held      | forwarded | answered  | done      | .
returned_final   | .       | done      | .         | done      | .         | .
)";

TEST(OidRequestMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(oid_request_machine(), page);
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 11U);
    EXPECT_EQ(compared.blank, 25U);
}

TEST(OidRequestMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(oid_request_machine(), R"(
                 | unknown | held   | forwarded | answered | completed | done
delivered        | OID-01  | OID-01 | OID-01    | OID-01   | OID-01    | OID-01
forwarded        | OID-04  | OID-04 | OID-04    | OID-04   | OID-04    | OID-04
answered         | OID-02  | OID-02 | OID-04    | OID-02   | OID-04    | OID-04
completed        | OID-02  | OID-02 | OID-04    | OID-04   | OID-02    | OID-02
returned_pending | OID-02  | OID-02 | OID-02    | OID-02   | OID-02    | OID-02
returned_final   | OID-02  | OID-02 | OID-04    | OID-04   | OID-02    | OID-02
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(OidRequestMachine, AsksForNothingElse) {
    EXPECT_EQ(compare_guards(oid_request_machine(), "").differences, "");
}

TEST(OidRequestMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(oid_request_machine()), "");
}

}  // namespace
}  // namespace interlock::model

// The OIDs of the switch in every state and phase, typed a second time, and laid out by what they
// are about. Each cell is compared with the model's, and driven: the judge has to say the same.
//
//  .          legal            ?  no page speaks of it
//  PORT-01    illegal in every reading, by that rule
//  LWI:OID-17 legal as written, warned reconciled, illegal strict
//
// Several OIDs of one line, or several phases, are alike. "ends" is both ends.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "model/judge.hpp"
#include "model/ndis_versions.hpp"
#include "model/oid_drive.hpp"

namespace interlock::model {
namespace {

// not_created creating created teardown_pending torn_down deleting
constexpr std::string_view switch_by_port = R"(
PORT_CREATE          issued | .       PORT-01 PORT-01 PORT-01    PORT-01    PORT-01
PORT_CREATE          ends   | OID-02  .       OID-02  OID-02     OID-02     OID-02
PORT_UPDATED         issued | PORT-04 PORT-04 .       PORT-04    PORT-04    PORT-04
PORT_UPDATED         ok     | PORT-04 PORT-04 .       LWI:OID-17 LWI:OID-17 PORT-04
PORT_UPDATED         fails  | PORT-04 PORT-04 OID-06  OID-06     OID-06     PORT-04
PORT_TEARDOWN        issued | PORT-03 PORT-05 .       PORT-05    PORT-05    PORT-05
PORT_TEARDOWN        ok     | OID-02  OID-02  OID-02  .          OID-02     OID-02
PORT_TEARDOWN        fails  | OID-02  OID-02  OID-02  OID-06     OID-02     OID-02
PORT_DELETE          issued | PORT-03 PORT-05 PORT-05 PORT-05    .          PORT-05
PORT_DELETE          ok     | OID-02  OID-02  OID-02  OID-02     OID-02     .
PORT_DELETE          fails  | OID-02  OID-02  OID-02  OID-02     OID-02     OID-06
PORT_PROPERTY_ADD PORT_PROPERTY_UPDATE PORT_PROPERTY_DELETE PORT_FEATURE_STATUS_QUERY issued \
                            | PORT-03 PORT-02 .       PORT-07    PORT-07    PORT-09
PORT_PROPERTY_ADD PORT_PROPERTY_UPDATE PORT_PROPERTY_DELETE PORT_FEATURE_STATUS_QUERY ends \
                            | PORT-03 PORT-02 .       .          .          PORT-09
NIC_CREATE      issued ends | NIC-01  NIC-01  .       NIC-01     NIC-01     NIC-01
NIC_CONNECT     issued ok   | NIC-05  NIC-05  .       NIC-05     NIC-05     NIC-05
NIC_CONNECT          fails  | NIC-05  NIC-05  NIC-09  NIC-05     NIC-05     NIC-05
NIC_DISCONNECT NIC_DELETE issued ok \
                            | NIC-05  NIC-05  .       NIC-05     NIC-05     NIC-05
NIC_DISCONNECT NIC_DELETE fails \
                            | NIC-05  NIC-05  OID-06  NIC-05     NIC-05     NIC-05
NIC_UPDATED     issued ok   | NIC-10  NIC-10  .       NIC-10     NIC-10     NIC-10
NIC_UPDATED          fails  | NIC-10  NIC-10  OID-06  NIC-10     NIC-10     NIC-10
NIC_SAVE        issued ends | SAVE-01 SAVE-01 .       SAVE-01    SAVE-01    SAVE-01
NIC_SAVE_COMPLETE issued ok | SAVE-02 SAVE-02 .       SAVE-02    SAVE-02    SAVE-02
NIC_SAVE_COMPLETE    fails  | SAVE-02 SAVE-02 OID-06  SAVE-02    SAVE-02    SAVE-02
NIC_RESTORE     issued ends | SAVE-09 SAVE-09 .       SAVE-09    SAVE-09    SAVE-09
NIC_RESTORE_COMPLETE issued ok \
                            | SAVE-09 SAVE-09 .       SAVE-09    SAVE-09    SAVE-09
NIC_RESTORE_COMPLETE fails  | SAVE-09 SAVE-09 OID-06  SAVE-09    SAVE-09    SAVE-09
NIC_REQUEST_from issued ends | PORT-11 NREQ-01 .      NREQ-01    NREQ-01    PORT-11
NIC_REQUEST_to  issued ends | NREQ-01 NREQ-01 .       NREQ-01    NREQ-01    NREQ-01
PROPERTY_ADD PROPERTY_UPDATE PROPERTY_DELETE FEATURE_STATUS_QUERY issued ends \
                            | .       .       .       .          .          .
PROPERTY_ENUM PORT_PROPERTY_ENUM PARAMETERS PORT_ARRAY NIC_ARRAY issued ends \
                            | ?       ?       ?       ?          ?          ?
NIC_DIRECT_REQUEST NIC_SUSPEND NIC_RESUME issued ends \
                            | ?       ?       ?       ?          ?          ?
NIC_SUSPENDED_LM_SOURCE_STARTED NIC_SUSPENDED_LM_SOURCE_FINISHED issued ends \
                            | ?       ?       ?       ?          ?          ?
)";

// The port is created.
// absent creating created connecting connected disconnecting disconnected deleting
constexpr std::string_view switch_by_nic = R"(
NIC_CREATE issued | .      NIC-02  NIC-02     NIC-02  NIC-02  NIC-02      NIC-02      NIC-02
NIC_CREATE ends   | OID-02 .       OID-02     OID-02  OID-02  OID-02      OID-02      OID-02
NIC_CONNECT issued | NIC-05 NIC-08 .          NIC-08  NIC-08  NIC-08      NIC-08      NIC-08
NIC_CONNECT ok    | OID-02 OID-02  OID-02     .       OID-02  OID-02      OID-02      OID-02
NIC_CONNECT fails | OID-02 OID-02  OID-02     NIC-09  OID-02  OID-02      OID-02      OID-02
NIC_UPDATED issued | NIC-10 NIC-10 NIC-10     NIC-10  .       NIC-10      NIC-10      NIC-10
NIC_UPDATED ok    | NIC-10 NIC-10  NIC-10     NIC-10  .       LWI:OID-17  LWI:OID-17  NIC-10
NIC_UPDATED fails | NIC-10 NIC-10  NIC-10     NIC-10  OID-06  OID-06      OID-06      NIC-10
NIC_DISCONNECT issued | NIC-05 NIC-12 NIC-12  NIC-12  .       NIC-12      NIC-12      NIC-12
NIC_DISCONNECT ok | OID-02 OID-02  OID-02     OID-02  OID-02  .           OID-02      OID-02
NIC_DISCONNECT fails | OID-02 OID-02 OID-02   OID-02  OID-02  OID-06      OID-02      OID-02
NIC_DELETE issued | NIC-05 NIC-16  ILL:NIC-16 NIC-16  NIC-16  NIC-16      .           NIC-16
NIC_DELETE ok     | OID-02 OID-02  OID-02     OID-02  OID-02  OID-02      OID-02      .
NIC_DELETE fails  | OID-02 OID-02  OID-02     OID-02  OID-02  OID-02      OID-02      OID-06
NIC_SAVE issued   | SAVE-01 SAVE-01 SAVE-01   SAVE-01 .       SAVE-01     SAVE-01     NIC-17
NIC_SAVE ends     | SAVE-01 SAVE-01 SAVE-01   SAVE-01 .       IWI:SAVE-13 IWI:SAVE-13 NIC-17
NIC_SAVE_COMPLETE issued ok \
                  | SAVE-02 SAVE-02 SAVE-02   SAVE-02 .       .           .           SAVE-02
NIC_SAVE_COMPLETE fails \
                  | SAVE-02 SAVE-02 SAVE-02   SAVE-02 OID-06  OID-06      OID-06      SAVE-02
NIC_RESTORE issued | SAVE-09 SAVE-09 .        SAVE-09 .       SAVE-09     SAVE-09     SAVE-09
NIC_RESTORE ends  | SAVE-09 SAVE-09 .         .       .       IWI:SAVE-13 IWI:SAVE-13 SAVE-09
NIC_RESTORE_COMPLETE issued ok \
                  | SAVE-09 SAVE-09 .         .       .       .           .           SAVE-09
NIC_RESTORE_COMPLETE fails \
                  | SAVE-09 SAVE-09 OID-06    OID-06  OID-06  OID-06      OID-06      SAVE-09
NIC_REQUEST_from NIC_REQUEST_to issued ends \
                  | NREQ-01 NREQ-01 .         .       .       .           .           NREQ-01
PORT_CREATE issued | PORT-01 PORT-01 PORT-01  PORT-01 PORT-01 PORT-01     PORT-01     PORT-01
PORT_UPDATED issued ok | . LWI:OID-17 .    LWI:OID-17 .       LWI:OID-17  .           LWI:OID-17
PORT_UPDATED fails | OID-06 OID-06 OID-06     OID-06  OID-06  OID-06      OID-06      OID-06
PORT_TEARDOWN issued | .   PORT-06 PORT-06    PORT-06 PORT-06 PORT-06     PORT-06     PORT-06
PORT_DELETE issued | PORT-05 PORT-05 PORT-05  PORT-05 PORT-05 PORT-05     PORT-05     PORT-05
PORT_CREATE PORT_TEARDOWN PORT_DELETE ends \
                  | OID-02 OID-02  OID-02     OID-02  OID-02  OID-02      OID-02      OID-02
PORT_PROPERTY_ADD PORT_PROPERTY_UPDATE PORT_PROPERTY_DELETE PORT_FEATURE_STATUS_QUERY issued ends \
                  | .      .       .          .       .       .           .           .
PROPERTY_ADD PROPERTY_UPDATE PROPERTY_DELETE FEATURE_STATUS_QUERY issued ends \
                  | .      .       .          .       .       .           .           .
PROPERTY_ENUM PORT_PROPERTY_ENUM PARAMETERS PORT_ARRAY NIC_ARRAY issued ends \
                  | ?      ?       ?          ?       ?       ?           ?           ?
NIC_DIRECT_REQUEST NIC_SUSPEND NIC_RESUME issued ends \
                  | ?      ?       ?          ?       ?       ?           ?           ?
NIC_SUSPENDED_LM_SOURCE_STARTED NIC_SUSPENDED_LM_SOURCE_FINISHED issued ends \
                  | ?      ?       ?          ?       ?       ?           ?           ?
)";

// unseen create_delivered create_forwarded created teardown_delivered teardown_handled gone vetoed
constexpr std::string_view extension_by_port = R"(
PORT_CREATE PORT_UPDATED PORT_TEARDOWN PORT_DELETE PORT_PROPERTY_ADD PORT_PROPERTY_UPDATE \
PORT_PROPERTY_DELETE PORT_FEATURE_STATUS_QUERY NIC_CREATE NIC_CONNECT NIC_UPDATED \
NIC_DISCONNECT NIC_DELETE NIC_SAVE NIC_SAVE_COMPLETE NIC_RESTORE NIC_RESTORE_COMPLETE \
PROPERTY_ADD PROPERTY_UPDATE PROPERTY_DELETE FEATURE_STATUS_QUERY issued ends \
            | OID-10  OID-10  OID-10     OID-10  OID-10  OID-10  OID-10  OID-10
PARAMETERS PORT_ARRAY NIC_ARRAY PROPERTY_ENUM issued ends \
            | .       .       .          .       .       .       .       .
PORT_PROPERTY_ENUM issued \
            | QRY-05  QRY-05  LLI:REF-01 .       .       .       QRY-05  OID-16
PORT_PROPERTY_ENUM ends \
            | QRY-05  QRY-05  LLI:REF-01 .       .       .       QRY-05  LLI:REF-01
NIC_REQUEST_from issued ends \
            | NREQ-05 NREQ-05 NREQ-05    .       NREQ-05 NREQ-05 NREQ-05 NREQ-05
NIC_REQUEST_to issued ends \
            | NIC-06  NIC-06  NIC-06     .       NIC-20  NIC-20  NIC-20  NIC-06
NIC_DIRECT_REQUEST NIC_SUSPEND NIC_RESUME issued ends \
            | ?       ?       ?          ?       ?       ?       ?       ?
NIC_SUSPENDED_LM_SOURCE_STARTED NIC_SUSPENDED_LM_SOURCE_FINISHED issued ends \
            | ?       ?       ?          ?       ?       ?       ?       ?
)";

// The port is created, and referenced where the request is about it.
// unseen create_delivered created connect_delivered connected
//                                          disconnect_delivered disconnect_handled gone vetoed
constexpr std::string_view extension_by_nic = R"(
PORT_CREATE PORT_UPDATED PORT_TEARDOWN PORT_DELETE PORT_PROPERTY_ADD PORT_PROPERTY_UPDATE \
PORT_PROPERTY_DELETE PORT_FEATURE_STATUS_QUERY NIC_CREATE NIC_CONNECT NIC_UPDATED \
NIC_DISCONNECT NIC_DELETE NIC_SAVE NIC_SAVE_COMPLETE NIC_RESTORE NIC_RESTORE_COMPLETE \
PROPERTY_ADD PROPERTY_UPDATE PROPERTY_DELETE FEATURE_STATUS_QUERY issued ends \
  | OID-10  OID-10  OID-10     OID-10     OID-10  OID-10     OID-10     OID-10  OID-10
PARAMETERS PORT_ARRAY NIC_ARRAY PROPERTY_ENUM PORT_PROPERTY_ENUM issued ends \
  | .       .       .          .          .       .          .          .       .
NIC_REQUEST_from issued ends \
  | NREQ-05 NREQ-05 LII:REF-02 LLI:REF-02 .       .          .          NREQ-05 NREQ-05
NIC_REQUEST_to issued \
  | NIC-06  NIC-06  NIC-06     LLI:NIC-06 .       ILI:NIC-13 ILL:NIC-13 NIC-20  OID-16
NIC_REQUEST_to ends \
  | NIC-06  NIC-06  NIC-06     LLI:NIC-06 .       .          .          NIC-20  OID-16
NIC_DIRECT_REQUEST NIC_SUSPEND NIC_RESUME issued ends \
  | ?       ?       ?          ?          ?       ?          ?          ?       ?
NIC_SUSPENDED_LM_SOURCE_STARTED NIC_SUSPENDED_LM_SOURCE_FINISHED issued ends \
  | ?       ?       ?          ?          ?       ?          ?          ?       ?
)";

// clang-format off
const std::map<std::string, std::vector<OidPhase>> phase_words{
    {"issued", {OidPhase::issued}},
    {"ok",     {OidPhase::succeeded}},
    {"fails",  {OidPhase::failed}},
    {"ends",   {OidPhase::succeeded, OidPhase::failed}},
};
// clang-format on

std::string typed_name(const OidRow& row) {
    if (row.role == Role::target) return std::string(row.name);
    return row.role == Role::source ? "NIC_REQUEST_from" : "NIC_REQUEST_to";
}

/// The words of the cells by OID and phase.
using Typed = std::map<std::pair<std::string, OidPhase>, std::vector<std::string>>;

Typed read(std::string_view page) {
    std::string text(page);
    for (auto at = text.find("\\\n"); at != text.npos; at = text.find("\\\n"))
        text.replace(at, 2, " ");
    Typed              typed;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream       words{line};
        std::vector<std::string> names, cells;
        std::vector<OidPhase>    phases;
        std::string              word;
        for (bool right = false; words >> word;) {
            if (word == "|")
                right = true;
            else if (right)
                cells.push_back(word);
            else if (const auto found = phase_words.find(word); found != phase_words.end())
                phases.insert(phases.end(), found->second.begin(), found->second.end());
            else
                names.push_back(word);
        }
        for (const auto& name : names)
            for (const OidPhase phase : phases)
                EXPECT_TRUE(typed.emplace(std::pair{name, phase}, cells).second) << line;
    }
    return typed;
}

struct Word {
    std::string                         rule;  // Empty: none is named.
    std::array<Ruling, readings.size()> rulings{};
};

Word word_of(const std::string& text) {
    if (text == ".") return {"", {Ruling::legal, Ruling::legal, Ruling::legal}};
    if (text == "?") return {"", {Ruling::undecided, Ruling::undecided, Ruling::undecided}};
    if (text.find(':') == text.npos)
        return {text, {Ruling::illegal, Ruling::illegal, Ruling::illegal}};
    Word word{text.substr(readings.size() + 1), {}};
    for (std::size_t reading = 0; reading < readings.size(); ++reading)
        word.rulings[reading] = text[reading] == 'L'   ? Ruling::legal
                                : text[reading] == 'W' ? Ruling::warned
                                                       : Ruling::illegal;
    return word;
}

/// What the judge says of the rule. A cell that is legal is so if nothing at all is found.
Ruling judged(const Story& story, Reading reading, const std::string& rule) {
    const Verdict verdict = judge(story.events, {.ndis = ndis_630, .reading = reading});
    Ruling        ruling  = Ruling::legal;
    for (const Violation& found : verdict.violations) {
        if (!rule.empty() && rules()[found.rule].id != rule) continue;
        const bool violation = found.severity == Severity::violation;
        ruling               = std::max(ruling, violation ? Ruling::illegal : Ruling::warned);
    }
    return ruling;
}

/// The way that the typed table leaves open.
/// @param succeeds  what it says of the end with success
Way way_of(const std::string& issued, const std::string& succeeds, const std::string& text) {
    if (text == "OID-02") return Way::forced;
    return issued == succeeds ? Way::issued_there : Way::issued_before;
}

struct Tally {
    std::size_t                               cells = 0;
    std::array<std::array<std::size_t, 4>, 3> rulings{};
    std::string                               differences;
};

template <class State>
void compare(Tally& tally, const OidRow& row, OidPhase phase, State state, const std::string& text,
             const OidCell& cell, const Story& story) {
    const Word word = word_of(text);
    ++tally.cells;
    const auto differ = [&](std::string_view who, Reading reading, std::string_view says) {
        tally.differences += typed_name(row) + ", phase " + std::to_string(int(phase)) +
                             ", state " + std::to_string(int(state)) + ", " +
                             std::string(name_of(reading)) + ": the table says " + text + ", " +
                             std::string(who) + " " + std::string(says) + "\n";
    };
    for (const Reading reading : readings) {
        const Ruling expected = word.rulings[std::size_t(reading)];
        ++tally.rulings[std::size_t(reading)][std::size_t(expected)];
        if (cell.by(reading) != expected) differ("the model", reading, name_of(cell.by(reading)));
        if (!word.rule.empty() && cell.rule() != word.rule)
            differ("the model", reading, cell.rule());
        const Ruling open  = expected == Ruling::undecided ? Ruling::legal : expected;
        const Ruling found = judged(story, reading, expected == Ruling::legal ? "" : word.rule);
        if (found == open) continue;
        differ("the judge", reading, name_of(found));
        for (const Violation& one :
             judge(story.events, {.ndis = ndis_630, .reading = reading}).violations)
            tally.differences +=
                "  " + std::string(rules()[one.rule].id) + " " + std::string(one.what) + "\n";
    }
}

template <class State>
Tally compare(std::string_view page, State last, OidCell (*cell_of)(const OidRow&, OidPhase, State),
              Story (*drive)(const OidRow&, OidPhase, State, Way)) {
    const Typed typed = read(page);
    Tally       tally;
    EXPECT_EQ(typed.size(), oid_rows().size() * oid_phases.size());
    for (const OidRow& row : oid_rows())
        for (const OidPhase phase : oid_phases) {
            const auto& issued = typed.at({typed_name(row), OidPhase::issued});
            const auto& ends   = typed.at({typed_name(row), OidPhase::succeeded});
            const auto& cells  = typed.at({typed_name(row), phase});
            EXPECT_EQ(cells.size(), std::size_t(last) + 1) << typed_name(row);
            for (std::size_t place = 0; place < cells.size(); ++place) {
                const auto state = static_cast<State>(place);
                const bool over  = phase != OidPhase::issued;
                const Way  way   = over ? way_of(issued.at(place), ends.at(place), cells[place])
                                        : Way::issued_there;
                compare(tally, row, phase, state, cells[place], cell_of(row, phase, state),
                        drive(row, phase, state, way));
            }
        }
    return tally;
}

/// Of the reconciled reading: legal, warned, illegal, undecided.
std::array<std::size_t, 4> counts(const Tally& tally) {
    return tally.rulings[std::size_t(Reading::reconciled)];
}

TEST(OidCells, OfTheSwitchByTheStateOfThePort) {
    const Tally tally =
        compare<PortState>(switch_by_port, PortState::deleting, of_switch, drive_switch);
    EXPECT_EQ(tally.differences, "");
    EXPECT_EQ(tally.cells, 594U);
    EXPECT_EQ(counts(tally), (std::array<std::size_t, 4>{136, 2, 276, 180}));
}

TEST(OidCells, OfTheSwitchByTheStateOfTheAdapter) {
    const Tally tally =
        compare<NicState>(switch_by_nic, NicState::deleting, of_switch, drive_switch);
    EXPECT_EQ(tally.differences, "");
    EXPECT_EQ(tally.cells, 792U);
    EXPECT_EQ(counts(tally), (std::array<std::size_t, 4>{270, 18, 264, 240}));
}

TEST(OidCells, OfAnExtensionByItsViewOfThePort) {
    const Tally tally =
        compare<PortView>(extension_by_port, PortView::vetoed, of_extension, drive_extension);
    EXPECT_EQ(tally.differences, "");
    EXPECT_EQ(tally.cells, 792U);
    EXPECT_EQ(counts(tally), (std::array<std::size_t, 4>{116, 0, 556, 120}));
}

TEST(OidCells, OfAnExtensionByItsViewOfTheAdapter) {
    const Tally tally =
        compare<NicView>(extension_by_nic, NicView::vetoed, of_extension, drive_extension);
    EXPECT_EQ(tally.differences, "");
    EXPECT_EQ(tally.cells, 891U);
    EXPECT_EQ(counts(tally), (std::array<std::size_t, 4>{159, 0, 597, 135}));
}

}  // namespace
}  // namespace interlock::model

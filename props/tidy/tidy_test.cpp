#include "props/tidy/tidy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace interlock::props::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Rooms rooms = read_rooms(split_lines(R"(
set(interlock_rooms model harness props)
set(interlock_model_may_use)
set(interlock_model/smt_may_use model)
set(interlock_harness_may_use   model)
set(interlock_props_may_use     model model/smt harness)
set(interlock_model_may_link    Boost::headers)
)"));

std::vector<Complaint> complaints(std::string path, std::string_view text) {
    return check({std::move(path), split_lines(text)}, rooms);
}

std::string repeated(std::size_t times, std::string_view line) {
    std::string text;
    while (times-- > 0)
        text += line;
    return text;
}

TEST(Tidy, ReadsTheRooms) {
    EXPECT_EQ(rooms, (Rooms{{"model", {}},
                            {"model/smt", {"model"}},
                            {"harness", {"model"}},
                            {"props", {"model", "model/smt", "harness"}}}));
}

TEST(Tidy, FindsTabsAndTrailingSpace) {
    EXPECT_THAT(complaints("model/a.cpp", "int a;\n\tint b; \n"),
                ElementsAre(Complaint{2, "a tab; expected spaces"},
                            Complaint{2, "white space at the end of the line; expected none"}));
}

TEST(Tidy, CountsCharactersAndNotBytes) {
    EXPECT_THAT(complaints("model/a.cpp", "//" + repeated(98, "\xC3\xA9")), IsEmpty());
    EXPECT_THAT(complaints("model/a.cpp", "//" + repeated(99, "\xC3\xA9")),
                ElementsAre(Complaint{1, "101 columns; expected at most 100"}));
}

TEST(Tidy, FindsLongFiles) {
    EXPECT_THAT(complaints("model/a.cpp", repeated(400, "int a;\n")), IsEmpty());
    EXPECT_THAT(complaints("model/a.cpp", repeated(401, "int a;\n")),
                ElementsAre(Complaint{401, "401 lines; expected at most 400"}));
}

TEST(Tidy, FindsVagueNames) {
    EXPECT_THAT(complaints("model/nic_utils.cpp", "int a;\n"),
                ElementsAre(Complaint{1, "'utils' in a name; expected what it holds or does"}));
    EXPECT_THAT(complaints("model/manager/a.cpp", "int a;\n"),
                ElementsAre(Complaint{1, "'manager' in a name; expected what it holds or does"}));
    EXPECT_THAT(complaints("model/utility_bill.cpp", "int a;\n"), IsEmpty());
}

TEST(Tidy, WantsPragmaOnceAfterAnOpeningComment) {
    const Complaint missing{3, "no '#pragma once'; expected it before any code"};
    EXPECT_THAT(complaints("model/a.hpp", "/* What\n * it is. */\n\n#pragma once\nint a;\n"),
                IsEmpty());
    EXPECT_THAT(complaints("model/a.h", "// What it is.\n\nint a;\n#pragma once\n"),
                ElementsAre(missing));
    EXPECT_THAT(complaints("harness/wdk/pshpack1.h", "#pragma pack(push, 1)\n"), IsEmpty());
}

TEST(Tidy, FindsIncludesAgainstTheDirection) {
    EXPECT_THAT(complaints("harness/a.cpp", "#include \"model/a.hpp\"\n#include \"ndis.h\"\n"),
                IsEmpty());
    EXPECT_THAT(complaints("harness/a.cpp", "#include \"props/a.hpp\"\n"),
                ElementsAre(Complaint{1,
                                      "harness/ may not use props/; see ARCHITECTURE.md, "
                                      "'Rooms'"}));
    EXPECT_THAT(complaints("model/a.cpp", "#include \"model/smt/a.hpp\"\n"),
                ElementsAre(Complaint{1,
                                      "model/ may not use model/smt/; see ARCHITECTURE.md, "
                                      "'Rooms'"}));
    EXPECT_THAT(complaints("model/smt/a.cpp", "#include \"model/smt/a.hpp\"\n"), IsEmpty());
}

TEST(Tidy, KeepsHeavyLibrariesOutOfHeaders) {
    EXPECT_THAT(complaints("props/a.cpp", "#include <z3++.h>\n"), IsEmpty());
    EXPECT_THAT(complaints("props/a.hpp", "#pragma once\n#include <z3++.h>\n"),
                ElementsAre(Complaint{2, "<z3++.h> in a header; expected in .cpp only"}));
}

TEST(Tidy, FindsLongFunctions) {
    const auto      body = [](std::size_t lines) { return repeated(lines, "    f();\n"); };
    const Complaint long_one{2, "51 lines in a function; expected at most 50"};
    EXPECT_THAT(complaints("model/a.cpp", "\nvoid g() {\n" + body(50) + "}\n"), IsEmpty());
    EXPECT_THAT(complaints("model/a.cpp", "\nvoid g() {\n" + body(51) + "}\n"),
                ElementsAre(long_one));
    EXPECT_THAT(
        complaints("model/a.cpp", "\nvoid g(int a,\n       int b) const {\n" + body(51) + "}\n"),
        ElementsAre(long_one));
    EXPECT_THAT(complaints("model/a.c", "\nint g(void)\n{\n" + body(51) + "}\n"),
                ElementsAre(long_one));
    EXPECT_THAT(
        complaints("model/a.cpp", "struct A {\n    A() : a(1) {\n" + body(51) + "    }\n};\n"),
        ElementsAre(long_one));
}

TEST(Tidy, LeavesTablesAlone) {
    EXPECT_THAT(
        complaints("model/a.cpp", "const int table[] = {\n" + repeated(99, "    1,\n") + "};\n"),
        IsEmpty());
}

}  // namespace
}  // namespace interlock::props::tidy

// Each row of the machines, and each cell that has none, has a story, or is shown never to be; and
// the stories that the corpus keeps are those that the search finds.

#include "fuzz/story_search.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "fuzz/story_corpus.hpp"
#include "harness/trace/story_file.hpp"

namespace interlock::fuzz {
namespace {

namespace fs = std::filesystem;

/// Searched once for all tests.
const StorySearch& searched() {
    static const StorySearch search = [] {
        StorySearch made;
        made.search();
        return made;
    }();
    return search;
}

std::uint64_t times_taken(const model::Verdict& verdict, std::size_t cell) {
    const std::size_t rows = verdict.cells.size();
    return cell < rows ? verdict.cells[cell] : verdict.blanks[cell - rows];
}

bool breaks_at_the_end(const model::Verdict& verdict, std::string_view rule) {
    for (const model::Violation& violation : verdict.violations)
        if (model::rules()[violation.rule].id == rule && violation.at + 1 == verdict.events)
            return true;
    return false;
}

std::string content_of(const fs::path& file) {
    std::ifstream      stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

TEST(Stories, EveryCellHasOneOrIsShownNeverToBe) {
    std::size_t told = 0, never = 0;
    for (const ToldCell& cell : searched().cells()) {
        EXPECT_NE(cell.story.empty(), !cell.never) << name_of(cell) << " has no story";
        EXPECT_FALSE(cell.filled && cell.never) << name_of(cell) << " is a row that nothing takes";
        told += cell.story.empty() ? 0 : 1;
        never += cell.never ? 1 : 0;
    }
    std::printf("%zu cells have a story, %zu are shown never to be\n", told, never);
    EXPECT_EQ(told + never, searched().cells().size());
    EXPECT_LT(never, 20U);
}

TEST(Stories, TakeTheirCellAsTheJudgeSeesIt) {
    const auto& cells = searched().cells();
    for (std::size_t place = 0; place < cells.size(); ++place) {
        const ToldCell& cell = cells[place];
        if (cell.story.empty()) continue;
        const auto verdict = model::judge(cell.story, {.ndis = 640});
        EXPECT_GT(times_taken(verdict, place), 0U) << name_of(cell);
        if (cell.filled) {
            EXPECT_EQ(verdict.outcome, model::Outcome::conforms) << name_of(cell);
        } else {
            EXPECT_TRUE(breaks_at_the_end(verdict, cell.rule)) << name_of(cell);
        }
    }
}

// Without its last event the story of an illegal cell breaks less: it ends where it gets there.
TEST(Stories, OfIllegalCellsEndAsSoonAsTheyGetThere) {
    const auto& cells = searched().cells();
    for (std::size_t place = 0; place < cells.size(); ++place) {
        const ToldCell& cell = cells[place];
        if (cell.story.empty() || cell.filled) continue;
        const auto before = std::span(cell.story).first(cell.story.size() - 1);
        EXPECT_EQ(times_taken(model::judge(before, {.ndis = 640}), place), 0U) << name_of(cell);
    }
}

// What is shown never to be was looked for everywhere, and the search for stories was not cut.
TEST(Stories, AreSoughtInAllThatACastCanComeTo) {
    ASSERT_EQ(searched().visits().size(), 14U);
    for (const Visited& visit : searched().visits()) {
        EXPECT_GT(visit.states, 20U) << name(visit.cast);
        EXPECT_TRUE(visit.all) << name(visit.cast) << " has more states than are visited";
    }
}

TEST(Stories, AreFoundAgain) {
    StorySearch again;
    again.search(Cast::a_packet);
    for (std::size_t place = 0; place < again.cells().size(); ++place) {
        if (StorySearch::cast_of(*again.cells()[place].machine) != Cast::a_packet) continue;
        EXPECT_EQ(again.cells()[place].story, searched().cells()[place].story);
    }
}

TEST(Stories, OfTheCorpusAreThese) {
    std::set<fs::path> expected;
    for (const ToldCell& cell : searched().cells()) {
        if (cell.story.empty()) continue;
        const fs::path file = fs::path("corpus/stories") / file_of(cell);
        EXPECT_EQ(content_of(file), text_of(cell))
            << file << " is out of date: interlock cover --stories corpus/stories";
        expected.insert(file);
    }
    for (const auto& entry : fs::recursive_directory_iterator("corpus/stories")) {
        if (!entry.is_regular_file()) continue;
        EXPECT_TRUE(expected.contains(entry.path())) << entry.path() << " is no cell's story";
    }
}

TEST(Stories, AreReadAsTheyWereWritten) {
    for (const ToldCell& cell : searched().cells()) {
        if (cell.story.empty()) continue;
        const auto read = harness::parse_story(text_of(cell), name_of(cell));
        ASSERT_TRUE(std::holds_alternative<harness::Trace>(read))
            << harness::to_string(std::get<harness::InputError>(read));
        EXPECT_EQ(std::get<harness::Trace>(read).events, cell.story) << name_of(cell);
    }
}

}  // namespace
}  // namespace interlock::fuzz

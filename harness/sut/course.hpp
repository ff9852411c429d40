#pragma once

// What a test does with a switch, step by step.

#include <string>
#include <vector>

#include "harness/sut/frame_ledger.hpp"

namespace interlock::harness {

struct SutStep {
    enum class Kind : std::uint8_t { plug, unplug, send, settle };

    Kind       kind    = Kind::settle;
    SutPort    port    = 0;
    SutAddress address = 0;  // Plug: of the adapter. Send: of whom it is for.

    friend bool operator==(const SutStep&, const SutStep&) = default;
};
using Course = std::vector<SutStep>;

/// "plug 1 as 3", "send 1 to 3"; one a line.
std::string text_of(const Course& course);

/// The opposite of it; empty lines and lines that begin with # are nothing.
std::variant<Course, InputError> parse_course(std::string_view text, const std::string& file);

/// Steps by chance, from two adapters on: the same from the same seed. @pre steps >= 2
Course random_course(std::uint64_t seed, std::size_t steps);

constexpr std::array<bool, sut_promise_count> all_promises() {
    std::array<bool, sut_promise_count> all{};
    all.fill(true);
    return all;
}

struct CourseResult {
    std::vector<SutFinding>                      findings;
    std::array<std::uint64_t, sut_promise_count> asked{};
    std::array<bool, sut_promise_count>          promised = all_promises();
    std::uint64_t                                frames = 0, deliveries = 0, lives = 0;
};

/// Takes every step that can be taken, leaves out the others, and unplugs everything at the end.
CourseResult run(SwitchUnderTest& tested, const Course& course);

/// As short as it gets with that promise broken, tried on switches that `open` makes anew.
template <typename Open>
Course shortest(Course course, SutPromise promise, Open open);

/// Whether it breaks that promise.
bool breaks(SwitchUnderTest& tested, const Course& course, SutPromise promise);

template <typename Open>
Course shortest(Course course, SutPromise promise, Open open) {
    for (std::size_t before = course.size() + 1; course.size() < before;) {
        before = course.size();
        for (std::size_t place = before; place-- > 0;) {
            Course shorter = course;
            shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(place));
            if (const auto tested = open(); tested && breaks(*tested, shorter, promise))
                course = std::move(shorter);
        }
    }
    return course;
}

}  // namespace interlock::harness

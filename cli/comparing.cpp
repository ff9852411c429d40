#include "cli/comparing.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <utility>

#include "cli/fuzzing.hpp"
#include "cli/text_file.hpp"
#include "harness/sut/course.hpp"
#include "harness/trace/judging_sink.hpp"
#include "reports/pcapng_blocks.hpp"

namespace interlock::cli {
namespace {

using namespace harness;

/// One switch over all courses.
struct Compared {
    std::string  name;
    CourseResult total;
    std::size_t  courses      = 0;
    std::size_t  broken_rules = 0;
    bool         is_judged    = false;  // Ours is.

    std::ptrdiff_t broken(SutPromise promise) const {
        return std::ranges::count(total.findings, promise, &SutFinding::promise);
    }
};

std::string padded(std::string_view title) {
    constexpr std::size_t width = 22;
    std::string           text(title);
    text.resize(width, ' ');
    return text;
}

std::string cell(const std::string& text) {
    constexpr std::size_t width = 18;
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

class Comparison {
public:
    explicit Comparison(const ComparingOptions& given)
        : options(given), seed(given.seed ? *given.seed : any_seed()) {}

    Exit run() {
        if (auto error = prepare()) return complain(*error);
        if (!options.output.quiet) say("seed " + std::to_string(seed) + "\n");
        for (const std::string& name : options.switches)
            if (auto error = try_out(name)) return complain(*error);
        if (!options.output.quiet) say(table());
        const bool kept = std::ranges::all_of(all, [](const Compared& one) {
            return one.total.findings.empty() && one.broken_rules == 0;
        });
        return kept ? Exit::conforms : Exit::violates;
    }

private:
    std::optional<InputError> prepare() {
        auto found = options.extensions.paths_named();
        if (auto* const error = std::get_if<InputError>(&found)) return std::move(*error);
        paths = std::move(std::get<std::vector<std::string>>(found));
        if (options.course.empty()) return {};
        auto read = parse_course(read_text(options.course), options.course);
        if (auto* const error = std::get_if<InputError>(&read)) return std::move(*error);
        given = std::move(std::get<Course>(read));
        if (!given->empty()) return {};
        return InputError{options.course, 0, "there is no step in it",
                          "a course; or it cannot be read"};
    }

    OpenedSwitch open(const std::string& name, std::uint64_t with, TraceSink* judge) const {
        if (name == "bridge") return open_linux_bridge();
        if (name == "ovs") return open_openvswitch();
        if (name == "simulated") return open_simulated_switch(paths, with, judge);
        return open_own_switch(paths, judge);
    }

    std::optional<InputError> try_out(const std::string& name) {
        Compared          compared;
        const std::size_t courses = given ? 1 : options.courses;
        for (; compared.courses < courses; ++compared.courses) {
            const std::uint64_t with = seed + compared.courses;
            JudgingSink         judged;
            auto                opened = open(name, with, &judged);
            if (auto* const error = std::get_if<InputError>(&opened)) return std::move(*error);
            auto& tested        = std::get<std::unique_ptr<SwitchUnderTest>>(opened);
            compared.name       = tested->name();
            compared.is_judged  = name == "own" || name == "simulated";
            const Course course = given ? *given : random_course(with, options.steps);
            take_in(compared, harness::run(*tested, course), course, name);
            tested.reset();
            hear(compared, judged.judge);
        }
        all.push_back(std::move(compared));
        return {};
    }

    /// The verdict on our own, when it is down. Nobody judges the others.
    void hear(Compared& compared, model::Judge& judge) {
        for (const model::Violation& one : judge.verdict().violations) {
            if (compared.broken_rules++ > 0) continue;  // The first is told.
            say(compared.name + " breaks " + std::string(model::rules()[one.rule].id) +
                " with seed " + std::to_string(seed + compared.courses) + ": " +
                std::string(one.what) + "\n");
        }
    }

    void take_in(Compared& compared, CourseResult result, const Course& course,
                 const std::string& name) {
        compared.total.frames += result.frames;
        compared.total.deliveries += result.deliveries;
        compared.total.lives += result.lives;
        for (std::size_t promise = 0; promise < sut_promise_count; ++promise)
            compared.total.asked[promise] += result.asked[promise];
        compared.total.promised = result.promised;
        for (SutFinding& finding : result.findings) {
            // Of each promise the first is told.
            if (compared.broken(finding.promise) == 0) tell(compared, finding, course, name);
            compared.total.findings.push_back(std::move(finding));
        }
    }

    void tell(const Compared& compared, const SutFinding& finding, const Course& course,
              const std::string& name) {
        const Course small = shortest(course, finding.promise, [&] {
            auto  opened = open(name, seed + compared.courses, nullptr);
            auto* made   = std::get_if<std::unique_ptr<SwitchUnderTest>>(&opened);
            return made ? std::move(*made) : nullptr;
        });
        say(compared.name + " breaks " + std::string(name_of(finding.promise)) + ": " +
            finding.what + "\n  the shortest course that shows it\n");
        std::istringstream lines(text_of(small));
        for (std::string line; std::getline(lines, line);)
            say("    " + line + "\n");
        if (!options.out.empty()) leave(name, finding, small);
    }

    void leave(const std::string& name, const SutFinding& finding, const Course& course) {
        std::error_code ignored;
        std::filesystem::create_directories(options.out, ignored);
        const std::string   what = name + "-" + std::string(name_of(finding.promise));
        const std::string   stem = std::filesystem::path(options.out) / what;
        reports::PcapngFile capture(what);
        capture.add_packet({.interface = capture.add_interface(name),
                            .bytes     = finding.frame,
                            .comment   = finding.what});
        write_text(stem + ".course", "# " + finding.what + "\n" + text_of(course));
        write_text(stem + ".pcapng", capture.bytes());
        say("  left in    " + stem + ".course and .pcapng\n");
    }

    std::string table() const {
        std::string text = padded("");
        for (const Compared& one : all)
            text += cell(one.name);
        row(text, "courses", [](const Compared& one) { return one.courses; });
        row(text, "lives of ports", [](const Compared& one) { return one.total.lives; });
        row(text, "frames sent", [](const Compared& one) { return one.total.frames; });
        row(text, "frames delivered", [](const Compared& one) { return one.total.deliveries; });
        text += "\n" + padded("rules broken");
        for (const Compared& one : all)
            text += cell(one.is_judged ? std::to_string(one.broken_rules) : "not judged");
        text += "\n\npromise: how often it could be broken, and was";
        for (std::size_t promise = 0; promise < sut_promise_count; ++promise)
            promise_row(text, promise);
        return text + "\n";
    }

    template <typename Value>
    void row(std::string& text, std::string_view title, Value value) const {
        text += "\n" + padded(title);
        for (const Compared& one : all)
            text += cell(std::to_string(value(one)));
    }

    void promise_row(std::string& text, std::size_t promise) const {
        text += "\n" + padded(name_of(static_cast<SutPromise>(promise)));
        for (const Compared& one : all) {
            const auto broken = one.broken(static_cast<SutPromise>(promise));
            const auto count  = std::to_string(one.total.asked[promise]);
            text += cell(one.total.promised[promise] ? count + ", " + std::to_string(broken)
                                                     : "not promised");
        }
    }

    const ComparingOptions&  options;
    std::uint64_t            seed;
    std::vector<std::string> paths;
    std::optional<Course>    given;
    std::vector<Compared>    all;
};

}  // namespace

Exit run_comparison(const ComparingOptions& options) {
    return Comparison(options).run();
}

}  // namespace interlock::cli

#include "props/bench/museum/outside.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "harness/scenario/bytes.hpp"

namespace interlock::props::museum {
namespace {

namespace fs = std::filesystem;
using Clock  = std::chrono::steady_clock;

// The check of the binary stays on: by it AFL++ finds out that the target plays one input after the
// other in one process. Without, it starts a process for each.
constexpr auto afl_environment =
    "AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_BENCH_UNTIL_CRASH=1 "
    "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_FAST_CAL=1 ";

/// An engine is a plain function and gets no object to keep this in.
std::string& programs() {
    static std::string folder;
    return folder;
}

struct Ran {
    int         status = 0;
    std::string said;
    double      seconds = 0;
};

Ran run(const std::string& command) {
    const auto  begun = Clock::now();
    Ran         ran;
    std::FILE*  pipe = popen((command + " 2>&1").c_str(), "r");
    char        piece[4096];
    std::size_t size = 0;
    while (pipe != nullptr && (size = std::fread(piece, 1, sizeof piece, pipe)) > 0)
        ran.said.append(piece, size);
    ran.status  = pipe == nullptr ? -1 : pclose(pipe);
    ran.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    return ran;
}

std::uint64_t number_behind(const std::string& text, const std::string& words) {
    const auto found = text.rfind(words);
    return found == std::string::npos
               ? 0
               : std::strtoull(text.c_str() + found + words.size(), nullptr, 10);
}

/// A folder that is gone when it is no longer wanted.
class Folder {
public:
    Folder() : path(fs::temp_directory_path() / ("museum." + std::to_string(getpid()))) {
        fs::remove_all(path);
        fs::create_directories(path / "in");
    }
    ~Folder() {
        fs::remove_all(path);
    }
    Folder(const Folder&)            = delete;
    Folder& operator=(const Folder&) = delete;

    const fs::path path;
};

std::string told(const Exhibit& exhibit) {
    return "env INTERLOCK_EXTENSION='" + exhibit.module + "' INTERLOCK_MUTANT='" + exhibit.flaw +
           "' INTERLOCK_FAULTS=" + (exhibit.needs == Needs::faults ? "1" : "0") + " ";
}

/// What it begins with: a scenario without steps, that grants what the exhibit needs.
std::string beginning(const Folder& folder, const Exhibit& exhibit) {
    harness::Scenario scenario;
    scenario.preempts_at_memory = exhibit.needs == Needs::memory;
    scenario.detects_races      = exhibit.needs == Needs::memory;
    const fs::path file         = folder.path / "in" / "no_steps";
    const auto     bytes        = harness::encode(scenario);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return file.string();
}

Trial by_libfuzzer(const char* target, const Exhibit& exhibit, std::uint64_t seed,
                   std::uint64_t executions_max) {
    const Folder folder;
    const auto   begins = exhibit.needs == Needs::memory
                              ? " -seed_inputs=" + beginning(folder, exhibit)
                              : std::string();
    const Ran    ran =
        run(told(exhibit) + programs() + "/" + target + " -seed=" + std::to_string(seed) +
            " -runs=" + std::to_string(executions_max) + " -rss_limit_mb=0 -print_final_stats=1" +
            " -artifact_prefix=" + folder.path.string() + "/" + begins);
    return {.detected   = ran.status != 0,
            .executions = number_behind(ran.said, "stat::number_of_executed_units:"),
            .seconds    = ran.seconds};
}

Trial raw(const Exhibit& exhibit, std::uint64_t seed, std::uint64_t executions_max) {
    return by_libfuzzer("raw_fuzz", exhibit, seed, executions_max);
}

Trial with_all(const Exhibit& exhibit, std::uint64_t seed, std::uint64_t executions_max) {
    return by_libfuzzer("lifecycle_fuzz", exhibit, seed, executions_max);
}

// Where what it begins with crashes, it does not begin.
constexpr auto refuses_the_seed = "valid input seed that does not crash";

/// AFL++ names a crash by the execution that it came in: "id:000000,sig:06,...,execs:123,op:...".
Trial by_afl(const Exhibit& exhibit, std::uint64_t seed, std::uint64_t executions_max) {
    const Folder folder;
    beginning(folder, exhibit);
    const std::string out = (folder.path / "out").string();
    const std::string how = "-s " + std::to_string(seed) + " -E " + std::to_string(executions_max) +
                            " -t 5000 -m none -i " + (folder.path / "in").string() + " -o " + out;
    const Ran ran = run(told(exhibit) + afl_environment + "afl-fuzz " + how + " -- " + programs() +
                        "/lifecycle_afl");
    Trial     trial{.seconds = ran.seconds};
    if (fs::exists(out + "/default/crashes"))
        for (const auto& entry : fs::directory_iterator(out + "/default/crashes"))
            if (const auto at = number_behind(entry.path().filename().string(), "execs:"))
                trial = {.detected = true, .executions = at, .seconds = ran.seconds};
    if (trial.detected) return trial;
    std::ifstream stats(out + "/default/fuzzer_stats");
    for (std::string line; std::getline(stats, line);)
        if (line.starts_with("execs_done")) trial.executions = number_behind(line, ": ");
    if (ran.said.find(refuses_the_seed) != std::string::npos)
        return {.detected = true, .executions = 1, .seconds = ran.seconds};
    if (trial.executions == 0) std::cerr << "afl-fuzz did not run:\n" << ran.said << "\n";
    return trial;
}

bool is_there(const std::string& program) {
    return run("command -v " + program).status == 0;
}

}  // namespace

std::vector<EngineRow> outside_engines(const std::string& build, std::string& missing) {
    programs() = build + "/bin";
    std::vector<EngineRow> rows;
    if (fs::exists(programs() + "/raw_fuzz")) {
        rows.push_back({"libfuzzer-raw", "libFuzzer on raw bytes, without structure", raw});
        rows.push_back(
            {"libfuzzer", "libFuzzer with our mutator, crossover and feedback", with_all});
    } else {
        missing += "raw_fuzz and lifecycle_fuzz are not built: libFuzzer comes with clang.\n";
    }
    if (fs::exists(programs() + "/lifecycle_afl") && is_there("afl-fuzz")) {
        rows.push_back({"afl++", "AFL++ on raw bytes, with the same feedback in its map", by_afl});
    } else {
        missing += "AFL++ is not there: it wants Debian's afl++ and the target lifecycle_afl.\n";
    }
    return rows;
}

}  // namespace interlock::props::museum

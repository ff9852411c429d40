#pragma once

// What a certifier reads: the parts of an evidence pack. Nothing in them depends on when, where or
// how fast it was made, so that making it again gives the same bytes.

#include <cstdint>
#include <string>
#include <vector>

#include "model/reading.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// Something that the evidence rests on.
struct Hashed {
    std::string name;
    std::string sha256;
};

/// An extension that is known to be good, put through the same suite: each alarm is a false one.
struct GoodOne {
    Hashed                   extension;
    std::uint64_t            runs = 0;
    std::vector<std::string> alarms;  // "PKT-04, in alarms/forwarder/found/PKT-04/x.scenario"
};

/// How much is tried, the same each time.
struct Budget {
    std::uint64_t seed        = 1;
    std::uint32_t schedules   = 0;  // By chance, of each scenario of the suite, beside its own.
    std::uint64_t fuzz_runs   = 0;
    std::uint64_t faulty_runs = 0;  // In which calls of the extension fail.
};

struct Certificate {
    std::string          version;  // Of Interlock
    std::string          command;  // That makes it again.
    model::Reading       reading = model::Reading::reconciled;
    Budget               budget;
    std::vector<Hashed>  extensions;  // Top of the stack first.
    std::vector<Hashed>  tools;       // The program, and the specification it judges by.
    std::vector<Hashed>  suite;       // Its scenarios
    Issue                issue;       // With a campaign: all runs together.
    std::vector<GoodOne> good_ones;
};

/// What became of a requirement. That nothing asked for it is no pass; where runs were cut short,
/// it is not even known that nothing did.
enum class Fulfilment : std::uint8_t { pass, fail, not_followed, undecided, not_exercised };

struct Requirement {
    std::string_view rule;
    std::string_view title;
    std::string_view page;
    Fulfilment       fulfilment = Fulfilment::not_exercised;
    std::uint64_t    asked      = 0;
    std::string      why;  // For what is undecided.
};

/// What the pages oblige an extension to, in the order of model::rules(); then what no trace can
/// decide.
std::vector<Requirement> requirements(const Certificate& certificate);

std::string_view name(Fulfilment fulfilment);  // "pass", "not exercised"

/// "fails", "passes", "undecided". What was not exercised does not fail it; the table tells.
std::string_view conclusion(const Certificate& certificate);

struct CertificateFile {
    std::string name;
    std::string text;
};

/// certificate.md, certificate.json, requirements.md, coverage.md, errata.md, false_alarms.md
std::vector<CertificateFile> certificate_files(const Certificate& certificate);

}  // namespace interlock::reports

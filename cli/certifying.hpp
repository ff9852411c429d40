#pragma once

// An evidence pack: a suite with a fixed seed and budget, and one folder that says all of it.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/exit.hpp"
#include "cli/extensions.hpp"
#include "cli/judging.hpp"
#include "cli/output.hpp"
#include "cli/progress_line.hpp"
#include "cli/trial.hpp"
#include "reports/certificate.hpp"

namespace interlock::cli {

struct CertifyOptions {
    Extensions      extensions;
    Judging         judging;
    Output          output;
    std::string     suite;  // A folder of scenarios; empty: the conforming ones of the corpus.
    std::string     out;
    reports::Budget budget;
};

class Certifying {
public:
    explicit Certifying(CertifyOptions options);

    Exit run();

private:
    std::optional<harness::InputError> make();
    std::optional<harness::InputError> make_room() const;
    std::optional<harness::InputError> fill();
    std::optional<harness::InputError> read_suite();
    std::optional<harness::InputError> hash_inputs();
    std::optional<harness::InputError> take_in(const std::string& extension);
    std::optional<harness::InputError> try_good_one(const std::string& name);
    std::optional<harness::InputError> write() const;
    std::optional<harness::InputError> write_hashes() const;
    TrialPlan                          plan_for(std::vector<std::string> extensions) const;
    Trial::Tell                        teller(const std::string& of);
    std::string                        command() const;
    Exit                               conclude() const;

    CertifyOptions                 options;
    std::vector<harness::Scenario> suite;
    std::vector<std::string>       taken_in;  // The extensions, as files of the pack
    reports::Certificate           certificate;
    ProgressLine                   line;
};

}  // namespace interlock::cli

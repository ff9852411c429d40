// interlock prove

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "model/smt/claims.hpp"
#include "reports/proofs.hpp"

namespace interlock::cli {
namespace {

using model::smt::Claim;

constexpr auto prove_footer = R"(
Examples
  interlock prove
  interlock prove everything-can-be-taken-down       tells the run that refutes its twin

Proves claims about the tables of the model with Z3. Each has a twin that claims a little too much
and must be refuted, so that no claim holds of nothing. Ends with 1 if a claim does not hold.)";

struct ProveOptions {
    std::string claim;
    Output      output;
};

std::string_view word_for(model::smt::Answer answer) {
    constexpr std::string_view words[] = {"proved", "refuted", "unknown"};
    return words[static_cast<std::size_t>(answer)];
}

reports::ProofLine line_for(const Claim& claim) {
    const auto begun = std::chrono::steady_clock::now();
    const auto proof = model::smt::prove(claim);
    const auto time  = std::chrono::steady_clock::now() - begun;
    return {.name         = claim.name,
            .statement    = claim.statement,
            .method       = claim.method,
            .answer       = word_for(proof.found.answer),
            .witness      = proof.found.witness,
            .twin         = claim.twin,
            .twin_answer  = word_for(proof.twin.answer),
            .twin_witness = proof.twin.witness,
            .holds        = proof.holds(),
            .seconds      = std::chrono::duration<double>(time).count()};
}

void tell(const reports::ProofLine& proof, const ProveOptions& options) {
    const auto style = options.output.style();
    if (options.output.json || (options.output.quiet && proof.holds)) return;
    say(reports::proof_text(proof, style));
    if (!proof.holds || !options.claim.empty()) say(reports::witnesses_text(proof, style));
}

Exit prove_all(const ProveOptions& options) {
    std::vector<reports::ProofLine> proofs;
    std::string                     names;
    ProgressLine                    line(options.output.telling());
    for (const Claim& claim : model::smt::claims()) {
        names += (names.empty() ? "" : ", ") + std::string(claim.name);
        if (!options.claim.empty() && options.claim != claim.name) continue;
        line.begin("proving " + std::string(claim.name));
        proofs.push_back(line_for(claim));
        line.clear();
        tell(proofs.back(), options);
    }
    if (proofs.empty())
        return complain({options.claim, 0, "there is no such claim", "expected one of " + names});
    say(options.output.json ? reports::json_text(proofs) : reports::proofs_sum(proofs));
    const bool all = std::ranges::all_of(proofs, &reports::ProofLine::holds);
    return all ? Exit::conforms : Exit::violates;
}

}  // namespace

void add_prove(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("prove", "Prove claims about the model");
    auto  options = std::make_shared<ProveOptions>();
    app->add_option("claim", options->claim, "Only this one, with its twin's run")
        ->type_name("NAME");
    options->output.add_to(*app);
    app->footer(prove_footer);
    app->callback([options, &exit] { exit = prove_all(*options); });
}

}  // namespace interlock::cli

#include "reports/proofs.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/json.hpp"

namespace interlock::reports {
namespace {

std::string indented(std::string_view lines) {
    std::string text;
    for (std::size_t begin = 0; begin < lines.size();) {
        const auto end = std::min(lines.find('\n', begin), lines.size());
        text += fmt::format("    {}\n", lines.substr(begin, end - begin));
        begin = end + 1;
    }
    return text;
}

double seconds_of(std::span<const ProofLine> proofs) {
    double seconds = 0;
    for (const ProofLine& proof : proofs)
        seconds += proof.seconds;
    return seconds;
}

}  // namespace

std::string proof_text(const ProofLine& proof, const TextStyle& style) {
    const auto word =
        tinted(proof.holds ? "holds" : "FAILS", proof.holds ? Tint::good : Tint::bad, style);
    return fmt::format("{}  {}, {:.2f} s\n", word, proof.name, proof.seconds) +
           labelled("claim", proof.statement, style) +
           labelled(proof.answer, fmt::format("by {}", proof.method), style) +
           labelled("twin", fmt::format("{} {}", proof.twin, proof.twin_answer), style);
}

std::string witnesses_text(const ProofLine& proof, const TextStyle& style) {
    std::string text;
    if (!proof.witness.empty())
        text +=
            labelled("the claim", std::string(proof.answer) + ":", style) + indented(proof.witness);
    if (!proof.twin_witness.empty())
        text += labelled("the twin", std::string(proof.twin_answer) + ":", style) +
                indented(proof.twin_witness);
    return text;
}

std::string proofs_sum(std::span<const ProofLine> proofs) {
    const auto held = std::ranges::count_if(proofs, &ProofLine::holds);
    return fmt::format("{} of {} claims hold, each with a twin that is refuted; {:.1f} s\n", held,
                       proofs.size(), seconds_of(proofs));
}

std::string json_text(std::span<const ProofLine> proofs) {
    auto list = nlohmann::ordered_json::array();
    for (const ProofLine& proof : proofs) {
        list.push_back({{"claim", proof.name},
                        {"statement", proof.statement},
                        {"method", proof.method},
                        {"holds", proof.holds},
                        {"answer", proof.answer},
                        {"witness", proof.witness},
                        {"twin",
                         {{"statement", proof.twin},
                          {"answer", proof.twin_answer},
                          {"witness", proof.twin_witness}}},
                        {"seconds", proof.seconds}});
    }
    const nlohmann::ordered_json all{{"interlock", 1},
                                     {"command", "prove"},
                                     {"holds", std::ranges::all_of(proofs, &ProofLine::holds)},
                                     {"seconds", seconds_of(proofs)},
                                     {"proofs", list}};
    return json_text(all);
}

}  // namespace interlock::reports

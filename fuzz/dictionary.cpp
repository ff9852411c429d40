// Prints a dictionary for a fuzz target, made from what the model and the scenarios are made of.
//
//   fuzz_dictionary scenario | trace | bytes
//
// Source of the form: https://llvm.org/docs/LibFuzzer.html#dictionaries

#include <cstdint>
#include <cstdio>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "harness/faults/faultable.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"
#include "model/call.hpp"

namespace {

using namespace interlock;

using Entries = std::set<std::string>;

std::string escaped(std::span<const std::uint8_t> bytes) {
    std::string text;
    char        one[5];
    for (const std::uint8_t byte : bytes) {
        std::snprintf(one, sizeof one, "\\x%02x", byte);
        text += one;
    }
    return text;
}

void add_all(Entries& entries, std::span<const std::string_view> words) {
    entries.insert(words.begin(), words.end());
}

/// Words only: neither they nor the options have a quote or a backslash.
Entries of_scenarios() {
    Entries entries{"interlock scenario 1",
                    "extension",
                    "schedule",
                    "seed",
                    "depth",
                    "ndis",
                    "inactive",
                    "late",
                    "force",
                    "faults",
                    "preempt memory",
                    "detect races",
                    "when",
                    "fail",
                    "with",
                    "to",
                    "at",
                    "go",
                    "take",
                    "#1"};
    for (auto role = 0U; role <= static_cast<unsigned>(harness::Role::requestor); ++role)
        entries.emplace(name(static_cast<harness::Role>(role)));
    for (const auto& faultable : harness::faultables)
        entries.emplace(faultable.function());
    for (const auto& row : harness::verb_table)
        entries.emplace(row.name);
    for (const auto& option : harness::number_options)
        entries.emplace(option.word);
    for (const auto& option : harness::flag_options)
        entries.emplace(option.word);
    add_all(entries, harness::schedule_words);
    add_all(entries, harness::port_type_words);
    add_all(entries, harness::nic_type_words);
    add_all(entries, harness::property_words);
    add_all(entries, harness::refused_words);
    add_all(entries, harness::towards_words);
    add_all(entries, harness::payload_words);
    add_all(entries, harness::inner_words);
    add_all(entries, harness::indicated_words);
    add_all(entries, harness::told_words);
    return entries;
}

Entries of_traces() {
    Entries entries;
    for (const std::string_view field : {"interlock", "trace", "version", "ndis", "whole", "call",
                                         "extensions", "phase", "leave", "module", "detail", "end"})
        entries.insert("\\\"" + std::string(field) + "\\\":");
    for (std::size_t call = 0; call < model::call_count; ++call)
        entries.insert("\\\"" + std::string(model::name(static_cast<model::Call>(call))) + "\\\"");
    return entries;
}

/// A whole step of each verb, about the ports that meet.
Entries of_bytes() {
    Entries entries;
    for (std::size_t verb = 0; verb < harness::verb_count; ++verb)
        for (model::PortId port = 1; port <= 3; ++port) {
            harness::Scenario scenario;
            scenario.steps.push_back(harness::canonical(
                {.verb = static_cast<harness::Verb>(verb), .port = port, .other_port = 2}));
            const auto bytes = harness::encode(scenario);
            entries.insert(escaped(std::span(bytes).last(harness::bytes_per_step)));
        }
    return entries;
}

}  // namespace

int main(int count, char** words) {
    const std::string_view kind = count == 2 ? words[1] : "";
    Entries                entries;
    if (kind == "scenario") entries = of_scenarios();
    if (kind == "trace") entries = of_traces();
    if (kind == "bytes") entries = of_bytes();
    if (entries.empty()) {
        std::fprintf(stderr, "usage: fuzz_dictionary scenario | trace | bytes\n");
        return 2;
    }
    for (const std::string& entry : entries)
        std::printf("\"%s\"\n", entry.c_str());
    return 0;
}

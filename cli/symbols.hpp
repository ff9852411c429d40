#pragma once

// What stands in an extension's code at a place: the function, and file and line if it was compiled
// with -g.

#include <span>
#include <string>
#include <vector>

#include "harness/call_stack.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

/// Each stack as words, innermost first: "SendDown (ingress.c:53) < ForwarderSend (ingress.c:93)".
/// A function that the compiler put into its caller is told like any other.
/// Where nothing is known of a place: "forwarder.so+0x1a2b".
/// @param modules  paths, by model::ModuleId.
std::vector<std::string> in_words(std::span<const harness::CallStack> stacks,
                                  std::span<const std::string>        modules);

/// The same, and the files that they name. A name that two files have is not among them.
struct StackWords {
    std::vector<std::string>         stacks;
    std::vector<reports::SourceFile> sources;
};

StackWords words_and_sources(std::span<const harness::CallStack> stacks,
                             std::span<const std::string>        modules);

/// As a file is called in a report that travels: seen from this folder, if it lies in it.
std::string seen_from_here(const std::string& path);

}  // namespace interlock::cli

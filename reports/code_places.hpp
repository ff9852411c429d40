#pragma once

// Places in an extension's code, as stacks name them.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/result.hpp"

namespace interlock::reports {

struct CodePlace {
    std::string   function;  // Or "forwarder.so+0x1a2b" where nothing is known of it.
    std::string   file;      // "ingress.c", or empty.
    std::uint32_t line = 0;  // From 1; 0 where there is no file.
};

/// "SendDown (ingress.c:53) < ForwarderSend (ingress.c:93)", taken apart; innermost first.
std::vector<CodePlace> code_places(std::string_view stack);

/// The stack from which a finding can best be told: that of the breaking event, else of a note to
/// it, else of the event that made it illegal. Empty if none is known.
std::string_view stack_of(const Result& result, const model::Violation& violation);

/// Nothing if the name is not among the sources, or stands for two files.
const SourceFile* source_of(const Result& result, const CodePlace& place);

}  // namespace interlock::reports

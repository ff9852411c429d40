#pragma once

// A trace as a sequence diagram in words that other tools draw.

#include <string>

#include "reports/result.hpp"

namespace interlock::reports {

/// For Mermaid, as Markdown pages show it. https://mermaid.js.org/syntax/sequenceDiagram.html
std::string mermaid_text(const Result& result);

/// For PlantUML. https://plantuml.com/sequence-diagram
std::string plantuml_text(const Result& result);

}  // namespace interlock::reports

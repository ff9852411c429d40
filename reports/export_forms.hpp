#pragma once

// Forms in which a recorded trace goes to other tools, each known by a file's ending. A new one is
// a function and a row.

#include <span>
#include <string>
#include <string_view>

#include "model/judge.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// How the trace was judged. What a form does not need it does not look at.
using Facts = model::TraceFacts;

struct ExportForm {
    std::string_view ending;  // ".mmd"
    std::string_view what;    // "a sequence diagram for Mermaid"
    std::string (*text)(const Result& result, const Facts& facts);
    bool             needs_all = false;  // A stretch of a trace, or one with holes, will not do.
};

std::span<const ExportForm> export_forms();

/// The form of that file, by how its name ends; nullptr if there is none.
const ExportForm* export_form_of(std::string_view file);

/// The events as states of the Informal Trace Format, with the state of each port, adapter and
/// extension. https://apalache-mc.org/docs/adr/015adr-trace.html
std::string itf_text(const Result& result);

/// Every event of a packet as a packet of pcapng, on the interface of its adapter. A trace has no
/// bytes of packets: each is empty, and its comment says what happened to it.
/// https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/
std::string pcapng_bytes(const Result& result);

/// A program of one file that judges these events again and fails if the verdict is another.
std::string regression_test(const Result& result, const Facts& facts);

/// A script that takes a Hyper-V host through the same life of ports and adapters.
std::string host_script(const Result& result);

}  // namespace interlock::reports

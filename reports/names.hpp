#pragma once

// Numbers by the names that the documentation gives them.

#include <string>
#include <string_view>

#include "model/event.hpp"
#include "model/rule.hpp"
#include "model/verdict.hpp"

namespace interlock::reports {

/// "NDIS_STATUS_PENDING", or "status 0x........" for one that has no name here.
std::string status_name(model::Status status);

/// The same as the kernel calls it: "STATUS_PENDING".
std::string nt_status_name(model::Status status);

/// "OID_SWITCH_NIC_CONNECT", or "OID 0x........".
std::string oid_name(model::Oid oid);

/// "IRP_MJ_CREATE", or "major function 0x..".
std::string major_function_name(std::uint32_t function);

/// "SIGSEGV (invalid memory access)", or "signal 42".
std::string signal_name(std::uint32_t signal);

/// In words that read after "the extension ", e.g. "freed something twice".
std::string_view misuse_in_words(std::uint32_t misuse);

std::string_view name(model::Outcome outcome);    // "conforms", "undecided", "violates"
std::string_view name(model::Modality modality);  // "must", "must not", "should"
std::string_view name(model::Obliged obliged);    // "host", "extension", "both"
std::string_view name(model::RuleKind kind);      // "safety", "obligation"
std::string_view name(model::Severity severity);  // "violation", "warning"

/// Where the page can be read. Empty for an empty page.
std::string page_link(std::string_view page);

}  // namespace interlock::reports

#include "reports/fingerprint.hpp"

#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "model/judge.hpp"
#include "reports/code_places.hpp"
#include "reports/lanes.hpp"
#include "reports/names.hpp"

namespace interlock::reports {
namespace {

/// FNV-1a of 64 bits.
std::uint64_t digest(std::string_view text) {
    std::uint64_t value = 0xcbf29ce484222325;
    for (const char letter : text) {
        value ^= static_cast<unsigned char>(letter);
        value *= 0x100000001b3;
    }
    return value;
}

std::string where(const Result& result, const model::Violation& violation) {
    const auto places = code_places(stack_of(result, violation));
    if (!places.empty()) return places.front().function + "|" + places.front().file;
    return violation.subject.oid == 0 ? std::string() : oid_name(violation.subject.oid);
}

}  // namespace

std::string fingerprint(const Result& result, const model::Violation& violation) {
    const bool in_trace = violation.at < result.trace.size();
    const auto who = violation.guilty == model::Party::host ? std::string("host")
                                                            : module_name(result, violation.module);
    const auto text =
        fmt::format("{}|{}|{}|{}|{}", model::rules()[violation.rule].id, who, violation.what,
                    in_trace ? model::name(result.trace[violation.at].call) : "",
                    where(result, violation));
    return fmt::format("{:016x}", digest(text));
}

}  // namespace interlock::reports

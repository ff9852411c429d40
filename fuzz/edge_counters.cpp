#include "fuzz/edge_counters.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <vector>

namespace {

/// The compiler's callback has no other way to leave them.
std::vector<std::span<std::uint8_t>>& all_counters() {
    static std::vector<std::span<std::uint8_t>> counters;
    return counters;
}

/// Of one module. The compiler tells of its places before its flow.
struct Tables {
    std::span<const std::uintptr_t> places;  // Of each edge a place and its flags,
    std::span<const std::uintptr_t>
        flow;  // of each block its place, those after it, 0, callees, 0.
};

std::vector<Tables>& all_tables() {
    static std::vector<Tables> tables;
    return tables;
}

}  // namespace

// Called by each extension as it is loaded. https://clang.llvm.org/docs/SanitizerCoverage.html
extern "C" void __sanitizer_cov_8bit_counters_init(std::uint8_t* begin, std::uint8_t* end) {
    if (begin != end) all_counters().emplace_back(begin, end);
}

extern "C" void __sanitizer_cov_pcs_init(const std::uintptr_t* begin, const std::uintptr_t* end) {
    if (begin != end) all_tables().emplace_back().places = {begin, end};
}

extern "C" void __sanitizer_cov_cfs_init(const std::uintptr_t* begin, const std::uintptr_t* end) {
    if (begin != end && !all_tables().empty()) all_tables().back().flow = {begin, end};
}

namespace interlock::fuzz {

EdgeCounters edge_counters() {
    return all_counters();
}

void reset_edge_counters() {
    for (const auto counters : all_counters())
        std::ranges::fill(counters, std::uint8_t{0});
}

void add_edge_runs(std::span<std::uint64_t> runs) {
    std::size_t edge = 0;
    for (const auto counters : all_counters()) {
        for (const std::uint8_t count : counters) {
            if (edge == runs.size()) return;
            runs[edge++] += count != 0 ? 1 : 0;
        }
    }
}

namespace {

std::uintptr_t loaded_at(std::uintptr_t place) {
    Dl_info info = {};
    dladdr(reinterpret_cast<const void*>(place), &info);
    return reinterpret_cast<std::uintptr_t>(info.dli_fbase);
}

/// Without the callees, which nobody needs.
std::vector<std::uint64_t> flow_of(const Tables& tables, std::uintptr_t base) {
    std::vector<std::uint64_t> flow;
    auto                       next  = tables.flow.begin();
    const auto                 place = [&] { return next == tables.flow.end() ? 0 : *next++; };
    while (next != tables.flow.end()) {
        flow.push_back(*next++ - base);
        while (const auto after = place())
            flow.push_back(after - base);
        flow.push_back(0);
        while (place() != 0) {
        }
    }
    return flow;
}

}  // namespace

std::vector<ModuleCode> module_codes() {
    std::vector<ModuleCode> codes;
    for (const Tables& tables : all_tables()) {
        const auto  base = loaded_at(tables.places.front());
        ModuleCode& code = codes.emplace_back();
        for (std::size_t place = 0; place < tables.places.size(); place += 2)
            code.edges.push_back(tables.places[place] - base);
        code.flow = flow_of(tables, base);
    }
    return codes;
}

std::uint32_t edge_count() {
    std::size_t count = 0;
    for (const auto counters : all_counters())
        count += counters.size();
    return static_cast<std::uint32_t>(count);
}

}  // namespace interlock::fuzz

#pragma once

// Campaigns on several machines over one shared folder. Each works in <all>/node-<n>, which nobody
// else writes to; what several are merged into may be <all> itself. A node only reads what the
// others keep: so it takes no lock of theirs, and a file system need not be coherent. What it sees
// late it learns late.

#include <cstdint>
#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "harness/scenario/scenario.hpp"

namespace interlock::cli {

/// Where node `n` of those that share `all` works.
std::filesystem::path folder_of_node(const std::filesystem::path& all, std::uint32_t n);

/// The other nodes of those that share the folder that `own` is in, and that folder, sorted.
std::vector<std::filesystem::path> other_nodes(const std::filesystem::path& own);

/// The scenarios in the corpora of these campaigns: each content once, shortest first.
std::vector<std::string> files_in_corpora(std::span<const std::filesystem::path> campaigns);

/// What comes to the corpora of other nodes.
class OtherNodes {
public:
    explicit OtherNodes(std::filesystem::path own) : own(std::move(own)) {}

    /// These are no news.
    void know(std::span<const std::string> files);

    /// Looks at one of the others, the next in turn, so that many nodes cost a file server no more
    /// than a few do. @return some hundreds at most; the rest comes when it has its turn again.
    std::vector<harness::Scenario> news();

private:
    std::filesystem::path              own;
    std::set<std::string>              known;  // Names of files
    std::vector<std::filesystem::path> turn;   // Who is still to come.
};

}  // namespace interlock::cli

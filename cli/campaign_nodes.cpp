#include "cli/campaign_nodes.hpp"

#include <algorithm>
#include <tuple>

#include "harness/scenario/text.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view node     = "node-";
constexpr std::size_t      news_max = 512;

struct Kept {
    std::uint64_t bytes = 0;
    std::string   name;
    std::string   path;
};

/// Its owner may take one out meanwhile.
void add_corpus(const fs::path& campaign, std::vector<Kept>& kept) {
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator(campaign / "corpus", gone)) {
        const auto bytes = entry.file_size(gone);
        if (!gone) kept.push_back({bytes, entry.path().filename(), entry.path().string()});
    }
}

}  // namespace

fs::path folder_of_node(const fs::path& all, std::uint32_t n) {
    return all / (std::string(node) + std::to_string(n));
}

std::vector<fs::path> other_nodes(const fs::path& own) {
    const fs::path        all = own.parent_path();
    std::vector<fs::path> others{all};
    std::error_code       none;
    for (const auto& entry : fs::directory_iterator(all, none)) {
        const auto name = entry.path().filename();
        if (name.string().starts_with(node) && name != own.filename())
            others.push_back(entry.path());
    }
    std::ranges::sort(others);
    return others;
}

std::vector<std::string> files_in_corpora(std::span<const fs::path> campaigns) {
    std::vector<Kept> kept;
    for (const fs::path& campaign : campaigns)
        add_corpus(campaign, kept);
    const auto by_content = [](const Kept& one) { return std::tie(one.bytes, one.name); };
    std::ranges::sort(kept, {}, by_content);
    const auto twice = std::ranges::unique(kept, {}, by_content);
    kept.erase(twice.begin(), twice.end());
    std::vector<std::string> files;
    for (Kept& one : kept)
        files.push_back(std::move(one.path));
    return files;
}

void OtherNodes::know(std::span<const std::string> files) {
    for (const std::string& file : files)
        known.insert(fs::path(file).filename());
}

std::vector<harness::Scenario> OtherNodes::news() {
    if (turn.empty()) turn = other_nodes(own);
    const fs::path other = turn.back();
    turn.pop_back();
    std::vector<harness::Scenario> scenarios;
    for (const std::string& file : files_in_corpora({&other, 1})) {
        if (scenarios.size() == news_max) break;
        if (!known.insert(fs::path(file).filename()).second) continue;
        auto read = harness::read_scenario(file);
        if (auto* scenario = std::get_if<harness::Scenario>(&read))
            scenarios.push_back(std::move(*scenario));
    }
    return scenarios;
}

}  // namespace interlock::cli

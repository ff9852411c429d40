#include "fuzz/shared_corpus.hpp"

#include <algorithm>

#include "harness/scenario/text.hpp"

namespace interlock::fuzz {
namespace {

namespace fs = std::filesystem;
using harness::Scenario;

constexpr auto corpus = "corpus";

std::string name_of(const std::string& text) {
    return name_of_content(text) + ".scenario";
}

struct Kept {
    std::string   path;
    std::uint64_t bytes = 0;
};

std::vector<Kept> all_in(const fs::path& path) {
    std::vector<Kept> kept;
    std::error_code   gone;  // Another may take one out meanwhile.
    for (const auto& entry : fs::directory_iterator(path, gone)) {
        const auto bytes = entry.file_size(gone);
        if (!gone) kept.push_back({entry.path().string(), bytes});
    }
    return kept;
}

}  // namespace

std::uint64_t SharedCorpus::add(const Scenario& scenario) {
    const std::string text = to_text(scenario);
    const std::string name = name_of(text);
    if (!known.insert(name).second) return 0;
    const auto put = folder.put_new(fs::path(corpus) / name, text, DurableFolder::Safe::if_killed);
    return put == DurableFolder::Put::written ? text.size() : 0;
}

void SharedCorpus::drop(const Scenario& scenario) {
    std::error_code gone;
    fs::remove(folder.path() / corpus / name_of(to_text(scenario)), gone);
}

std::vector<std::string> SharedCorpus::files() const {
    auto kept = all_in(folder.path() / corpus);
    std::ranges::sort(kept, [](const Kept& one, const Kept& other) {
        return std::pair(one.bytes, one.path) < std::pair(other.bytes, other.path);
    });
    std::vector<std::string> files;
    for (Kept& one : kept)
        files.push_back(std::move(one.path));
    return files;
}

std::vector<std::string> SharedCorpus::unknown() {
    std::vector<std::string> fresh;
    for (Kept& one : all_in(folder.path() / corpus)) {
        if (known.insert(fs::path(one.path).filename()).second) fresh.push_back(one.path);
    }
    std::ranges::sort(fresh);
    return fresh;
}

std::vector<Scenario> SharedCorpus::news() {
    std::vector<Scenario> scenarios;
    for (const std::string& file : unknown()) {
        auto read = harness::read_scenario(file);
        if (auto* scenario = std::get_if<Scenario>(&read)) scenarios.push_back(*scenario);
    }
    return scenarios;
}

void SharedCorpus::know_all() {
    unknown();
}

SharedCorpus::Size SharedCorpus::size() const {
    Size size;
    for (const Kept& one : all_in(folder.path() / corpus)) {
        ++size.files;
        size.bytes += one.bytes;
    }
    return size;
}

}  // namespace interlock::fuzz

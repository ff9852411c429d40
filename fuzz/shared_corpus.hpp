#pragma once

// The scenarios that a campaign keeps because they showed something new: a folder of text files,
// each named by its content, that all its jobs write to and learn from.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "fuzz/durable_folder.hpp"
#include "harness/scenario/scenario.hpp"

namespace interlock::fuzz {

class SharedCorpus {
public:
    /// @param folder  is to outlive it; the corpus lies in its "corpus".
    explicit SharedCorpus(const DurableFolder& folder) : folder(folder) {}

    /// @return the bytes that were written; 0: it is there already, or cannot be written.
    std::uint64_t add(const harness::Scenario& scenario);

    /// Takes out one of those that `read_all` gave, because others show all that it does.
    void drop(const harness::Scenario& scenario);

    /// All files, shortest first, so that the least is kept of those that show the same.
    std::vector<std::string> files() const;

    /// What is there and was neither added here nor asked for before.
    std::vector<harness::Scenario> news();

    /// From now on all that is there is no news.
    void know_all();

    struct Size {
        std::uint64_t files = 0;
        std::uint64_t bytes = 0;
    };
    Size size() const;

private:
    std::vector<std::string> unknown();

    const DurableFolder&  folder;
    std::set<std::string> known;  // Names of files
};

}  // namespace interlock::fuzz

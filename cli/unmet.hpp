#pragma once

// What did not do as its folder promises.

#include <string>
#include <vector>

#include "cli/sources.hpp"

namespace interlock::cli {

class Unmet {
public:
    /// Takes note of a verdict. @return whether it is what the folders of `file` promise.
    bool is_met(const std::string& file, const model::Verdict& verdict);

    /// A table of what was not; empty if all was.
    /// @param what  heads the first column: "scenario".
    std::string table(const std::string& what) const;

private:
    struct Row {
        std::string file;
        std::string expected;
        std::string got;
    };
    std::vector<Row> rows;
};

}  // namespace interlock::cli

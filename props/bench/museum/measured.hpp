#pragma once

// What was measured, as lines of a file that grows trial by trial.

#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "props/bench/museum/engines.hpp"

namespace interlock::props::museum {

/// One trial of the file: "faulty_half_key pct 3 1 17 0.031", or the canaries:
/// "faulty_half_key canaries 200 199 30 12 0".
void write(std::ostream& out, const std::string& exhibit, std::string_view engine,
           std::uint64_t seed, const Trial& trial);
void write(std::ostream& out, const std::string& exhibit, const Canaries& canaries);

/// The trials of one exhibit with one engine, the soonest first; those without a detection last.
struct Trials {
    std::vector<Trial> sorted;

    bool         empty() const;
    std::size_t  detected() const;
    const Trial& median() const;  // @pre not empty
};

class Measured {
public:
    /// Of two lines for the same seed, exhibit and engine the later counts.
    explicit Measured(std::istream& lines);

    Trials   trials(const std::string& exhibit, std::string_view engine) const;
    Canaries canaries(const std::string& exhibit) const;

private:
    using Key = std::pair<std::string, std::string>;  // Exhibit and engine
    std::map<Key, std::map<std::uint64_t, Trial>> by_seed;
    std::map<std::string, Canaries>               counted;
};

}  // namespace interlock::props::museum

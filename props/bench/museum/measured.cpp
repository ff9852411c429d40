#include "props/bench/museum/measured.hpp"

#include <algorithm>
#include <istream>
#include <ostream>
#include <sstream>

namespace interlock::props::museum {

void write(std::ostream& out, const std::string& exhibit, std::string_view engine,
           std::uint64_t seed, const Trial& trial) {
    out << exhibit << " " << engine << " " << seed << " " << trial.detected << " "
        << trial.executions << " " << trial.seconds << std::endl;
}

void write(std::ostream& out, const std::string& exhibit, const Canaries& canaries) {
    out << exhibit << " canaries " << canaries.plays << " " << canaries.reached << " "
        << canaries.triggered << " " << canaries.detected << " " << canaries.by_the_twin
        << std::endl;
}

bool Trials::empty() const {
    return sorted.empty();
}

std::size_t Trials::detected() const {
    return static_cast<std::size_t>(std::ranges::count(sorted, true, &Trial::detected));
}

const Trial& Trials::median() const {
    return sorted[sorted.size() / 2];
}

Measured::Measured(std::istream& lines) {
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string        exhibit, engine;
        words >> exhibit >> engine;
        if (engine == "canaries") {
            Canaries& all = counted[exhibit];
            words >> all.plays >> all.reached >> all.triggered >> all.detected >> all.by_the_twin;
            continue;
        }
        std::uint64_t seed = 0;
        Trial         trial;
        words >> seed >> trial.detected >> trial.executions >> trial.seconds;
        by_seed[{exhibit, engine}][seed] = trial;
    }
}

Trials Measured::trials(const std::string& exhibit, std::string_view engine) const {
    Trials     trials;
    const auto found = by_seed.find({exhibit, std::string(engine)});
    if (found == by_seed.end()) return trials;
    for (const auto& [seed, trial] : found->second)
        trials.sorted.push_back(trial);
    std::ranges::sort(trials.sorted, [](const Trial& one, const Trial& other) {
        if (one.detected != other.detected) return one.detected;
        return one.executions < other.executions;
    });
    return trials;
}

Canaries Measured::canaries(const std::string& exhibit) const {
    const auto found = counted.find(exhibit);
    return found == counted.end() ? Canaries{} : found->second;
}

}  // namespace interlock::props::museum

#pragma once

// Which edges of the extensions were ever taken. Counters belong to the modules (Image::counters);
// a fuzzer reads and clears them after each run, so what they said is kept here.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace interlock::harness {

class Coverage {
public:
    /// Adds the counters of a module. They must outlive this.
    void watch(std::span<std::uint8_t> counters);

    /// Takes note of the edges taken since the last `collect`. Call it before anybody clears them.
    void collect();

    std::size_t edges_total() const {
        return seen.size();
    }
    std::size_t edges_hit() const {
        return hit;
    }

    /// Whether each edge was hit, in the order of watching.
    const std::vector<bool>& edges() const {
        return seen;
    }

    /// No edge was hit, and the counters are zero.
    void clear();

private:
    std::vector<std::span<std::uint8_t>> counters;
    std::vector<bool>                    seen;
    std::size_t                          hit = 0;
};

}  // namespace interlock::harness

#include "cli/code_blocks.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace interlock::cli {
namespace {

using Places = std::vector<std::size_t>;

struct Block {
    std::optional<std::uint64_t> counted;
    Places                       after;  // Those that may come next,
    Places                       before;
    std::uint64_t                inferred = 0;
};

class Graph {
public:
    Graph(const fuzz::ModuleCode& code, std::span<const std::uint64_t> runs) {
        add_flow(code.flow);
        for (std::size_t edge = 0; edge < std::min(code.edges.size(), runs.size()); ++edge) {
            Block& block  = blocks[place_of(code.edges[edge])];
            block.counted = std::max(block.counted.value_or(0), runs[edge]);
        }
    }

    std::vector<CodeBlock> counts() {
        for (std::size_t place = 0; place < blocks.size(); ++place)
            if (!blocks[place].counted) infer(place);
        std::vector<CodeBlock> all;
        for (const auto& [begin, place] : places)
            all.push_back({begin, blocks[place].counted.value_or(blocks[place].inferred)});
        return all;
    }

private:
    std::size_t place_of(std::uint64_t begin) {
        const auto [at, fresh] = places.try_emplace(begin, blocks.size());
        if (fresh) blocks.emplace_back();
        return at->second;
    }

    void add_flow(std::span<const std::uint64_t> flow) {
        for (auto next = flow.begin(); next != flow.end(); ++next) {
            const std::size_t from = place_of(*next++);
            for (; next != flow.end() && *next != 0; ++next) {
                const std::size_t to = place_of(*next);
                blocks[from].after.push_back(to);
                blocks[to].before.push_back(from);
            }
            if (next == flow.end()) return;
        }
    }

    /// All of the function that a block stands in.
    Places function_of(std::size_t place) const {
        return reached({place}, no_block, [](const Block& block) {
            Places both = block.after;
            both.insert(both.end(), block.before.begin(), block.before.end());
            return both;
        });
    }

    template <class Next>
    Places reached(Places waiting, std::size_t without, const Next& next) const {
        std::vector<bool> seen(blocks.size());
        Places            all;
        while (!waiting.empty()) {
            const std::size_t place = waiting.back();
            waiting.pop_back();
            if (place == without || seen[place]) continue;
            seen[place] = true;
            all.push_back(place);
            for (const std::size_t more : next(blocks[place]))
                waiting.push_back(more);
        }
        std::ranges::sort(all);
        return all;
    }

    void infer(std::size_t place) {
        const Places all = function_of(place);
        take(place, all, &Block::before, &Block::after);  // What it dominates,
        take(place, all, &Block::after, &Block::before);  // and postdominates.
    }

    /// From what is not reached any more, if one does not pass `place`.
    void take(std::size_t place, const Places& all, Places Block::*back, Places Block::*forth) {
        Places begins;
        std::ranges::copy_if(all, std::back_inserter(begins),
                             [&](std::size_t one) { return (blocks[one].*back).empty(); });
        const auto   next = [forth](const Block& block) { return block.*forth; };
        const Places with = reached(begins, no_block, next), without = reached(begins, place, next);
        Places       cut;
        std::ranges::set_difference(with, without, std::back_inserter(cut));
        for (const std::size_t one : cut)
            blocks[place].inferred =
                std::max(blocks[place].inferred, blocks[one].counted.value_or(0));
    }

    static constexpr std::size_t no_block = ~std::size_t{0};

    std::vector<Block>                   blocks;
    std::map<std::uint64_t, std::size_t> places;  // By where they begin.
};

}  // namespace

std::vector<CodeBlock> code_blocks(const fuzz::ModuleCode&        code,
                                   std::span<const std::uint64_t> runs) {
    return Graph(code, runs).counts();
}

}  // namespace interlock::cli

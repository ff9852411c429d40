#pragma once

// What a live switch leaves where whoever watches it still finds it when an extension has taken its
// process down.

#include <algorithm>
#include <array>
#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/board.hpp"
#include "harness/live/live_scheduler.hpp"
#include "model/event.hpp"

namespace interlock::cli {

struct SwitchBoard {
    /// The last events that the judge has seen.
    class Recent {
    public:
        static constexpr std::size_t kept = std::size_t{1} << 12;

        void add(const model::Event& event) {
            events[count++ % kept] = event;
        }
        /// What was before is not what comes before the next one.
        void forget() {
            count = 0;
            whole = false;
        }

        /// Whether none is missing, from the first one on.
        bool has_all() const {
            return whole && count <= kept;
        }
        std::uint64_t seen() const {
            return count;
        }
        std::vector<model::Event> all() const {
            std::vector<model::Event> in_order;
            for (std::uint64_t one = count - std::min<std::uint64_t>(count, kept); one < count;
                 ++one)
                in_order.push_back(events[one % kept]);
            return in_order;
        }

    private:
        std::uint64_t                  count = 0;
        bool                           whole = true;
        std::array<model::Event, kept> events;
    };

    fuzz::LastWords            last_words;
    harness::Pulse             pulse;
    std::atomic<bool>          has_begun = false;  // The extensions are loaded.
    Recent                     recent;
    std::atomic<std::uint64_t> found = 0;  // Violations so far, as told each second.

    /// What it told in numbers last.
    void keep_numbers(std::string_view text) {
        numbers.fill(0);
        std::copy_n(text.begin(), std::min(text.size(), numbers.size() - 1), numbers.begin());
    }
    std::string last_numbers() const {
        return numbers.data();
    }

private:
    std::array<char, 8192> numbers{};
};

}  // namespace interlock::cli

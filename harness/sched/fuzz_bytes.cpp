#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

namespace {

// A run passes thousands of places and is interrupted at few, so that a byte for each place would
// be spent before anything has happened. Instead one byte says how many places are passed before
// the next interruption, and the one after it who goes on then.
class FuzzBytes final : public Scheduler {
public:
    explicit FuzzBytes(std::span<const std::uint8_t> bytes) : bytes(bytes) {
        begin();
    }

    void begin() override {
        read   = 0;
        passes = take();
    }

    std::optional<std::size_t> next(const Moment& moment) override {
        const std::size_t count = moment.runnable.size();
        if (count == 1) return 0;
        if (!moment.current) return take() % count;
        if (passes > 0 || read >= bytes.size()) {
            if (passes > 0) --passes;
            return moment.current;
        }
        const std::size_t other = take() % (count - 1);
        passes                  = take();
        return other < *moment.current ? other : other + 1;
    }

    std::uint32_t choose(std::string_view, std::uint32_t count) override {
        std::uint32_t answer = take();
        for (std::uint32_t limit = 0xFF; limit < count - 1; limit = limit << 8 | 0xFF) {
            answer = answer << 8 | take();
            if (limit > 0x00FFFFFF) break;
        }
        return answer % count;
    }

private:
    std::uint8_t take() {
        return read < bytes.size() ? bytes[read++] : std::uint8_t{0};
    }

    std::span<const std::uint8_t> bytes;
    std::size_t                   read   = 0;
    std::uint32_t                 passes = 0;  // Places still passed before an interruption.
};

}  // namespace

std::unique_ptr<Scheduler> fuzz_bytes(std::span<const std::uint8_t> bytes) {
    return std::make_unique<FuzzBytes>(bytes);
}

}  // namespace interlock::harness

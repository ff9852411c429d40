#pragma once

// The switch that keeps every promise, in memory, and those that break one each: by them is seen
// that a test of others finds what there is to find.

#include <array>
#include <deque>
#include <map>

#include "harness/sut/frame_ledger.hpp"

namespace interlock::harness {

class IdealSwitch final : public SwitchUnderTest {
public:
    IdealSwitch() = default;

    /// All is well but for one promise, which it breaks where it can.
    explicit IdealSwitch(SutPromise broken) : broken(broken) {}

    std::string_view      name() const override;
    SutTrouble            plug(SutPort port) override;
    SutTrouble            unplug(SutPort port) override;
    bool                  send(SutPort port, std::span<const std::uint8_t> frame) override;
    std::vector<SutFrame> take(SutPort port) override;
    void                  settle() override;

private:
    struct UnderWay {
        SutPort  from = 0;
        SutFrame frame;
    };

    bool breaks(SutPromise promise) const {
        return broken == promise;
    }
    void forward_all();
    void forward(const UnderWay& one);
    void deliver(SutPort port, SutFrame frame);

    std::optional<SutPromise>                    broken;
    std::array<bool, sut_ports>                  plugged{};
    std::map<std::uint8_t, SutPort>              learnt;  // By the last byte of the address.
    std::deque<UnderWay>                         under_way;
    std::array<std::vector<SutFrame>, sut_ports> out{};
    std::size_t                                  count = 0;  // Of frames.
};

}  // namespace interlock::harness

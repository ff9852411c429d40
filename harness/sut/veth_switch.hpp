#pragma once

// A switch of the system, of which every port is one end of a veth pair; the other end is ours.

#include <array>

#include "harness/live/wire.hpp"
#include "harness/sut/switch_under_test.hpp"

namespace interlock::harness {

/// Goes with this thread into a network namespace of its own, which ends with it.
/// @return what is wrong, if it cannot be.
std::optional<InputError> enter_own_network();

/// The system says nothing of its own on that interface.
void silence(const std::string& interface);

/// Frames of some ports may come and go on one thread while another plugs others.
class VethSwitch : public SwitchUnderTest {
public:
    SutTrouble            plug(SutPort port) final;
    SutTrouble            unplug(SutPort port) final;
    bool                  send(SutPort port, std::span<const std::uint8_t> frame) final;
    std::size_t           send_many(SutPort port, std::span<const std::uint8_t> frame,
                                    std::size_t count) final;
    std::vector<SutFrame> take(SutPort port) final;
    void                  settle() final;

protected:
    /// Makes the `switch_end` one of its ports, and no port any more; back when that is so.
    virtual SutTrouble attach(SutPort port) = 0;
    virtual SutTrouble detach(SutPort port) = 0;

    /// Before it is attached again: a new pair, which nobody knows.
    virtual SutTrouble renew(SutPort port);
    SutTrouble         make_pair(SutPort port);

    static std::string switch_end(SutPort port);
    static std::string own_end(SutPort port);

private:
    /// The adapter's end stays open behind the disconnect: what came then would be seen.
    struct Plug {
        std::unique_ptr<Wire> wire;
        std::vector<SutFrame> arrived;
    };

    void listen(Plug& plug);
    bool anything_came();

    std::array<Plug, sut_ports> plugs;
};

}  // namespace interlock::harness

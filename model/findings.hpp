#pragma once

// What the judge has found so far: the verdict in the making.

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/store.hpp"
#include "model/verdict.hpp"

namespace interlock::model {

/// What an unfinished obligation is about, so that it is named once and not at each Quiescent.
enum class Matter : std::uint8_t {
    ingress_token,
    egress_token,
    own_packet,
    request,
    nic_reference,
    port_reference,
    callback,
    state,
    indication,
    irp,
    device,
};

class Findings {
public:
    Findings();

    void begin();

    void held(RuleIndex rule) {
        ++verdict.rules[rule].held;
    }
    void taken(std::size_t cell) {
        ++verdict.cells[cell];
    }

    void met_blank(std::size_t blank) {
        ++verdict.blanks[blank];
    }

    /// Takes the violation if there are not too many yet; counts it in any case.
    void broken(const Violation& violation);

    /// Notes it once for each reason.
    void undecided(std::uint32_t at, std::string_view why);

    /// @return whether nobody named it before; from now on somebody has.
    bool name_once(Matter matter, ModuleId module, std::uint32_t object);

    /// What was taken for lost was only late: the violation that named it is one of `late`.
    void came_late(Matter matter, ModuleId module, std::uint32_t object, RuleIndex late);
    bool may_come_late() const {
        return awaited.size() != 0;
    }

    /// Remembers that the violation just taken names something that may still come.
    void await(Matter matter, ModuleId module, std::uint32_t object);

    Verdict       verdict;
    std::uint32_t violations = 0;  // Warnings not counted.

private:
    struct Named {};
    struct Awaited {
        std::uint32_t violation = 0;
    };
    Store<std::uint64_t, Named>   named;
    Store<std::uint64_t, Awaited> awaited;
};

}  // namespace interlock::model

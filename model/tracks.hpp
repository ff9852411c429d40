#pragma once

// The machines as the judge drives them: dense tables, the rules of their cells by index, and the
// words in which a blank or a guard is told. Made once, read only.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/machine.hpp"
#include "model/rule.hpp"

namespace interlock::model {

class Track {
public:
    /// How a machine's events and states are told; in the order of the machine's own.
    struct Words {
        std::vector<std::string_view> events;  // "issued OID_SWITCH_NIC_CONNECT"
        std::string_view              about;   // "for an adapter that is"
        std::vector<std::string_view> states;  // "created"
        std::vector<std::string_view> guards;  // "while packets name it": when it does not hold
    };

    Track(const Machine& machine, const Words& words);

    const Step& at(std::uint8_t state, std::uint8_t event) const {
        return table.at(state, event);
    }

    RuleIndex cell_rule(const Step& step) const {
        return cell_rules[step.cell];
    }
    RuleIndex blank_rule(const Step& step) const {
        return blank_rules[step.cell];
    }
    RuleIndex guard_rule(std::size_t guard) const {
        return guard_rules[guard];
    }

    /// Place in Verdict::cells.
    std::size_t cell(const Step& step) const {
        return first_cell + step.cell;
    }

    /// Place in Verdict::blanks.
    std::size_t blank(const Step& step) const {
        return first_blank + step.cell;
    }

    /// Reads after "the extension " or "the switch ".
    std::string_view blank_told(const Step& step) const {
        return blanks_told[step.cell];
    }
    std::string_view guard_told(std::uint8_t event, std::size_t guard) const {
        return guards_told[event * guard_rules.size() + guard];
    }

private:
    DenseTable               table;
    std::size_t              first_cell  = 0;
    std::size_t              first_blank = 0;
    std::vector<RuleIndex>   cell_rules, blank_rules, guard_rules;
    std::vector<std::string> blanks_told, guards_told;
};

struct Tracks {
    Tracks();
    Track port, nic, filter_module, oid_request, packet, save, restore, activation, property;
};

const Tracks& tracks();

}  // namespace interlock::model

#include "cli/measuring.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <utility>

#include "cli/fuzzing.hpp"
#include "harness/sut/forwarding.hpp"
#include "harness/trace/judging_sink.hpp"

namespace interlock::cli {
namespace {

using namespace harness;

// Without other ports, and while some come and go.
constexpr std::size_t alone = 0, churned = 1, ways = 2;

/// What is told of a trial as one number.
using Number = std::function<double(const Forwarded&)>;

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return values.empty() ? 0 : *middle;
}

std::string in_column(const char* format, double value) {
    char text[32] = "";
    std::snprintf(text, sizeof text, format, value);
    char cell[32] = "";
    std::snprintf(cell, sizeof cell, "%17s", text);
    return cell;
}

/// One switch in every round: what it made of each load in each way.
struct Measured {
    using Round = std::vector<std::array<Forwarded, ways>>;  // By load.

    std::string        name;
    std::vector<Round> rounds;
};

class Measurement {
public:
    explicit Measurement(const MeasuringOptions& given) : options(given) {
        for (const std::string& name : options.switches)
            all.push_back({name, {}});
    }

    Exit run() {
        auto found = options.extensions.paths_named();
        if (auto* const error = std::get_if<InputError>(&found)) return complain(*error);
        paths = std::move(std::get<std::vector<std::string>>(found));
        for (std::size_t round = 0; round < options.rounds; ++round) {
            for (Measured& one : all)
                if (auto error = measure(one)) return complain(*error);
        }
        say(tables());
        return violations == 0 ? Exit::conforms : Exit::violates;
    }

private:
    OpenedSwitch open(const std::string& name, TraceSink* judge) const {
        if (name == "bridge") return open_linux_bridge();
        if (name == "ovs") return open_openvswitch();
        return open_own_switch_on_veth(paths, name == "judged" ? judge : nullptr);
    }

    std::optional<InputError> measure(Measured& one) {
        JudgingSink sink;
        auto        opened = open(one.name, &sink);
        if (auto* const error = std::get_if<InputError>(&opened)) return std::move(*error);
        auto& tested = std::get<std::unique_ptr<SwitchUnderTest>>(opened);
        one.rounds.emplace_back();
        for (const double load : options.loads) {
            auto& by_way = one.rounds.back().emplace_back();
            for (std::size_t way = 0; way < ways; ++way) {
                by_way[way] =
                    forward(*tested, {.frames_per_s = load,
                                      .time         = options.time,
                                      .lives_per_s  = way == alone ? 0 : options.lives_per_s});
                if (auto trouble = by_way[way].trouble)
                    return InputError{one.name, 0, *trouble, "ports that come and go"};
            }
        }
        tested.reset();
        if (one.name == "judged") hear(sink.judge);
        return {};
    }

    /// The verdict, when the switch is down.
    void hear(model::Judge& judge) {
        for (const model::Violation& violation : judge.verdict().violations) {
            say(std::string(model::rules()[violation.rule].id) +
                " is broken: " + std::string(violation.what) + "\n");
            ++violations;
        }
    }

    std::string tables() const {
        const auto rate  = [](const Forwarded& one) { return one.rate(); };
        const auto loss  = [](const Forwarded& one) { return 100 * one.loss(); };
        const auto lives = [](const Forwarded& one) {
            return one.seconds > 0 ? static_cast<double>(one.lives) / one.seconds : 0;
        };
        std::string text = table("forwarded a second", "%.0f", rate, alone) +
                           table("lost, of what was sent", "%.2f %%", loss, alone) +
                           table("lives of other ports a second", "%.1f", lives, churned);
        if (all.size() > 1) text += ratios();
        return text + kept();
    }

    std::string title(const std::string& what) const {
        std::string text = what;
        text.resize(32, ' ');
        for (const Measured& one : all) {
            char cell[32] = "";
            std::snprintf(cell, sizeof cell, "%17s", one.name.c_str());
            text += cell;
        }
        return text + "\n";
    }

    std::string row(std::size_t load, std::size_t way) const {
        char text[64] = "";
        std::snprintf(text, sizeof text, "%12.0f offered, %-10s", options.loads[load],
                      way == alone ? "alone" : "churned");
        return text;
    }

    std::vector<double> values(const Measured& of, std::size_t load, std::size_t way,
                               const Number& number) const {
        std::vector<double> all_rounds;
        for (const Measured::Round& round : of.rounds)
            all_rounds.push_back(number(round[load][way]));
        return all_rounds;
    }

    std::string table(const std::string& what, const char* format, const Number& number,
                      std::size_t first_way) const {
        std::string text = title(what);
        for (std::size_t load = 0; load < options.loads.size(); ++load) {
            for (std::size_t way = first_way; way < ways; ++way) {
                text += row(load, way);
                for (const Measured& one : all)
                    text += in_column(format, median(values(one, load, way, number)));
                text += "\n";
            }
        }
        return text + "\n";
    }

    /// Median of the rounds' ratios, each to the same load in the same round.
    double ratio(const Measured& one, std::size_t one_way, const Measured& other,
                 std::size_t other_way, std::size_t load) const {
        std::vector<double> each;
        for (std::size_t round = 0; round < options.rounds; ++round) {
            const double under = other.rounds[round][load][other_way].rate();
            each.push_back(under > 0 ? one.rounds[round][load][one_way].rate() / under : 0);
        }
        return median(each);
    }

    /// To the bridge, or else to the first.
    std::string ratios() const {
        auto base = std::ranges::find(all, "bridge", &Measured::name);
        if (base == all.end()) base = all.begin();
        std::string text = title("to that of " + base->name);
        for (std::size_t load = 0; load < options.loads.size(); ++load) {
            for (std::size_t way = 0; way < ways; ++way) {
                text += row(load, way);
                for (const Measured& one : all)
                    text += in_column("%.2f", ratio(one, way, *base, way, load));
                text += "\n";
            }
        }
        return text + "\n";
    }

    std::string kept() const {
        std::string text = title("churned, to alone");
        for (std::size_t load = 0; load < options.loads.size(); ++load) {
            char offered[64] = "";
            std::snprintf(offered, sizeof offered, "%12.0f offered%12s", options.loads[load], "");
            text += offered;
            for (const Measured& one : all)
                text += in_column("%.2f", ratio(one, churned, one, alone, load));
            text += "\n";
        }
        return text;
    }

    const MeasuringOptions&  options;
    std::vector<std::string> paths;
    std::vector<Measured>    all;
    std::size_t              violations = 0;
};

}  // namespace

Exit run_measurement(const MeasuringOptions& options) {
    return Measurement(options).run();
}

}  // namespace interlock::cli

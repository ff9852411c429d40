#include "harness/sut/course.hpp"

#include <algorithm>
#include <sstream>

#include "harness/scenario/chance.hpp"

namespace interlock::harness {
namespace {

class Runner {
public:
    explicit Runner(SwitchUnderTest& tested) : tested(tested) {}

    void take(const SutStep& step) {
        switch (step.kind) {
            case SutStep::Kind::plug:
                return plug(step);
            case SutStep::Kind::unplug:
                return unplug(step.port);
            case SutStep::Kind::send:
                return send(step);
            case SutStep::Kind::settle:
                return settle();
        }
    }

    CourseResult end() {
        settle();
        for (SutPort port = 0; port < sut_ports; ++port)
            unplug(port);
        listen();
        result.findings = ledger.findings();
        result.asked    = ledger.asked();
        for (std::size_t place = 0; place < sut_promise_count; ++place)
            if (const auto promise = static_cast<SutPromise>(place); !tested.promises(promise))
                forget(promise);
        return result;
    }

private:
    void forget(SutPromise promise) {
        std::erase_if(result.findings, [&](const auto& one) { return one.promise == promise; });
        result.asked[static_cast<std::size_t>(promise)]    = 0;
        result.promised[static_cast<std::size_t>(promise)] = false;
    }

    void plug(const SutStep& step) {
        const bool taken = std::ranges::any_of(
            plugged, [&](const auto& address) { return address && *address == step.address; });
        if (plugged[step.port] || taken) return;
        listen();
        if (const SutTrouble trouble = tested.plug(step.port))
            return ledger.trouble(step.port, *trouble);
        ledger.plugged(step.port, step.address);
        plugged[step.port] = step.address;
        ++result.lives;
    }

    void unplug(SutPort port) {
        if (!plugged[port]) return;
        const SutTrouble trouble = tested.unplug(port);
        listen();
        plugged[port].reset();
        trouble ? ledger.trouble(port, *trouble) : ledger.unplugged(port);
    }

    void send(const SutStep& step) {
        if (!plugged[step.port] || *plugged[step.port] == step.address) return;
        const SutFrame frame = ledger.make(step.port, step.address);
        ++result.frames;
        if (!tested.send(step.port, frame)) ledger.refused();
    }

    void settle() {
        tested.settle();
        listen();
        ledger.settled();
    }

    void listen() {
        for (SutPort port = 0; port < sut_ports; ++port) {
            for (const SutFrame& frame : tested.take(port)) {
                ++result.deliveries;
                ledger.delivered(port, frame);
            }
        }
    }

    SwitchUnderTest&                                 tested;
    FrameLedger                                      ledger;
    CourseResult                                     result;
    std::array<std::optional<SutAddress>, sut_ports> plugged{};
};

/// Steps by chance, of which each can be taken.
class Chooser {
public:
    explicit Chooser(std::uint64_t seed) : chance(seed) {}

    SutStep next() {
        const auto port = static_cast<SutPort>(chance.below(sut_ports));
        const auto what = chance.below(100);
        if (!plugged[port]) return what < 50 ? plug(port) : settle_or(what);
        if (what < 12) return unplug(port);
        return what < 20 ? SutStep{} : send(port);
    }

    SutStep plug(SutPort port) {
        SutAddress address = 0;
        do
            address = static_cast<SutAddress>(chance.below(sut_addresses));
        while (is_plugged(address));
        plugged[port] = address;
        return {SutStep::Kind::plug, port, address};
    }

private:
    bool is_plugged(SutAddress address) const {
        return std::ranges::find(plugged, std::optional(address)) != plugged.end();
    }

    SutStep unplug(SutPort port) {
        plugged[port].reset();
        return {SutStep::Kind::unplug, port, 0};
    }

    /// Mostly to somebody who is there.
    SutStep send(SutPort port) {
        const auto other = static_cast<SutPort>(chance.below(sut_ports));
        const bool there = other != port && plugged[other] && chance.percent(80);
        const auto any   = static_cast<SutAddress>(chance.below(sut_addresses));
        if (there || any != *plugged[port])
            return {SutStep::Kind::send, port, there ? *plugged[other] : any};
        return {};
    }

    /// A port at which nothing is: who is connected elsewhere sends.
    SutStep settle_or(std::uint32_t what) {
        const auto from =
            std::ranges::find_if(plugged, [](const auto& at) { return at.has_value(); });
        if (what < 55 || from == plugged.end()) return {};
        return send(static_cast<SutPort>(from - plugged.begin()));
    }

    Chance                                           chance;
    std::array<std::optional<SutAddress>, sut_ports> plugged{};
};

}  // namespace

std::string text_of(const Course& course) {
    std::string text;
    for (const SutStep& step : course) {
        const std::string port = std::to_string(step.port), address = std::to_string(step.address);
        switch (step.kind) {
            case SutStep::Kind::plug:
                text += "plug " + port + " as " + address + "\n";
                break;
            case SutStep::Kind::unplug:
                text += "unplug " + port + "\n";
                break;
            case SutStep::Kind::send:
                text += "send " + port + " to " + address + "\n";
                break;
            case SutStep::Kind::settle:
                text += "settle\n";
                break;
        }
    }
    return text;
}

namespace {

bool take_number(std::istringstream& line, std::uint8_t& into, std::uint8_t below) {
    unsigned number = 0;
    if (!(line >> number) || number >= below) return false;
    into = static_cast<std::uint8_t>(number);
    return true;
}

bool take_word(std::istringstream& line, std::string_view expected) {
    std::string word;
    return line >> word && word == expected;
}

std::optional<SutStep> step_of(std::istringstream& line) {
    SutStep     step;
    std::string verb, more;
    line >> verb;
    bool well = verb == "settle";
    if (verb == "plug") {
        step.kind = SutStep::Kind::plug;
        well      = take_number(line, step.port, sut_ports) && take_word(line, "as") &&
               take_number(line, step.address, sut_addresses);
    } else if (verb == "unplug") {
        step.kind = SutStep::Kind::unplug;
        well      = take_number(line, step.port, sut_ports);
    } else if (verb == "send") {
        step.kind = SutStep::Kind::send;
        well      = take_number(line, step.port, sut_ports) && take_word(line, "to") &&
               take_number(line, step.address, sut_addresses);
    }
    if (!well || line >> more) return {};
    return step;
}

}  // namespace

std::variant<Course, InputError> parse_course(std::string_view text, const std::string& file) {
    Course             course;
    std::istringstream lines{std::string(text)};
    std::size_t        number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        const auto         step = step_of(words);
        if (!step)
            return InputError{file, number, "'" + line + "' is no step",
                              "'plug <port> as <address>', 'unplug <port>', 'send <port> to "
                              "<address>' or 'settle', with ports to 3 and addresses to 4"};
        course.push_back(*step);
    }
    return course;
}

Course random_course(std::uint64_t seed, std::size_t steps) {
    Chooser chooser(seed);
    Course  course{chooser.plug(0), chooser.plug(1)};
    while (course.size() < steps)
        course.push_back(chooser.next());
    return course;
}

CourseResult run(SwitchUnderTest& tested, const Course& course) {
    Runner runner(tested);
    for (const SutStep& step : course)
        runner.take(step);
    return runner.end();
}

bool breaks(SwitchUnderTest& tested, const Course& course, SutPromise promise) {
    const CourseResult result = run(tested, course);
    return std::ranges::find(result.findings, promise, &SutFinding::promise) !=
           result.findings.end();
}

}  // namespace interlock::harness

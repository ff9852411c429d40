#include "model/smt/engine.hpp"

#include <memory>
#include <optional>
#include <set>

#include <z3++.h>

namespace interlock::model::smt {
namespace {

constexpr unsigned step_limit  = 20'000'000;  // Z3's "rlimit" of one question.
constexpr unsigned level_limit = 100;         // How long a run Spacer thinks of.

using Frame = std::vector<z3::expr>;  // The variables at one moment.

/// A system as formulas.
class Encoding {
public:
    explicit Encoding(const System& of) : system(of) {}

    z3::context& context() {
        return z3;
    }

    z3::solver solver() {
        z3::solver made(z3, "QF_LIA");
        z3::params limits(z3);
        limits.set("rlimit", step_limit);
        made.set(limits);
        return made;
    }

    Frame frame(std::size_t moment) {
        Frame made;
        for (const VariableInfo& variable : system.variables)
            made.push_back(z3.int_const((variable.name + "@" + std::to_string(moment)).c_str()));
        return made;
    }

    z3::expr chosen(std::size_t moment) {
        return z3.int_const(("action@" + std::to_string(moment)).c_str());
    }

    z3::expr holds(const Cube& cube, const Frame& at) {
        z3::expr_vector all(z3);
        for (const Bounds& bounds : cube) {
            const z3::expr& value = at[bounds.variable];
            if (bounds.at_least == bounds.at_most) {
                all.push_back(value == number(bounds.at_least));
                continue;
            }
            all.push_back(value >= number(bounds.at_least));
            if (bounds.at_most != no_limit) all.push_back(value <= number(bounds.at_most));
        }
        return z3::mk_and(all);
    }

    z3::expr holds(const Invariant& invariant, const Frame& at) {
        z3::expr_vector all(z3);
        for (const Implication& one : invariant)
            all.push_back(z3::implies(holds(one.premise, at), holds(one.conclusion, at)));
        return z3::mk_and(all);
    }

    z3::expr taken(const Action& action, const Frame& before, const Frame& after) {
        z3::expr_vector all(z3);
        all.push_back(holds(action.when, before));
        for (Variable variable = 0; variable < before.size(); ++variable) {
            z3::expr value = before[variable];
            for (const Effect& effect : action.effects) {
                if (effect.variable != variable) continue;
                const bool becomes = effect.kind == Effect::Kind::becomes;
                value              = becomes ? number(effect.value) : value + number(effect.value);
            }
            all.push_back(after[variable] == value);
        }
        return z3::mk_and(all);
    }

    z3::expr step(const Frame& before, const Frame& after, const z3::expr& action) {
        z3::expr_vector any(z3);
        for (std::size_t place = 0; place < system.actions.size(); ++place) {
            any.push_back(action == number(static_cast<std::int64_t>(place)) &&
                          taken(system.actions[place], before, after));
        }
        return z3::mk_or(any);
    }

    z3::expr number(std::int64_t value) {
        return z3.int_val(value);
    }

    std::string tell(const z3::model& model, const Frame& at) {
        std::string text;
        for (Variable variable = 0; variable < at.size(); ++variable) {
            const auto  value = model.eval(at[variable], true).get_numeral_int64();
            const auto& info  = system.variables[variable];
            text += (text.empty() ? "" : ", ") + info.name + " ";
            const bool word = value >= 0 && static_cast<std::size_t>(value) < info.words.size();
            text += word ? std::string{info.words[static_cast<std::size_t>(value)]}
                         : std::to_string(value);
        }
        return text + "\n";
    }

    std::string tell_action(const z3::model& model, std::size_t moment) {
        const auto place = model.eval(chosen(moment), true).get_numeral_int64();
        return system.actions[static_cast<std::size_t>(place)].name + "\n";
    }

    const System& system;

private:
    z3::context z3;
};

/// Runs of growing length from the initial states.
class Unrolling {
public:
    explicit Unrolling(const System& of) : encoding(of), solver(encoding.solver()) {
        frames.push_back(encoding.frame(0));
        solver.add(encoding.holds(of.initial, frames[0]));
    }

    void grow() {
        const std::size_t moment = frames.size();
        frames.push_back(encoding.frame(moment));
        solver.add(encoding.step(frames[moment - 1], frames[moment], encoding.chosen(moment)));
    }

    std::size_t steps() const {
        return frames.size() - 1;
    }
    const Frame& last() const {
        return frames.back();
    }

    /// Asks whether a run of just this length ends so.
    z3::check_result ask(const z3::expr& end) {
        solver.push();
        solver.add(end);
        const auto answer = solver.check();
        if (answer == z3::sat) model = std::make_unique<z3::model>(solver.get_model());
        solver.pop();
        return answer;
    }

    z3::expr last_action_is(std::size_t place) {
        return encoding.chosen(steps()) == encoding.number(static_cast<std::int64_t>(place));
    }

    /// The run that the last `ask` found.
    std::string tell() {
        std::string text;
        for (std::size_t moment = 1; moment < frames.size(); ++moment)
            text += encoding.tell_action(*model, moment);
        return text + "there: " + encoding.tell(*model, last());
    }

    Encoding encoding;

private:
    z3::solver                 solver;
    std::vector<Frame>         frames;
    std::unique_ptr<z3::model> model;
};

/// Looks for the shortest run that ends so. `ends` makes the formula over the last frame.
template <class Ends>
Finding search(const System& system, Depth depth, Ends ends) {
    Unrolling run(system);
    for (;;) {
        const auto answer = run.ask(ends(run.encoding, run.last()));
        if (answer == z3::sat) return {Answer::proved, run.tell()};
        if (answer == z3::unknown) return {Answer::unknown, "the solver gave up\n"};
        if (run.steps() == depth.steps) break;
        run.grow();
    }
    const bool whole = depth.kind == Depth::Kind::whole;
    return {whole ? Answer::refuted : Answer::unknown,
            "no run of at most " + std::to_string(depth.steps) + " steps\n"};
}

/// A run that breaks the invariant refutes it.
Finding refute(const System& system, Depth depth, const auto& breaks, std::string otherwise) {
    const Finding broken = search(system, depth, breaks);
    if (broken.answer == Answer::proved) return {Answer::refuted, broken.witness};
    return {Answer::unknown, std::move(otherwise)};
}

Finding one_query(z3::solver& solver, const auto& tell) {
    switch (solver.check()) {
        case z3::unsat:
            return {Answer::proved, ""};
        case z3::sat:
            return {Answer::refuted, tell(solver.get_model())};
        default:
            return {Answer::unknown, "the solver gave up\n"};
    }
}

}  // namespace

Finding always(const System& system, const Invariant& invariant, Depth depth) {
    const auto breaks = [&](Encoding& encoding, const Frame& at) {
        return !encoding.holds(invariant, at);
    };
    Encoding    encoding(system);
    const Frame before = encoding.frame(0);
    const Frame after  = encoding.frame(1);

    z3::solver begin = encoding.solver();
    begin.add(encoding.holds(system.initial, before) && breaks(encoding, before));
    if (begin.check() != z3::unsat) return refute(system, {0}, breaks, "the solver gave up\n");

    z3::solver step = encoding.solver();
    step.add(encoding.holds(invariant, before) &&
             encoding.step(before, after, encoding.chosen(1)) && breaks(encoding, after));
    const Finding induction = one_query(step, [&](const z3::model& model) {
        return "perhaps unreachable: " + encoding.tell(model, before) +
               encoding.tell_action(model, 1) + "there: " + encoding.tell(model, after);
    });
    if (induction.answer == Answer::proved) return induction;
    return refute(system, depth, breaks, induction.witness);
}

Finding never(const System& system, const Cube& bad, Depth depth) {
    Encoding       encoding(system);
    z3::context&   z3 = encoding.context();
    z3::fixedpoint spacer(z3);
    z3::params     how(z3);
    how.set("engine", z3.str_symbol("spacer"));
    how.set("spacer.max_level", level_limit);
    spacer.set(how);

    const Frame     before = encoding.frame(0);
    const Frame     after  = encoding.frame(1);
    z3::expr_vector all(z3);
    z3::expr_vector from(z3);
    z3::expr_vector to(z3);
    z3::sort_vector sorts(z3);
    for (Variable variable = 0; variable < before.size(); ++variable) {
        from.push_back(before[variable]);
        to.push_back(after[variable]);
        all.push_back(before[variable]);
        all.push_back(after[variable]);
        sorts.push_back(z3.int_sort());
    }
    z3::func_decl reachable = z3.function("reachable", sorts, z3.bool_sort());
    spacer.register_relation(reachable);
    const auto add_rule = [&](const z3::expr& rule, const std::string& name) {
        z3::expr closed = z3::forall(all, rule);
        spacer.add_rule(closed, z3.str_symbol(name.c_str()));
    };
    add_rule(z3::implies(encoding.holds(system.initial, before), reachable(from)), "initial");
    for (const Action& action : system.actions) {
        add_rule(
            z3::implies(reachable(from) && encoding.taken(action, before, after), reachable(to)),
            action.name);
    }
    z3::expr question = z3::exists(from, reachable(from) && encoding.holds(bad, before));
    if (spacer.query(question) == z3::unsat) return {Answer::proved, ""};
    return refute(
        system, depth, [&](Encoding& e, const Frame& at) { return e.holds(bad, at); },
        "Spacer found no proof\n");
}

Finding sometimes(const System& system, const Cube& goal, Depth depth) {
    return search(system, depth,
                  [&](Encoding& encoding, const Frame& at) { return encoding.holds(goal, at); });
}

Finding every_row_happens(const System& system, Depth depth) {
    std::set<std::size_t> missing;
    for (std::size_t place = 0; place < system.actions.size(); ++place) {
        if (!system.actions[place].rule.empty()) missing.insert(place);
    }
    if (missing.empty()) return {Answer::refuted, "no row\n"};

    Unrolling run(system);
    bool      gave_up = false;
    while (!missing.empty() && run.steps() < depth.steps) {
        run.grow();
        std::erase_if(missing, [&](std::size_t place) {
            const auto answer = run.ask(run.last_action_is(place));
            gave_up |= answer == z3::unknown;
            return answer == z3::sat;
        });
    }
    if (missing.empty()) {
        return {Answer::proved, "each within " + std::to_string(run.steps()) + " steps\n"};
    }
    std::string never;
    for (const std::size_t place : missing)
        never += "never: " + system.actions[place].name + "\n";
    const bool whole = depth.kind == Depth::Kind::whole && !gave_up;
    return {whole ? Answer::refuted : Answer::unknown, never};
}

Finding impossible(const System& system, std::string_view event, const Cube& where) {
    Encoding        encoding(system);
    const Frame     at = encoding.frame(0);
    z3::expr_vector any(encoding.context());
    for (const Action& action : system.actions) {
        if (action.name.ends_with(event)) any.push_back(encoding.holds(action.when, at));
    }
    z3::solver solver = encoding.solver();
    solver.add(z3::mk_or(any) && encoding.holds(where, at));
    return one_query(solver, [&](const z3::model& model) {
        return std::string{event} + " in " + encoding.tell(model, at);
    });
}

Finding deterministic(const System& system) {
    Encoding    encoding(system);
    const Frame at       = encoding.frame(0);
    const auto  first    = encoding.chosen(1);
    const auto  other    = encoding.chosen(2);
    const auto  possible = [&](const z3::expr& chosen, const z3::expr& name) {
        z3::expr_vector any(encoding.context());
        for (std::size_t place = 0; place < system.actions.size(); ++place) {
            std::size_t same = 0;  // Names are numbered by their first action.
            while (system.actions[same].name != system.actions[place].name)
                ++same;
            any.push_back(chosen == encoding.number(static_cast<std::int64_t>(place)) &&
                           name == encoding.number(static_cast<std::int64_t>(same)) &&
                           encoding.holds(system.actions[place].when, at));
        }
        return z3::mk_or(any);
    };
    const z3::expr name   = encoding.context().int_const("name");
    z3::solver     solver = encoding.solver();
    solver.add(possible(first, name) && possible(other, name) && first != other);
    return one_query(solver, [&](const z3::model& model) {
        return "twice " + encoding.tell_action(model, 1) + "in " + encoding.tell(model, at);
    });
}

Finding descends(const System& system, const Weights& weights, const Cube& goal, Depth depth) {
    const auto stuck = [&](Encoding& encoding, const Frame& at) {
        z3::expr_vector all(encoding.context());
        all.push_back(!encoding.holds(goal, at));
        all.push_back(encoding.holds(values_of(system), at));
        for (const Action& action : system.actions) {
            if (lessens(action, weights)) all.push_back(!encoding.holds(action.when, at));
        }
        return z3::mk_and(all);
    };
    Encoding    encoding(system);
    const Frame at     = encoding.frame(0);
    z3::solver  solver = encoding.solver();
    solver.add(stuck(encoding, at));
    const Finding query = one_query(solver, [&](const z3::model& model) {
        return "perhaps unreachable: " + encoding.tell(model, at);
    });
    if (query.answer == Answer::proved) return query;
    return refute(system, depth, stuck, query.witness);
}

Finding same_steps(const System& one, const System& other) {
    Encoding              encoding(one);
    const Frame           before = encoding.frame(0);
    const Frame           after  = encoding.frame(1);
    const z3::expr        event  = encoding.context().int_const("event");
    std::set<std::string> names;
    for (const System* system : {&one, &other}) {
        for (const Action& action : system->actions)
            names.insert(action.name);
    }
    const auto takes = [&](const System& system, const std::string& name) {
        z3::expr_vector any(encoding.context());
        for (const Action& action : system.actions) {
            if (action.name == name) any.push_back(encoding.taken(action, before, after));
        }
        return z3::mk_or(any);
    };
    z3::expr_vector differ(encoding.context());
    for (const std::string& name : names) {
        const auto number = encoding.number(static_cast<std::int64_t>(differ.size()));
        differ.push_back(event == number && takes(one, name) != takes(other, name));
    }
    z3::solver solver = encoding.solver();
    solver.add(z3::mk_or(differ));
    return one_query(solver, [&](const z3::model& model) {
        const auto place = model.eval(event, true).get_numeral_int64();
        return *std::next(names.begin(), place) + " in " + encoding.tell(model, before);
    });
}

}  // namespace interlock::model::smt

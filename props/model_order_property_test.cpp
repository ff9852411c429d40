// What has to come before what, on random runs of the Boost.MSM machines.

#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include "model/machine.hpp"
#include "model/machines/msm.hpp"

namespace interlock::model {
namespace {

/// `event` is taken only after `needs`, if nothing of `ends` came between.
struct Order {
    std::string_view              machine;
    std::string_view              event;
    std::string_view              needs;
    std::vector<std::string_view> ends;
};

void PrintTo(const Order& order, std::ostream* out) {
    *out << order.machine << ": " << order.event << " only after " << order.needs;
}

// clang-format off
const std::vector<Order>& orders() {
    static const std::vector<Order> table{
        // machine        event              needs                and since then none of
        {"port",          "property_issued", "create_succeeded",  {"teardown_issued"}},
        {"port",          "nic_create_issued", "create_succeeded", {"teardown_issued"}},
        {"port",          "delete_issued",   "teardown_completed", {"create_issued"}},
        {"nic",           "host_packet",     "create_succeeded",  {"disconnect_issued"}},
        {"nic",           "host_packet",     "create_succeeded",  {"delete_issued"}},
        {"nic",           "connect_issued",  "create_succeeded",  {"connect_issued"}},
        {"nic",           "connect_issued",  "create_succeeded",  {"delete_issued"}},
        {"nic",           "updated_issued",  "connect_succeeded", {"disconnect_issued"}},
        {"nic",           "save_issued",     "connect_succeeded", {"disconnect_issued"}},
        {"nic",           "disconnect_issued", "connect_succeeded", {"disconnect_issued"}},
        {"filter module", "send_or_receive", "restart_succeeded", {"pause_completed"}},
        {"filter module", "oid_request",     "attach_succeeded",  {"detach"}},
        {"filter module", "detach",          "attach_succeeded",  {"detach"}},
        {"oid request",   "forwarded",       "delivered",         {"forwarded"}},
        {"oid request",   "forwarded",       "delivered",         {"completed", "returned_final"}},
        {"oid request",   "answered",        "forwarded",         {"answered"}},
        {"oid request",   "completed",       "delivered",         {"completed", "returned_final"}},
        {"packet",        "finished",        "delivered",         {"finished"}},
        {"packet",        "given_back",      "passed",            {"given_back"}},
        {"packet",        "unmade",          "made",              {"unmade"}},
        {"save",          "complete_issued", "save_issued",       {"complete_issued"}},
    };
    return table;
}
// clang-format on

const Machine& machine_of(const Order& order) {
    return **std::ranges::find(machines(), order.machine, [](const Machine* m) { return m->name; });
}

std::uint8_t event_of(const Machine& machine, std::string_view name) {
    return static_cast<std::uint8_t>(std::ranges::find(machine.events, name) -
                                     machine.events.begin());
}

/// What happened so far, in the page's words.
struct History {
    const Order* order   = nullptr;
    std::uint8_t state   = 0;      // Only to choose events by.
    bool         granted = false;  // `needs` came, and no end since.
    std::size_t* bitten  = nullptr;
};

void note(History& history, std::string_view event) {
    if (event == history.order->needs) history.granted = true;
    if (std::ranges::count(history.order->ends, event) != 0) history.granted = false;
}

const Cell* row_for(const Machine& machine, std::uint8_t state, std::uint8_t event) {
    const auto row = std::ranges::find_if(
        machine.cells, [&](const Cell& cell) { return cell.from == state && cell.event == event; });
    return row == machine.cells.end() ? nullptr : &*row;
}

struct Happen : rc::state::Command<History, MsmRun> {
    std::optional<std::uint8_t> event;  // Nothing: it begins again.

    explicit Happen(const History& history) : event(choose(history)) {}

    void apply(History& history) const override {
        if (!event) {
            history.state   = 0;
            history.granted = false;
            return;
        }
        const Machine& machine = machine_of(*history.order);
        const Cell*    row     = row_for(machine, history.state, *event);
        if (row == nullptr) return;
        history.state = row->to;
        note(history, machine.events[*event]);
    }

    void run(const History& history, MsmRun& msm) const override {
        if (!event) return msm.reset();
        const bool taken = msm.process(*event, 0xFF);
        if (!taken || machine_of(*history.order).events[*event] != history.order->event) return;
        ++*history.bitten;
        RC_ASSERT(history.granted);
    }

    void show(std::ostream& out) const override {
        if (event)
            out << "event " << int{*event};
        else
            out << "begin again";
    }

private:
    /// One event in four is the one that the order is about, allowed or not.
    static std::optional<std::uint8_t> choose(const History& history) {
        const Machine&            machine = machine_of(*history.order);
        std::vector<std::uint8_t> events;
        for (std::uint8_t some = 0; some < machine.events.size(); ++some) {
            if (row_for(machine, history.state, some) != nullptr) events.push_back(some);
        }
        const bool about = *rc::gen::elementOf(std::vector<int>{0, 1, 2, 3}) == 0;
        if (about) return event_of(machine, history.order->event);
        if (events.empty()) return std::nullopt;
        return *rc::gen::elementOf(events);
    }
};

class Orders : public testing::TestWithParam<Order> {};

TEST_P(Orders, AreKept) {
    const Order& order  = GetParam();
    std::size_t  bitten = 0;
    ASSERT_LT(event_of(machine_of(order), order.event), machine_of(order).events.size());
    ASSERT_LT(event_of(machine_of(order), order.needs), machine_of(order).events.size());
    for (const std::string_view end : order.ends)
        ASSERT_LT(event_of(machine_of(order), end), machine_of(order).events.size());

    const std::string says = testing::PrintToString(order);
    ASSERT_TRUE(rc::check(says, [&] {
        const auto msm = run(machine_of(order));
        rc::state::check(History{&order, 0, false, &bitten}, *msm,
                         rc::state::gen::execOneOfWithArgs<Happen>());
    }));
    std::cout << says << ": bit " << bitten << " times\n";
    EXPECT_GT(bitten, 0U);
}

INSTANTIATE_TEST_SUITE_P(Model, Orders, testing::ValuesIn(orders()), [](const auto& tested) {
    std::string name = std::string{tested.param.machine} + "_" + std::string{tested.param.event} +
                       "_" + std::string{tested.param.ends.front()};
    std::ranges::replace(name, ' ', '_');
    return name;
});

}  // namespace
}  // namespace interlock::model

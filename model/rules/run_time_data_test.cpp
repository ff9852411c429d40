#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

constexpr std::uint32_t header = 568, room = 64;

/// `detail` of a save state whose data has that size.
constexpr std::uint32_t state(std::uint32_t size) {
    return header << buffer::offset_shift | size;
}

Event save(std::uint32_t size = room) {
    return {.port = 3, .oid = oid::nic_save, .detail = state(size), .digest = 7};
}

/// Completed by the extension, with its state as it then is.
void claims(Story& s, std::uint32_t flags, std::uint32_t size, Status result = status::success) {
    const ObjectId request = s.issue(save());
    s.deliver(request);
    s.handler_returns(request, result);
    s.events.back().flags  = flags;
    s.events.back().detail = result == status::success ? state(size) : size;
    s.edge_completes(request, result);
    s.events.back().detail = result == status::success ? state(size) : size;
}

constexpr std::uint32_t itself  = buffer::named | buffer::with_number(5);
constexpr std::uint32_t another = buffer::named | buffer::with_number(6);

void saves_one_chunk(Story& s) {
    claims(s, itself, 10);
    s.pass(save());
    s.pass(oid::nic_save_complete, {3});
}

Event restore(std::uint32_t whose) {
    return {.port = 3, .oid = oid::nic_restore, .flags = whose, .detail = state(10)};
}

void asks_for_more(Story& s, std::uint32_t needed) {
    s.guest(3);
    claims(s, 0, needed, status::buffer_too_short);
}

void passes_save(Story& s, std::uint32_t digest) {
    s.guest(3);
    const ObjectId request = s.issue(save());
    s.deliver(request);
    const ObjectId clone   = s.forward(request);
    s.events.back().digest = digest;
    s.answer(clone);
    s.handler_returns(request);
    s.edge_completes(request);
    s.pass(oid::nic_save_complete, {3});
}

const Case run_time_data_table[] = {
    {"SAVE-03", Party::host, [](Story& s) { passes_save(s, 7); },
    [](Story& s) {
        s.guest(3);
        s.pass(save());
    }},
    {"SAVE-04", Party::extension,
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
    },
    [](Story& s) {
        s.guest(3);
        claims(s, 0, 10);
    }},
    {"SAVE-04", Party::extension,
    [](Story& s) {
        s.guest(3);
        claims(s, itself, room);
    },
    [](Story& s) {
        s.guest(3);
        claims(s, itself, room + 1);
    },
    [] { return Story(); }, "_too_much"},
    {"SAVE-04", Party::extension,
    [](Story& s) {
        s.guest(3);
        claims(s, itself, room);
    },
    [](Story& s) {
        s.guest(3);
        claims(s, itself | buffer::moved, 10);
    },
    [] { return Story(); }, "_moved"},
    {"SAVE-05", Party::extension,
    [](Story& s) {
        asks_for_more(s, header + 100);
        s.pass(save(100));
        s.pass(oid::nic_save_complete, {3});
    },
    [](Story& s) { asks_for_more(s, room); }},
    {"SAVE-05", Party::host,
    [](Story& s) {
        asks_for_more(s, header + 100);
        s.pass(save(128));
        s.pass(oid::nic_save_complete, {3});
    },
    [](Story& s) {
        asks_for_more(s, header + 100);
        s.pass(save());
        s.pass(oid::nic_save_complete, {3});
    },
    [] { return Story(); }, "_not_given"},
    {"SAVE-05", Party::host,
    [](Story& s) {
        asks_for_more(s, header + 100);
        s.pass(save(128));
        s.pass(oid::nic_save_complete, {3});
    },
    [](Story& s) {
        asks_for_more(s, header + 100);
        s.pass(oid::nic_save_complete, {3});
    },
    [] { return Story(); }, "_not_asked_again"},
    {"SAVE-06", Party::extension, [](Story& s) { passes_save(s, 7); },
    [](Story& s) { passes_save(s, 8); }},
    {"SAVE-10", Party::extension,
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
        s.decide(restore(itself), status::success);
        s.pass(restore(another));
        s.pass(oid::nic_restore_complete, {3});
    },
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
        s.decide(restore(another), status::success);
        s.pass(oid::nic_restore_complete, {3});
    }},
    {"SAVE-10", Party::extension,
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
        s.decide(restore(itself), status::failure);
    },
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
        s.pass(restore(itself));
    },
    [] { return Story(); }, "_passed_on"},
    {"SAVE-11", Party::extension,
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
        s.decide(restore(itself), status::failure);
    },
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
        s.decide(restore(another), status::failure);
    }},
    {"SAVE-13", Party::host,
    [](Story& s) {
        s.guest(3);
        saves_one_chunk(s);
        s.guest_gone(3);
    },
    [](Story& s) {
        s.guest(3);
        claims(s, itself, 10);
        s.guest_gone(3);
    }},
};

}  // namespace

std::vector<Case> run_time_data_cases() {
    return {std::begin(run_time_data_table), std::end(run_time_data_table)};
}

}  // namespace interlock::model

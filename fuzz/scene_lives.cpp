// What may happen next in stories of small lives: a save, a restore, a property, and what an
// extension knows of the activation.

#include <algorithm>
#include <array>

#include "fuzz/scene.hpp"
#include "fuzz/scene_events.hpp"
#include "model/constants.hpp"

namespace interlock::fuzz {
namespace {

using enum model::Call;
using model::Event;
using model::Oid;
using model::Phase;
using model::Status;

namespace oid    = model::oid;
namespace status = model::status;

constexpr std::array sessions{
    oid::nic_save, oid::nic_save_complete, oid::nic_restore, oid::nic_restore_complete,
};

constexpr std::array changes{oid::property_add, oid::property_update, oid::property_delete};

/// Of those that ask for the configuration, one.
constexpr std::array questions{oid::parameters, oid::nic_array};

bool is_of_a_session(Oid oid) {
    return std::ranges::find(sessions, oid) != sessions.end();
}

}  // namespace

void Scene::sessions_go_on(std::vector<Event>& events) const {
    const bool alone = std::ranges::all_of(
        requests, [](const Request& request) { return is_of_a_session(request.issued.oid); });
    if (requests.empty()) issues(events, ways);
    if (alone && requests.size() < requests_at_once) issues(events, sessions);
    for (const Request& request : requests) {
        Event done = request.issued;
        if (request.issued.oid == oid::nic_save && !request.sent)
            events.push_back(of_host(MiniportEdgeOidRequest, done));
        events.push_back(of_host(ProtocolEdgeOidRequestComplete, done));
        if (!is_of_a_session(done.oid)) continue;
        for (const Status result : {status::failure, status::buffer_too_short}) {
            done.status = result;
            events.push_back(of_host(ProtocolEdgeOidRequestComplete, done));
        }
    }
}

void Scene::properties_go_on(std::vector<Event>& events) const {
    if (requests.size() < requests_at_once)
        for (const Oid oid : changes)
            events.push_back(of_host(ProtocolEdgeOidRequest,
                                     {.object = newest + 1,
                                      .oid    = oid,
                                      .flags  = model::buffer::with_number(1),
                                      .detail = model::property_type::custom}));
    for (const Request& request : requests)
        for (const Status result : {status::success, status::failure}) {
            Event done  = request.issued;
            done.status = result;
            events.push_back(of_host(ProtocolEdgeOidRequestComplete, done));
        }
}

void Scene::questions_go_on(std::vector<Event>& events) const {
    const bool told = !open.empty() && open.back().call == FilterNetPnPEvent;
    if (told)
        events.push_back(entered(NdisFNetPnPEvent, {.detail = model::pnp::switch_activate}));
    const bool runs = lived == FilterRestart || !is_whole();
    if (!open.empty() || !runs) return;
    if (!activated) events.push_back(of_host(SwitchActivated));
    events.push_back(entered(FilterNetPnPEvent, {.detail = model::pnp::switch_activate}));
    for (const Oid oid : questions)
        events.push_back(entered(NdisFOidRequest, {.object = newest + 1, .oid = oid}));
}

/// A question comes back with an answer: that the switch is active, or that it is not.
void Scene::answers(std::vector<Event>& events) const {
    for (const std::uint32_t active : {0U, 1U}) {
        Event done  = requests.back().issued;
        done.phase  = Phase::leave;
        done.detail = active;
        events.push_back(done);
    }
}

}  // namespace interlock::fuzz

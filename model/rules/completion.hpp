#pragma once

// What several families ask of an OID request: whether this is the moment at which an extension
// finishes one that was handed to it, and whether one is its own.

#include <array>
#include <optional>

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {

struct Completion {
    const Request& request;
    Status         status;
    bool           local;  // It was not passed on: the extension decides.

    const OidInfo& info() const {
        return oid::info(request.oid);
    }

    /// Which of several adapters on one port; 0 if it is not about an adapter.
    NicIndex index(const Ledger& ledger) const {
        return request.nic == no_index ? NicIndex{0} : ledger.nics[request.nic].index;
    }

    /// There was no memory for a clone: no page says what to do then. A status alone is no proof.
    bool for_want_of_memory() const {
        return request.clone_failed;
    }
};

inline constexpr std::array completions{Watch{Call::NdisFOidRequestComplete, Phase::enter},
                                        Watch{Call::FilterOidRequest, Phase::leave}};

/// Nothing if the event is no such moment, or comes out of turn (OID-02, OID-04).
inline std::optional<Completion> completion(const Sight& sight) {
    const Event& event = sight.event;
    if (event.call == Call::FilterOidRequest && event.status == status::pending) return {};
    const Request* request = sight.focus.request;
    if (request == nullptr || request->module != event.module || request->tainted) return {};
    if (request->state != OidState::held && request->state != OidState::answered) return {};
    return Completion{*request, event.status, request->state == OidState::held};
}

/// What NdisFOidRequest passes on: the request whose clone it is entered with. Null if the module
/// does not hold it, or starts one of its own.
inline const Request* passed_request(const Sight& sight) {
    if (sight.event.call != Call::NdisFOidRequest || sight.event.parent == 0) return nullptr;
    const Index index = sight.ledger.requests.find(sight.event.parent);
    if (index == no_index) return nullptr;
    const Request& original = sight.ledger.requests[index];
    return original.module == sight.event.module && !original.tainted ? &original : nullptr;
}

/// Whether NdisFOidRequest is entered with a request that the extension issues on its own account.
inline bool is_own_request(const Sight& sight) {
    const Request* request = sight.focus.request;
    if (sight.event.parent != 0) return false;
    return request == nullptr ||
           (request->maker == sight.event.module && request->parent == no_index);
}

}  // namespace interlock::model

#pragma once

// The filter engine of the kernel (Windows Filtering Platform): what is added to it, who may change
// it just now, whether its service runs, and which callouts a datagram meets.
//
// Objects belong to the engine, not to the driver that added them: they outlive it, unless its
// session is dynamic. What a driver must give back are its sessions, its subscriptions and its
// registered callouts: those are pieces of the object pool, so that one that is forgotten counts as
// left behind at its unload.
// Pages: fwpmengineopen0 (fwpmk), object-management, transactions (win32/fwp).

#include <vector>

#include <fwpmk.h>
#include <fwpsk.h>

#include "harness/ddi/ddi.hpp"

namespace interlock::harness {

/// An open session; its handle is its address.
struct EngineSession {
    bool      dynamic  = false;  // What it adds goes when it is closed.
    Time100ns patience = 0;      // How long it waits while another session has a transaction.
};

struct EngineProvider {
    GUID                 key{};
    const EngineSession* of = nullptr;  // Goes with that session; nullptr: stays.
};

struct EngineSubLayer {
    GUID                 key{};
    GUID                 provider{};  // Zero: none.
    std::uint16_t        weight = 0;
    const EngineSession* of     = nullptr;
};

struct EngineCallout {
    GUID                 key{};
    GUID                 provider{};
    GUID                 layer{};
    std::uint32_t        id = 0;
    const EngineSession* of = nullptr;
};

/// What a callout is told of a filter.
struct EngineFilterHead {
    GUID          key{};
    std::uint64_t id      = 0;
    std::uint64_t context = 0;
    FWPM_ACTION0  action{};
};

struct EngineFilter : EngineFilterHead {
    GUID                                provider{};
    GUID                                layer{};
    GUID                                sublayer{};
    std::uint64_t                       weight = 0;
    std::vector<FWPM_FILTER_CONDITION0> conditions;
    const EngineSession*                of = nullptr;
};

/// What one transaction changes as a whole.
struct EngineObjects {
    std::vector<EngineProvider> providers;
    std::vector<EngineSubLayer> sublayers;
    std::vector<EngineCallout>  callouts;
    std::vector<EngineFilter>   filters;
};

/// A callout whose functions a driver has registered; its piece of the pool is `piece`.
struct RegisteredCallout {
    struct Flow {
        std::uint64_t id      = 0;
        std::uint16_t layer   = 0;
        std::uint64_t context = 0;
    };
    FWPS_CALLOUT2     functions{};
    std::uint32_t     id          = 0;
    model::ModuleId   module      = model::host_module;
    void*             piece       = nullptr;
    std::uint32_t     calls       = 0;  // Of its classifyFn or notifyFn, under way.
    bool              unregisters = false;
    std::vector<Flow> flows;  // Those with a context.
};

/// A callback for changes of the service's state; its handle is its address.
struct ServiceSubscription {
    FWPM_SERVICE_STATE_CHANGE_CALLBACK0 callback = nullptr;
    void*                               context  = nullptr;
    model::ModuleId                     module   = model::host_module;
    std::uint32_t                       calls    = 0;  // Under way, or as good as begun.
    bool                                is_over  = false;
};

struct FilterEngine {
    EngineObjects        now;               // With what the transaction under way has changed.
    EngineObjects        before;            // Without it.
    const EngineSession* writer = nullptr;  // Whose transaction is under way.

    std::vector<EngineFilterHead>     going;  // Filters that are gone, and their callouts not told.
    std::vector<RegisteredCallout>    registered;
    std::vector<ServiceSubscription*> subscriptions;
    FWPM_SERVICE_STATE                service  = FWPM_SERVICE_STOPPED;
    bool                              is_asked = false;  // Whether the service runs is decided.

    // Identifiers count on, so that none is used twice. The first are those of built-in objects.
    std::uint32_t callout_last = 300;
    std::uint64_t filter_last  = 65'000;

    RegisteredCallout* registered_by(const GUID& key);
    RegisteredCallout* registered_by(std::uint32_t id);
};

/// The engine of this world.
FilterEngine& filter_engine(World& world);

inline bool is_zero(const GUID& key) {
    return key == GUID{};
}

inline GUID key_or_zero(const GUID* key) {
    return key ? *key : GUID{};
}

/// The session behind a handle; nullptr if it is none. No handle at all is an error that the page
/// knows; one of a session that was closed is reported.
EngineSession* session_of(HANDLE handle);

/// A change of the engine: part of its session's transaction, or a transaction of its own, which
/// waits for the one of another session.
class EngineChange {
public:
    EngineChange(HANDLE handle, std::string_view call);
    ~EngineChange();
    EngineChange(const EngineChange&)            = delete;
    EngineChange& operator=(const EngineChange&) = delete;

    /// Why it may not be made, or STATUS_SUCCESS.
    NTSTATUS status = STATUS_SUCCESS;

    /// Whom an object that is added now goes with.
    const EngineSession* owner() const {
        return session->dynamic ? session : nullptr;
    }

    FilterEngine& engine;

private:
    EngineSession* session = nullptr;
    bool           is_own  = false;  // A transaction of its own.
};

/// Waits until no other session has a transaction, and takes it.
/// @return STATUS_FWP_TIMEOUT after the session's patience.
NTSTATUS take_transaction(FilterEngine& engine, const EngineSession& session,
                          std::string_view call);

void give_transaction_back(FilterEngine& engine);

/// Makes the engine what it was before the transaction under way; callouts are told of the filters
/// that go.
void undo_transaction(FilterEngine& engine);

/// Tells the callout of a filter's action that the filter comes or goes.
/// @return what its notifyFn returned; STATUS_SUCCESS without one.
NTSTATUS notify(FilterEngine& engine, const EngineFilterHead& filter,
                FWPS_CALLOUT_NOTIFY_TYPE what);

/// Tells their callouts of all filters in `going`.
void notify_of_those_gone(FilterEngine& engine);

/// A filter as its callout sees it.
FWPS_FILTER2 as_callouts_see(const FilterEngine& engine, const EngineFilterHead& filter);

/// A datagram at one of the datagram layers, numbers in host order.
struct Datagram {
    FWP_DIRECTION    direction       = FWP_DIRECTION_INBOUND;
    std::uint8_t     protocol        = 17;
    std::uint32_t    local_address   = 0;  // IPv4.
    std::uint32_t    remote_address  = 0;
    std::uint16_t    local_port      = 0;
    std::uint16_t    remote_port     = 0;
    std::uint32_t    interface_index = 0;
    std::uint32_t    ip_header_bytes = 20;
    std::uint64_t    flow            = 0;
    NET_BUFFER_LIST* list            = nullptr;  // Its data begin behind the transport header.
};

/// Runs the filters of FWPM_LAYER_DATAGRAM_DATA_V4, the heaviest sublayer first, and the callouts
/// that they name, on this task. In each sublayer the first that decides decides; one block is
/// enough.
/// @return FWP_ACTION_PERMIT or FWP_ACTION_BLOCK.
FWP_ACTION_TYPE classify(World& world, const Datagram& datagram);

}  // namespace interlock::harness

// Sessions and transactions of the filter engine. Pages: fwpmengineopen0, fwpmengineclose0 (fwpmk),
// fwpmtransactionbegin0, fwpmtransactioncommit0, fwpmtransactionabort0 (win32/fwp).

#include <algorithm>

#include "harness/wfp/filter_engine.hpp"

namespace interlock::harness {

namespace {

constexpr std::uint32_t session_tag      = tag_of("WfpS");
constexpr Time100ns     patience_default = 15'000 * millisecond;
constexpr std::uint32_t infinite         = 0xFFFF'FFFF;

Time100ns patience_of(const FWPM_SESSION0* asked) {
    if (asked == nullptr || asked->txnWaitTimeoutInMSec == 0) return patience_default;
    if (asked->txnWaitTimeoutInMSec == infinite) return Time100ns{0} - 1;
    return asked->txnWaitTimeoutInMSec * millisecond;
}

template <typename Object>
void drop_those_of(std::vector<Object>& objects, const EngineSession* session) {
    std::erase_if(objects, [session](const Object& object) { return object.of == session; });
}

void drop_those_of(FilterEngine& engine, const EngineSession* session) {
    for (const EngineFilter& filter : engine.now.filters)
        if (filter.of == session) engine.going.push_back(filter);
    drop_those_of(engine.now.filters, session);
    drop_those_of(engine.now.callouts, session);
    drop_those_of(engine.now.sublayers, session);
    drop_those_of(engine.now.providers, session);
    notify_of_those_gone(engine);
}

}  // namespace

FilterEngine& filter_engine(World& world) {
    if (!world.filter_engine) world.filter_engine = std::make_shared<FilterEngine>();
    return *world.filter_engine;
}

EngineSession* session_of(HANDLE handle) {
    return handle ? object_of<EngineSession>(handle, session_tag) : nullptr;
}

NTSTATUS take_transaction(FilterEngine& engine, const EngineSession& session,
                          std::string_view call) {
    World&          here = world();
    const Time100ns now  = here.kernel.now();
    const Time100ns due  = now + std::min(session.patience, Time100ns{0} - 1 - now);
    while (engine.writer != nullptr) {
        record_wait(here, WaitedFor::object);
        if (!here.kernel.block_until(&engine.writer, due, call) && engine.writer != nullptr)
            return STATUS_FWP_TIMEOUT;
    }
    engine.writer = &session;
    engine.before = engine.now;
    return STATUS_SUCCESS;
}

void give_transaction_back(FilterEngine& engine) {
    engine.writer = nullptr;
    world().kernel.wake_all(&engine.writer);
}

void undo_transaction(FilterEngine& engine) {
    for (const EngineFilter& filter : engine.now.filters) {
        const auto same = [&](const EngineFilter& other) { return other.id == filter.id; };
        if (std::ranges::none_of(engine.before.filters, same)) engine.going.push_back(filter);
    }
    engine.now = engine.before;
    notify_of_those_gone(engine);
    give_transaction_back(engine);
}

EngineChange::EngineChange(HANDLE handle, std::string_view call)
    : engine(filter_engine(enter(call, passive_level))), session(session_of(handle)) {
    if (session == nullptr) {
        status = STATUS_INVALID_HANDLE;
    } else if (engine.writer != session) {
        status = take_transaction(engine, *session, call);
        is_own = status == STATUS_SUCCESS;
    }
}

EngineChange::~EngineChange() {
    if (is_own) give_transaction_back(engine);
}

}  // namespace interlock::harness

using namespace interlock;
using namespace interlock::harness;

extern "C" {

NTSTATUS FwpmEngineOpen0(const wchar_t* server, UINT32 service, void*, const FWPM_SESSION0* session,
                         HANDLE* handle) noexcept {
    World& here = enter("FwpmEngineOpen0", passive_level);
    if (server != nullptr || handle == nullptr) return STATUS_INVALID_PARAMETER;
    if (service != RPC_C_AUTHN_WINNT && service != RPC_C_AUTHN_DEFAULT)
        return STATUS_INVALID_PARAMETER;
    if (FwpmBfeStateGet0() != FWPM_SERVICE_RUNNING) return STATUS_UNSUCCESSFUL;
    if (const Failure* fault = here.faults.strike(FaultPoint("FwpmEngineOpen0")))
        return fault->status;
    auto* const opened = make_object<EngineSession>(session_tag);
    if (opened == nullptr) return STATUS_INSUFFICIENT_RESOURCES;
    opened->dynamic  = session != nullptr && (session->flags & FWPM_SESSION_FLAG_DYNAMIC) != 0;
    opened->patience = patience_of(session);
    *handle          = opened;
    return STATUS_SUCCESS;
}

/// A transaction that is still under way is aborted.
NTSTATUS FwpmEngineClose0(HANDLE handle) noexcept {
    FilterEngine&        engine  = filter_engine(enter("FwpmEngineClose0", passive_level));
    EngineSession* const session = session_of(handle);
    if (session == nullptr) return STATUS_INVALID_HANDLE;
    if (engine.writer == session) undo_transaction(engine);
    if (session->dynamic) drop_those_of(engine, session);
    free_object(session, session_tag);
    return STATUS_SUCCESS;
}

NTSTATUS FwpmTransactionBegin0(HANDLE handle, UINT32) noexcept {
    FilterEngine& engine = filter_engine(enter("FwpmTransactionBegin0", passive_level));
    const EngineSession* const session = session_of(handle);
    if (session == nullptr) return STATUS_INVALID_HANDLE;
    if (engine.writer == session) return STATUS_FWP_TXN_IN_PROGRESS;
    if (const Failure* fault = world().faults.strike(FaultPoint("FwpmTransactionBegin0")))
        return fault->status;
    return take_transaction(engine, *session, "FwpmTransactionBegin0");
}

NTSTATUS FwpmTransactionCommit0(HANDLE handle) noexcept {
    FilterEngine& engine = filter_engine(enter("FwpmTransactionCommit0", passive_level));
    const EngineSession* const session = session_of(handle);
    if (session == nullptr) return STATUS_INVALID_HANDLE;
    if (engine.writer != session) return STATUS_FWP_NO_TXN_IN_PROGRESS;
    give_transaction_back(engine);
    return STATUS_SUCCESS;
}

NTSTATUS FwpmTransactionAbort0(HANDLE handle) noexcept {
    FilterEngine& engine = filter_engine(enter("FwpmTransactionAbort0", passive_level));
    const EngineSession* const session = session_of(handle);
    if (session == nullptr) return STATUS_INVALID_HANDLE;
    if (engine.writer != session) return STATUS_FWP_NO_TXN_IN_PROGRESS;
    undo_transaction(engine);
    return STATUS_SUCCESS;
}

}  // extern "C"

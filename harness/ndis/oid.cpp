// OID requests on their way down the stack, and their answers on the way up.
// Pages: filtering-oid-requests-in-an-ndis-filter-driver, nc-ndis-filter_oid_request,
// hyper-v-extensible-switch-control-path-for-oid-requests.

#include <algorithm>
#include <cstring>

#include "harness/check.hpp"
#include "harness/ddi/ddi.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/ndis/ndis.hpp"

namespace interlock::harness {

Request& Ndis::make_request(NDIS_OID_REQUEST* raw) {
    if (requests_used == requests.size()) requests.emplace_back();
    Request& request = requests[requests_used++];
    request          = Request{};
    request.id       = next_object();
    request.raw      = raw;
    return request;
}

bool Ndis::forget_requests() {
    const auto end     = requests.begin() + static_cast<std::ptrdiff_t>(requests_used);
    const auto is_open = [](const Request& request) {
        return request.alive || (request.issued && !request.answered && !request.done);
    };
    if (std::any_of(requests.begin(), end, is_open)) return false;
    requests_used = 0;
    return true;
}

Request* Ndis::find(const NDIS_OID_REQUEST* raw) {
    for (std::size_t place = requests_used; place-- > 0;) {
        if (requests[place].raw == raw && requests[place].alive) return &requests[place];
    }
    return nullptr;
}

Request* Ndis::issued_under(const void* id, model::ModuleId from) {
    for (std::size_t place = requests_used; place-- > 0;) {
        Request& request = requests[place];
        if (request.alive && request.issued && !request.answered && request.from == from &&
            request.raw->RequestId == id)
            return &request;
    }
    return nullptr;
}

bool Ndis::has_clone_below(const Request& request) const {
    for (std::size_t place = requests_used; place-- > 0;) {
        const Request& one = requests[place];
        if (&one == &request) return false;  // Its clones are younger.
        if (one.original == &request && one.issued && !one.answered) return true;
    }
    return false;
}

void Ndis::cancel_oid(const void* id, model::ModuleId from) {
    const Request* const request = issued_under(id, from);
    if (!request || request->done || request->given == model::host_module) return;
    Module& module = modules[request->given];
    if (module.busy != request || !module.handlers.CancelOidRequestHandler) return;
    Callback call(*this, module,
                  {.call = model::Call::FilterCancelOidRequest, .object = request->id});
    call_outside(module.handlers.CancelOidRequestHandler, module.context, request->raw->RequestId);
    call.left();
}

NDIS_STATUS Ndis::issue(Request& request, model::ModuleId from) {
    request.from   = from;
    request.issued = true;
    Module* below  = next_below(from);
    while (below && !below->handlers.OidRequestHandler)
        below = next_below(below->id);
    if (below && world.flaw == HostFlaw::skips_a_module && request.oid == OID_SWITCH_PORT_UPDATED) {
        below = next_below(below->id);
    }
    if (!below) {
        request.given = model::host_module;
        world.recorder.add(event_of(model::Call::MiniportEdgeOidRequest, request));
        return ends->take_oid(request);
    }
    if (below->busy && world.flaw != HostFlaw::requests_overlap) {
        below->waiting.push_back(&request);
        return NDIS_STATUS_PENDING;
    }
    return deliver(request, *below);
}

NDIS_STATUS Ndis::deliver(Request& request, Module& module) {
    module.busy   = &request;
    request.given = module.id;
    world.kernel.yield("FilterOidRequest");
    Callback          call(*this, module, event_of(model::Call::FilterOidRequest, request));
    const NDIS_STATUS status =
        call_outside(module.handlers.OidRequestHandler, module.context, request.raw);
    if (status != NDIS_STATUS_PENDING && !request.done) {
        ends->describe_result(request, status, call.event);
    }
    call.left(status);
    // A final status after NdisFOidRequestComplete is a second completion: the judge has seen it,
    // and the one who issued the request must not be told twice.
    if (status == NDIS_STATUS_PENDING || request.done) return NDIS_STATUS_PENDING;
    request.done   = true;
    request.status = status;
    finished_by(module, request);
    return status;
}

void Ndis::finished_by(Module& module, Request& request) {
    if (module.busy != &request) return;
    module.busy = nullptr;
    if (module.waiting.empty()) return;
    Request& next = *module.waiting.front();
    module.waiting.pop_front();
    module.busy = &next;  // Nothing may overtake it before its task has run.
    world.kernel.spawn({Role::oid_answer, next.id}, world.kernel.current().cpu, passive_level,
                       [this, &module, &next] {
                           const NDIS_STATUS status = deliver(next, module);
                           if (status != NDIS_STATUS_PENDING) answer(next, status);
                       });
}

void Ndis::answer(Request& request, NDIS_STATUS status) {
    request.answered = true;
    request.status   = status;
    if (request.original) request.original->detail = request.detail;
    if (request.from == model::host_module) {
        ends->is_finished(request);
        world.kernel.wake_all(&request);
        return;
    }
    Module&           module = modules[request.from];
    NDIS_OID_REQUEST* raw    = request.raw;
    if (!request.is_clone) request.alive = false;  // The extension may free it from here on.
    if (!module.attached() || !module.handlers.OidRequestCompleteHandler) return;
    model::Event enter = event_of(model::Call::FilterOidRequestComplete, request);
    enter.status       = static_cast<model::Status>(status);
    enter.detail       = ends->detail_of_result(request, status);
    Callback call(*this, module, enter);
    call_outside(module.handlers.OidRequestCompleteHandler, module.context, raw, status);
    call.left();
}

NDIS_STATUS Ndis::allocate_clone(Module& module, NDIS_OID_REQUEST* raw, ULONG tag,
                                 NDIS_OID_REQUEST** clone) {
    arrive(world, model::Call::NdisAllocateCloneOidRequest, dispatch_level);
    Request* const original = find(raw);
    if (const Failure* fault = world.faults.strike(FaultPoint("NdisAllocateCloneOidRequest"))) {
        world.recorder.add({.call   = model::Call::NdisAllocateCloneOidRequest,
                            .module = module.id,
                            .parent = original ? original->id : 0,
                            .status = static_cast<model::Status>(fault->status)});
        return fault->status;
    }
    auto* const copy = static_cast<NDIS_OID_REQUEST*>(
        allocate_for_driver(sizeof(NDIS_OID_REQUEST), tag, PoolKind::oid_request));
    check(copy != nullptr, "the machine has no more memory");
    std::memcpy(copy, raw, sizeof *copy);
    std::memset(copy->NdisReserved, 0, sizeof copy->NdisReserved);
    std::memset(copy->SourceReserved, 0, sizeof copy->SourceReserved);
    Request& request = make_request(copy);
    request.is_clone = true;
    request.original = original;
    request.parent   = original ? original->id : 0;
    request.refused  = original && original->refused;
    request.sealed   = original ? original->sealed : nullptr;
    *clone           = copy;
    world.recorder.add({.call   = model::Call::NdisAllocateCloneOidRequest,
                        .module = module.id,
                        .object = request.id,
                        .parent = request.parent});
    return NDIS_STATUS_SUCCESS;
}

void Ndis::free_clone(Module& module, NDIS_OID_REQUEST* clone) {
    arrive(world, model::Call::NdisFreeCloneOidRequest, dispatch_level);
    Request* const request = find(clone);
    world.recorder.add({.call   = model::Call::NdisFreeCloneOidRequest,
                        .module = module.id,
                        .object = request ? request->id : 0,
                        .parent = request ? request->parent : 0});
    const model::Misuse misuse = world.memory.free(clone, 0, false, PoolKind::oid_request);
    if (misuse != model::Misuse::none) report_misuse(misuse);
    if (request) request->alive = false;
}

NDIS_STATUS Ndis::request_from(Module& module, NDIS_OID_REQUEST* raw) {
    Request*   request  = find(raw);
    const bool original = request && request->given == module.id && !request->done;
    if (!request) request = &make_request(raw);
    ends->describe(*request);
    Ddi ddi(module, event_of(model::Call::NdisFOidRequest, *request), dispatch_level);
    // The original may not be passed on (OID-04), nor a clone that is below already.
    if (original || (request->issued && !request->answered)) {
        ddi.left(NDIS_STATUS_FAILURE);
        return NDIS_STATUS_FAILURE;
    }
    const Failure* const fault =
        request->is_clone ? nullptr : world.faults.strike(FaultPoint("NdisFOidRequest"));
    const NDIS_STATUS status = fault ? fault->status : issue(*request, module.id);
    if (status != NDIS_STATUS_PENDING) {
        request->answered = true;
        request->status   = status;
        if (request->original) request->original->detail = request->detail;
        if (world.flaw == HostFlaw::completes_what_did_not_pend && !request->is_clone) {
            answer(*request, status);
        }
        if (!request->is_clone) request->alive = false;
    }
    const bool known = status != NDIS_STATUS_PENDING;
    ddi.event.detail = known ? ends->detail_of_result(*request, status) : request->detail;
    ddi.left(status);
    return status;
}

void Ndis::complete_from(Module& module, NDIS_OID_REQUEST* raw, NDIS_STATUS status) {
    Request* const request = find(raw);
    model::Event   enter   = request ? event_of(model::Call::NdisFOidRequestComplete, *request)
                                     : model::Event{.call = model::Call::NdisFOidRequestComplete};
    enter.status           = static_cast<model::Status>(status);
    const bool due         = request && request->given == module.id && !request->done;
    if (due) ends->describe_result(*request, status, enter);
    Ddi ddi(module, enter, dispatch_level);
    if (!request) report_misuse(model::Misuse::bad_argument);
    if (due && status != NDIS_STATUS_PENDING) {
        request->done   = true;
        request->status = status;
        finished_by(module, *request);
        answer(*request, status);
    }
    ddi.left(status);
}

}  // namespace interlock::harness

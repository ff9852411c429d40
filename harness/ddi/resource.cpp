// Resources: locks that many may share, of threads that may wait. Pages:
// exinitializeresourcelite, exacquireresourceexclusivelite, exreleaseresourcelite (wdm).

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// What stands in the reserved words of an ERESOURCE.
struct Resource {
    ULONG_PTR owner;   // One more than the task that has it exclusively; 0 is nobody.
    ULONG_PTR depth;   // How often that task has it.
    ULONG_PTR shared;  // How often it is shared.
};
static_assert(sizeof(Resource) <= sizeof(ERESOURCE::Reserved));

Resource& inside(ERESOURCE* resource) {
    return *reinterpret_cast<Resource*>(resource->Reserved);
}

ULONG_PTR me(const World& world) {
    return world.kernel.current().id + ULONG_PTR{1};
}

/// Waits until `is_free()`, if the caller wants that. @return whether it is.
template <typename IsFree>
bool wait_for(World& here, ERESOURCE* resource, BOOLEAN wait, std::string_view call,
              IsFree is_free) {
    if (is_free()) return true;
    if (!wait) return false;
    record_wait(here, WaitedFor::lock);
    while (!is_free())
        here.kernel.block(resource, call);
    return true;
}

}  // namespace

extern "C" {

NTSTATUS ExInitializeResourceLite(ERESOURCE* resource) noexcept {
    World& here = enter("ExInitializeResourceLite", dispatch_level);
    here.lock_order.forget_within(resource, sizeof *resource);
    *resource = {};
    return STATUS_SUCCESS;
}

NTSTATUS ExDeleteResourceLite(ERESOURCE* resource) noexcept {
    World&          here = enter("ExDeleteResourceLite", apc_level);
    const Resource& now = inside(resource);
    if (now.depth + now.shared > 0) report_misuse(model::Misuse::lock_freed_while_held);
    here.lock_order.forget_within(resource, sizeof *resource);
    return STATUS_SUCCESS;
}

BOOLEAN ExAcquireResourceExclusiveLite(ERESOURCE* resource, BOOLEAN wait) noexcept {
    World&     here    = enter("ExAcquireResourceExclusiveLite", apc_level);
    Resource&  now     = inside(resource);
    const auto is_free = [&] {
        return now.owner == me(here) || (now.owner == 0 && now.shared == 0);
    };
    if (!wait_for(here, resource, wait, "ExAcquireResourceExclusiveLite", is_free)) return FALSE;
    here.races.locked(resource, LockForm::write);
    now.owner = me(here);
    ++now.depth;
    hold_waitable({.lock = resource, .form = LockForm::write, .tried = wait == FALSE});
    return TRUE;
}

/// An owner who shares has it once more exclusively.
BOOLEAN ExAcquireResourceSharedLite(ERESOURCE* resource, BOOLEAN wait) noexcept {
    World&     here    = enter("ExAcquireResourceSharedLite", apc_level);
    Resource&  now     = inside(resource);
    const auto is_free = [&] { return now.owner == me(here) || now.owner == 0; };
    if (!wait_for(here, resource, wait, "ExAcquireResourceSharedLite", is_free)) return FALSE;
    here.races.locked(resource, LockForm::read);
    ++(now.owner == 0 ? now.shared : now.depth);
    hold_waitable({.lock = resource, .form = LockForm::read, .tried = wait == FALSE});
    return TRUE;
}

void ExReleaseResourceLite(ERESOURCE* resource) noexcept {
    World&    here = enter("ExReleaseResourceLite", dispatch_level);
    Resource& now  = inside(resource);
    here.races.unlocked(resource, now.owner == me(here) ? LockForm::write : LockForm::read);
    if (now.owner == me(here)) {
        if (--now.depth == 0) now.owner = 0;
    } else if (now.owner == 0 && now.shared > 0) {
        --now.shared;
    } else {
        report_misuse(model::Misuse::lock_not_held);
        return;
    }
    release_waitable(resource);
    here.kernel.wake_all(resource);
    here.kernel.yield("ExReleaseResourceLite");
}

}  // extern "C"

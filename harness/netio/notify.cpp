// Who wants to know of changes. Pages: notifyipinterfacechange, notifyunicastipaddresschange,
// notifyroutechange2, cancelmibchangenotify2 (network).

#include <algorithm>

#include "harness/kernel/outside.hpp"
#include "harness/netio/network_stack.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

constexpr std::uint32_t notification_tag = tag_of("MibN");

/// Without a row: there is this registration now.
void greet(const ChangeNotification& one) {
    constexpr auto what = MibInitialNotification;
    if (one.on_interface) call_outside(one.on_interface, one.context, nullptr, what);
    if (one.on_address) call_outside(one.on_address, one.context, nullptr, what);
    if (one.on_route) call_outside(one.on_route, one.context, nullptr, what);
}

void greet_later(World& here, ChangeNotification* one) {
    ++one->calls;
    here.kernel.spawn({Role::work_item, ++here.ddi.work_items}, cpu_beside(here.kernel.current()),
                      passive_level, [&here, one] {
                          if (!one->is_over) {
                              const ExtensionCode code(one->module);
                              greet(*one);
                          }
                          --one->calls;
                          here.kernel.wake_all(one);
                      });
}

NTSTATUS watch(FaultPoint call, const ChangeNotification& asked, BOOLEAN greets, HANDLE* handle) {
    World&     here = enter(call.row().function(), apc_level);
    const bool has_callback =
        asked.on_interface != nullptr || asked.on_address != nullptr || asked.on_route != nullptr;
    if (handle == nullptr || !has_callback || !is_family(asked.family))
        return STATUS_INVALID_PARAMETER;
    if (const Failure* fault = here.faults.strike(call)) return fault->status;
    auto* const one = make_object<ChangeNotification>(notification_tag);
    if (one == nullptr) return STATUS_NO_MEMORY;
    *one        = asked;
    one->module = here.kernel.current().module;
    network_stack(here).notifications.push_back(one);
    *handle = one;
    if (greets) greet_later(here, one);
    return STATUS_SUCCESS;
}

}  // namespace

extern "C" {

NTSTATUS NotifyIpInterfaceChange(ADDRESS_FAMILY family, PIPINTERFACE_CHANGE_CALLBACK callback,
                                 void* context, BOOLEAN greets, HANDLE* handle) noexcept {
    return watch(FaultPoint("NotifyIpInterfaceChange"),
                 {.what         = Watched::interfaces,
                  .family       = family,
                  .context      = context,
                  .on_interface = callback},
                 greets, handle);
}

NTSTATUS NotifyUnicastIpAddressChange(ADDRESS_FAMILY                     family,
                                      PUNICAST_IPADDRESS_CHANGE_CALLBACK callback, void* context,
                                      BOOLEAN greets, HANDLE* handle) noexcept {
    return watch(
        FaultPoint("NotifyUnicastIpAddressChange"),
        {.what = Watched::addresses, .family = family, .context = context, .on_address = callback},
        greets, handle);
}

NTSTATUS NotifyRouteChange2(ADDRESS_FAMILY family, PIPFORWARD_CHANGE_CALLBACK callback,
                            void* context, BOOLEAN greets, HANDLE* handle) noexcept {
    return watch(
        FaultPoint("NotifyRouteChange2"),
        {.what = Watched::routes, .family = family, .context = context, .on_route = callback},
        greets, handle);
}

/// Waits until its callback does not run: from within the callback that is for ever.
NTSTATUS CancelMibChangeNotify2(HANDLE handle) noexcept {
    World& here = enter("CancelMibChangeNotify2", passive_level);
    if (handle == nullptr) return STATUS_INVALID_PARAMETER;
    auto* const one = object_of<ChangeNotification>(handle, notification_tag);
    if (one == nullptr) return STATUS_INVALID_PARAMETER;
    one->is_over = true;
    std::erase(network_stack(here).notifications, one);
    if (one->calls > 0) record_wait(here, WaitedFor::object);
    while (one->calls > 0)
        here.kernel.block(one, "CancelMibChangeNotify2");
    free_object(one, notification_tag);
    return STATUS_SUCCESS;
}

}  // extern "C"

// Loading, attaching, pausing: the calls of filter-module-states-and-operations.

#include <algorithm>

#include "harness/await.hpp"
#include "harness/ddi/ddi.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/ndis/lent.hpp"
#include "harness/ndis/ndis.hpp"
#include "harness/ndis/object_header.hpp"

namespace interlock::harness {
namespace {

template <std::size_t length>
struct Text {
    NDIS_STRING string{sizeof units - sizeof(WCHAR), sizeof units, units};
    WCHAR       units[length];

    explicit Text(const WCHAR (&text)[length]) {
        std::ranges::copy(text, units);
    }
};

/// What DriverEntry is told of where the driver's parameters are.
struct Registry {
    Text<62> path{L"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\Extension"};
};

/// What every module of a switch is told about where it is attached.
struct Attachment {
    NDIS_FILTER_ATTACH_PARAMETERS parameters{};
    Text<39>                      guid{L"{1D4C0C1E-0000-4000-8000-000000000001}"};
    Text<28>                      name{L"Interlock extensible switch"};

    Attachment() {
        set_header(parameters.Header, sizeof parameters, NDIS_FILTER_ATTACH_PARAMETERS_REVISION_1,
                   NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS);
        parameters.IfIndex                   = 7;
        parameters.FilterModuleGuidName      = &guid.string;
        parameters.BaseMiniportIfIndex       = 6;
        parameters.BaseMiniportInstanceName  = &name.string;
        parameters.BaseMiniportName          = &guid.string;
        parameters.MediaConnectState         = MediaConnectStateConnected;
        parameters.MediaDuplexState          = MediaDuplexStateFull;
        parameters.LowerIfIndex              = 6;
        parameters.MiniportMediaType         = NdisMedium802_3;
        parameters.MiniportPhysicalMediaType = NdisPhysicalMediumUnspecified;
    }
};

/// FilterRestart may hang attributes of its own behind these: they are not only for reading.
/// Source: nc-ndis-filter_restart, "Remarks".
struct Restarting {
    NDIS_FILTER_RESTART_PARAMETERS parameters{};

    Restarting() {
        set_header(parameters.Header, sizeof parameters, NDIS_FILTER_RESTART_PARAMETERS_REVISION_1,
                   NDIS_OBJECT_TYPE_FILTER_RESTART_PARAMETERS);
    }
};

struct Pausing {
    NDIS_FILTER_PAUSE_PARAMETERS parameters{};

    Pausing() {
        set_header(parameters.Header, sizeof parameters, NDIS_FILTER_PAUSE_PARAMETERS_REVISION_1,
                   NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS);
        parameters.PauseReason = NDIS_PAUSE_NDIS_INTERNAL;
    }
};

constexpr bool succeeded(NDIS_STATUS status) {
    return status == NDIS_STATUS_SUCCESS;
}

}  // namespace

void Ndis::begin(std::span<Image> images, Ends& both_ends) {
    ends = &both_ends;
    pool.begin();
    world.kernel.before_switch([this] { pool.sum_up(); });
    requests_used = 0;
    objects       = 0;
    modules.resize(images.size());
    for (std::size_t place = 0; place < images.size(); ++place) {
        modules[place]       = Module{};
        modules[place].id    = static_cast<model::ModuleId>(place);
        modules[place].image = &images[place];
    }
}

Module* Ndis::module_of(NDIS_HANDLE filter_handle) {
    for (Module& module : modules) {
        if (&module == filter_handle) return &module;
    }
    return nullptr;
}

Module* Ndis::module_of_driver(NDIS_HANDLE driver_handle) {
    for (Module& module : modules) {
        if (&module.driver_handle == driver_handle) return &module;
    }
    return nullptr;
}

Module* Ndis::next_below(model::ModuleId from) {
    const std::size_t first = from == model::host_module ? 0 : from + std::size_t{1};
    for (std::size_t place = first; place < modules.size(); ++place) {
        if (modules[place].attached()) return &modules[place];
    }
    return nullptr;
}

Module* Ndis::next_above(model::ModuleId from) {
    std::size_t place = from == model::host_module ? modules.size() : from;
    while (place-- > 0) {
        if (modules[place].attached()) return &modules[place];
    }
    return nullptr;
}

NDIS_STATUS Ndis::load(Module& module) {
    Lent<Registry> registry(world, module.id);
    Callback       call(*this, module, {.call = model::Call::DriverEntry});
    const NTSTATUS status = module.image->driver_entry(&module.driver, &registry->path.string);
    registry.take_back_unchanged();
    call.left(status);
    world.devices.initialized(module.id);
    return status;
}

void Ndis::unload(Module& module) {
    if (module.driver.DriverUnload) {
        Callback call(*this, module, {.call = model::Call::DriverUnload});
        call_outside(module.driver.DriverUnload, &module.driver);
        call.left();
    }
    report_writes(module.id);
    report_left_behind(module.id, Going::unloaded);
}

NDIS_STATUS Ndis::attach(Module& module) {
    Lent<Attachment> attachment(world, module.id);
    module.phase = ModulePhase::attaching;
    Callback          call(*this, module,
                           {.call   = model::Call::FilterAttach,
                            .detail = static_cast<std::uint32_t>(module.image->extension_class())});
    const NDIS_STATUS status = call_outside(module.handlers.AttachHandler, NDIS_HANDLE{&module},
                                            module.driver_context, &attachment->parameters);
    attachment.take_back_unchanged();
    call.left(status);
    module.phase = succeeded(status) ? ModulePhase::paused : ModulePhase::detached;
    if (!succeeded(status)) forget_handle_of(module.id);
    return status;
}

void Ndis::detach(Module& module) {
    Callback call(*this, module, {.call = model::Call::FilterDetach});
    call_outside(module.handlers.DetachHandler, module.context);
    call.left();
    module.phase = ModulePhase::detached;
    report_left_behind(module.id, Going::detached);
}

NDIS_STATUS Ndis::set_options(Module& module) {
    if (!module.handlers.SetFilterModuleOptionsHandler) return NDIS_STATUS_SUCCESS;
    Callback          call(*this, module, {.call = model::Call::FilterSetModuleOptions});
    const NDIS_STATUS status =
        call_outside(module.handlers.SetFilterModuleOptionsHandler, module.context);
    call.left(status);
    return status;
}

NDIS_STATUS Ndis::restart(Module& module) {
    Lent<Restarting> restarting(world, module.id);
    module.phase           = ModulePhase::restarting;
    module.entry_completed = false;
    Callback    call(*this, module, {.call = model::Call::FilterRestart});
    NDIS_STATUS status =
        call_outside(module.handlers.RestartHandler, module.context, &restarting->parameters);
    restarting.take_back();
    call.left(status);
    if (status == NDIS_STATUS_PENDING) status = wait_for_entry(module, "FilterRestart");
    if (status == NDIS_STATUS_PENDING) return status;
    world.races.returned(module.id, model::Call::FilterRestart);
    module.phase = succeeded(status) ? ModulePhase::running : ModulePhase::paused;
    return status;
}

NDIS_STATUS Ndis::pause(Module& module) {
    Lent<Pausing> pausing(world, module.id);
    module.phase           = ModulePhase::pausing;
    module.restart_asked   = false;
    module.entry_completed = false;
    Callback    call(*this, module, {.call = model::Call::FilterPause});
    NDIS_STATUS status =
        call_outside(module.handlers.PauseHandler, module.context, &pausing->parameters);
    pausing.take_back_unchanged();
    call.left(status);
    if (status == NDIS_STATUS_PENDING) status = wait_for_entry(module, "FilterPause");
    if (status != NDIS_STATUS_PENDING) module.phase = ModulePhase::paused;
    return status;
}

NDIS_STATUS Ndis::wait_for_entry(Module& module, std::string_view place) {
    const bool completed = await(world, &module, place, [&] { return module.entry_completed; });
    return completed ? module.entry_status : NDIS_STATUS_PENDING;
}

}  // namespace interlock::harness

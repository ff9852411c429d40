// The life of ports and adapters in a trace, as the commands of Windows that bring it about.

#include <map>
#include <utility>

#include <fmt/format.h>

#include "model/constants.hpp"
#include "model/oids.hpp"
#include "reports/export_forms.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using model::Event;

constexpr std::string_view before_steps =
    R"(# Written by `interlock export`: takes a Hyper-V host through the life that a trace tells of.
# As administrator, on a host that you may lose. It makes a switch and a machine of its own.
param(
    [string]$Switch = 'InterlockLab',
    [string]$Machine = 'InterlockLab',
    [string]$Uplink,                      # A network adapter of the host, for an external port.
    [string[]]$Extension = @({}),
    [string[]]$Driver = @()               # Their .sys files, for Driver Verifier.
)
$ErrorActionPreference = 'Stop'

# Standard checks, NDIS and the virtual switch (bits 21 and 24); in force after a restart.
if ($Driver) {{ verifier /flags 0x012209BB /driver $Driver }}

if ($Uplink) {{ New-VMSwitch -Name $Switch -NetAdapterName $Uplink -AllowManagementOS $false }}
else {{ New-VMSwitch -Name $Switch -SwitchType Internal }}
New-VM -Name $Machine -MemoryStartupBytes 512MB -Generation 2 -NoVHD
Get-VMNetworkAdapter -VMName $Machine | Remove-VMNetworkAdapter
foreach ($name in $Extension) {{ Enable-VMSwitchExtension -VMSwitchName $Switch -Name $name }}

)";

constexpr std::string_view after_steps = R"(
# And back.
foreach ($name in $Extension) { Disable-VMSwitchExtension -VMSwitchName $Switch -Name $name }
Stop-VM -Name $Machine -TurnOff -Force -ErrorAction SilentlyContinue
Remove-VM -Name $Machine -Force
Remove-VMSwitch -Name $Switch -Force
)";

/// A trace of the switch itself tells it at its edge; a recorder's, as its first module is told.
Call told_at(const Result& result) {
    for (const Event& event : result.trace)
        if (event.call == Call::ProtocolEdgeOidRequest) return event.call;
    return Call::FilterOidRequest;
}

class Script {
public:
    explicit Script(const Result& result) : told(told_at(result)) {}

    void tell(const Event& event) {
        if (event.phase == model::Phase::enter && event.call == told && is_first(event))
            return request(event);
        if (event.module != 0 || event.phase != model::Phase::enter) return;
        const bool restarts = event.call == Call::FilterRestart;
        if (event.call == Call::FilterDetach) extensions("Disable");
        if (restarts && detached) extensions("Enable");
        if (event.call == Call::FilterDetach) detached = true;
        if (restarts) detached = false;
    }

    std::string text;

private:
    bool is_first(const Event& event) const {
        return told == Call::ProtocolEdgeOidRequest || event.module == 0;
    }

    void extensions(std::string_view verb) {
        text += fmt::format("foreach ($name in $Extension) {{ {}-VMSwitchExtension -VMSwitchName "
                            "$Switch -Name $name }}\n",
                            verb);
    }

    void command(const Event& event, std::string_view words) {
        const auto name = fmt::format("port {}", event.port);
        text += fmt::format(fmt::runtime(words), fmt::arg("name", name)) + "\n";
    }

    void request(const Event& event) {
        const std::uint32_t type = event.detail & model::nic_type::mask;
        if (event.oid == model::oid::nic_create) external_nics[{event.port, event.nic}] = type == 0;
        if (model::oid::names_nic(event.oid) && external_nics[{event.port, event.nic}])
            return note(event, "the uplink's, made with the switch");
        nic_request(event);
    }

    void nic_request(const Event& event) {
        if (event.oid == model::oid::nic_create) {
            command(event, "Add-VMNetworkAdapter -VMName $Machine -Name '{name}'");
        } else if (event.oid == model::oid::nic_connect) {
            command(event,
                    "Connect-VMNetworkAdapter -VMName $Machine -Name '{name}' -SwitchName $Switch");
            start();
        } else if (event.oid == model::oid::nic_disconnect) {
            command(event, "Disconnect-VMNetworkAdapter -VMName $Machine -Name '{name}'");
        } else if (event.oid == model::oid::nic_delete) {
            command(event, "Remove-VMNetworkAdapter -VMName $Machine -Name '{name}'");
        } else {
            rarer_request(event);
        }
    }

    void rarer_request(const Event& event) {
        if (event.oid == model::oid::nic_save) {
            text += "Save-VM -Name $Machine\n";
        } else if (event.oid == model::oid::nic_restore) {
            text += "Start-VM -Name $Machine\n";
        } else if (model::oid::is_port_property(event.oid)) {
            const bool deletes = event.oid == model::oid::port_property_delete;
            command(event, deletes ? "Set-VMNetworkAdapterVlan -VMName $Machine "
                                     "-VMNetworkAdapterName '{name}' -Untagged"
                                   : "Set-VMNetworkAdapterVlan -VMName $Machine "
                                     "-VMNetworkAdapterName '{name}' -Access -VlanId 5");
        } else if (model::oid::names_port(event.oid)) {
            note(event, "comes with the commands for its adapter");
        }
    }

    void note(const Event& event, std::string_view why) {
        text += fmt::format("# {}: {}\n", in_words(event), why);
    }

    /// A switch makes the port of a machine that runs.
    void start() {
        if (!std::exchange(started, true)) text += "Start-VM -Name $Machine\n";
    }

    const Call                                                told;
    std::map<std::pair<model::PortId, model::NicIndex>, bool> external_nics;
    bool                                                      started  = false;
    bool                                                      detached = false;
};

std::string quoted_list(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "'" : ", '") + name + "'";
    return text;
}

}  // namespace

std::string host_script(const Result& result) {
    Script script(result);
    for (const Event& event : result.trace)
        script.tell(event);
    return fmt::format(before_steps, quoted_list(result.extensions)) + script.text +
           std::string(after_steps);
}

}  // namespace interlock::reports

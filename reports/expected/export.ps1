# Written by `interlock export`: takes a Hyper-V host through the life that a trace tells of.
# As administrator, on a host that you may lose. It makes a switch and a machine of its own.
param(
    [string]$Switch = 'InterlockLab',
    [string]$Machine = 'InterlockLab',
    [string]$Uplink,                      # A network adapter of the host, for an external port.
    [string[]]$Extension = @('forwarder'),
    [string[]]$Driver = @()               # Their .sys files, for Driver Verifier.
)
$ErrorActionPreference = 'Stop'

# Standard checks, NDIS and the virtual switch (bits 21 and 24); in force after a restart.
if ($Driver) { verifier /flags 0x012209BB /driver $Driver }

if ($Uplink) { New-VMSwitch -Name $Switch -NetAdapterName $Uplink -AllowManagementOS $false }
else { New-VMSwitch -Name $Switch -SwitchType Internal }
New-VM -Name $Machine -MemoryStartupBytes 512MB -Generation 2 -NoVHD
Get-VMNetworkAdapter -VMName $Machine | Remove-VMNetworkAdapter
foreach ($name in $Extension) { Enable-VMSwitchExtension -VMSwitchName $Switch -Name $name }

# ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE port 1: comes with the commands for its adapter
# ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE 1/0: the uplink's, made with the switch
# ProtocolEdgeOidRequest OID_SWITCH_NIC_CONNECT 1/0: the uplink's, made with the switch
# ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE port 3: comes with the commands for its adapter
Add-VMNetworkAdapter -VMName $Machine -Name 'port 3'
Connect-VMNetworkAdapter -VMName $Machine -Name 'port 3' -SwitchName $Switch
Start-VM -Name $Machine
Set-VMNetworkAdapterVlan -VMName $Machine -VMNetworkAdapterName 'port 3' -Access -VlanId 5
foreach ($name in $Extension) { Disable-VMSwitchExtension -VMSwitchName $Switch -Name $name }
foreach ($name in $Extension) { Enable-VMSwitchExtension -VMSwitchName $Switch -Name $name }
Save-VM -Name $Machine
Start-VM -Name $Machine
Disconnect-VMNetworkAdapter -VMName $Machine -Name 'port 3'
Remove-VMNetworkAdapter -VMName $Machine -Name 'port 3'
# ProtocolEdgeOidRequest OID_SWITCH_PORT_TEARDOWN port 3: comes with the commands for its adapter

# And back.
foreach ($name in $Extension) { Disable-VMSwitchExtension -VMSwitchName $Switch -Name $name }
Stop-VM -Name $Machine -TurnOff -Force -ErrorAction SilentlyContinue
Remove-VM -Name $Machine -Force
Remove-VMSwitch -Name $Switch -Force

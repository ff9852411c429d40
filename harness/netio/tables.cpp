// Interfaces and addresses, in tables and one by one. Pages: getiftable2ex, getipinterfaceentry,
// getunicastipaddresstable, freemibtable, convertinterfaceguidtoluid, convertinterfaceluidtoalias
// and kin (network).

#include <algorithm>
#include <cstring>
#include <iterator>

#include "harness/netio/network_stack.hpp"

using namespace interlock;
using namespace interlock::harness;

extern "C" int wdk_wcscmp(const wchar_t* left, const wchar_t* right) noexcept;

namespace {

constexpr std::uint32_t table_tag = tag_of("MibT");

/// A table in the pool; FreeMibTable frees it. An empty one has no row, though its type has one.
template <typename Table, typename Row>
NTSTATUS give(FaultPoint point, Table** to, const std::vector<Row>& rows) {
    World& here = world();
    if (const Failure* fault = here.faults.strike(point)) return fault->status;
    const std::size_t bytes = sizeof(Table) + rows.size() * sizeof(Row);
    void* const       memory =
        here.memory.allocate(bytes, table_tag, PoolKind::object, here.kernel.current().module);
    if (memory == nullptr) return STATUS_NO_MEMORY;
    std::memset(memory, 0, bytes);
    *to               = static_cast<Table*>(memory);
    (*to)->NumEntries = static_cast<ULONG>(rows.size());
    std::ranges::copy(rows, (*to)->Table);
    return STATUS_SUCCESS;
}

/// A row of each interface and of each family asked for.
template <typename Table, typename Row>
NTSTATUS give_rows(FaultPoint call, ADDRESS_FAMILY family, Table** to,
                   Row (*row)(const NetworkInterface&, ADDRESS_FAMILY)) {
    World& here = enter(call.row().function(), apc_level);
    if (to == nullptr || !is_family(family)) return STATUS_INVALID_PARAMETER;
    std::vector<Row> rows;
    for (const ADDRESS_FAMILY one : {ADDRESS_FAMILY{AF_INET}, ADDRESS_FAMILY{AF_INET6}}) {
        if (!includes(family, one)) continue;
        for (const NetworkInterface& of : network_stack(here).interfaces)
            rows.push_back(row(of, one));
    }
    return give(call, to, rows);
}

NTSTATUS give_if_rows(FaultPoint call, MIB_IF_TABLE_LEVEL level, MIB_IF_TABLE2** table) {
    World& here = enter(call.row().function(), apc_level);
    if (table == nullptr || (level != MibIfTableNormal && level != MibIfTableRaw))
        return STATUS_INVALID_PARAMETER;
    std::vector<MIB_IF_ROW2> rows;
    for (const NetworkInterface& of : network_stack(here).interfaces)
        rows.push_back(if_row(of));
    return give(call, table, rows);
}

/// Fills in what belongs to the interface that was found.
template <typename Fill>
NTSTATUS convert(const NetworkInterface* found, Fill fill) {
    if (found == nullptr) return STATUS_INVALID_PARAMETER;
    fill(*found);
    return STATUS_SUCCESS;
}

}  // namespace

extern "C" {

NTSTATUS GetIfTable2Ex(MIB_IF_TABLE_LEVEL level, MIB_IF_TABLE2** table) noexcept {
    return give_if_rows(FaultPoint("GetIfTable2Ex"), level, table);
}

NTSTATUS GetIfTable2(MIB_IF_TABLE2** table) noexcept {
    return give_if_rows(FaultPoint("GetIfTable2"), MibIfTableNormal, table);
}

NTSTATUS GetIfEntry2(MIB_IF_ROW2* row) noexcept {
    World& here = enter("GetIfEntry2", apc_level);
    if (row == nullptr || (row->InterfaceLuid.Value == 0 && row->InterfaceIndex == 0))
        return STATUS_INVALID_PARAMETER;
    const NetworkInterface* const found =
        network_stack(here).interface_by(row->InterfaceLuid, row->InterfaceIndex);
    if (found == nullptr) return STATUS_NOT_FOUND;
    *row = if_row(*found);
    return STATUS_SUCCESS;
}

NTSTATUS GetIpInterfaceEntry(MIB_IPINTERFACE_ROW* row) noexcept {
    World& here = enter("GetIpInterfaceEntry", apc_level);
    if (row == nullptr || (row->Family != AF_INET && row->Family != AF_INET6) ||
        (row->InterfaceLuid.Value == 0 && row->InterfaceIndex == 0))
        return STATUS_INVALID_PARAMETER;
    const NetworkInterface* const found =
        network_stack(here).interface_by(row->InterfaceLuid, row->InterfaceIndex);
    if (found == nullptr) return STATUS_NOT_FOUND;
    *row = ip_interface_row(*found, row->Family);
    return STATUS_SUCCESS;
}

NTSTATUS GetIpInterfaceTable(ADDRESS_FAMILY family, MIB_IPINTERFACE_TABLE** table) noexcept {
    return give_rows(FaultPoint("GetIpInterfaceTable"), family, table, &ip_interface_row);
}

NTSTATUS GetUnicastIpAddressTable(ADDRESS_FAMILY               family,
                                  MIB_UNICASTIPADDRESS_TABLE** table) noexcept {
    return give_rows(FaultPoint("GetUnicastIpAddressTable"), family, table, &address_row);
}

NTSTATUS GetIpForwardTable2(ADDRESS_FAMILY family, MIB_IPFORWARD_TABLE2** table) noexcept {
    World& here = enter("GetIpForwardTable2", apc_level);
    if (table == nullptr || !is_family(family)) return STATUS_INVALID_PARAMETER;
    std::vector<MIB_IPFORWARD_ROW2> rows;
    for (const ADDRESS_FAMILY one : {ADDRESS_FAMILY{AF_INET}, ADDRESS_FAMILY{AF_INET6}}) {
        if (!includes(family, one)) continue;
        for (const NetworkInterface& of : network_stack(here).interfaces)
            std::ranges::copy(route_rows(of, one), std::back_inserter(rows));
    }
    return give(FaultPoint("GetIpForwardTable2"), table, rows);
}

NTSTATUS GetIpNetTable2(ADDRESS_FAMILY family, MIB_IPNET_TABLE2** table) noexcept {
    World& here = enter("GetIpNetTable2", apc_level);
    if (table == nullptr || !is_family(family)) return STATUS_INVALID_PARAMETER;
    const NetworkStack&         stack = network_stack(here);
    std::vector<MIB_IPNET_ROW2> rows;
    for (const Neighbour& one : stack.neighbours)
        if (includes(family, one.address.si_family)) rows.push_back(neighbour_row(stack, one));
    return give(FaultPoint("GetIpNetTable2"), table, rows);
}

void FreeMibTable(void* table) noexcept {
    enter("FreeMibTable", apc_level);
    free_object(table, table_tag);
}

NTSTATUS ConvertInterfaceGuidToLuid(const GUID* guid, NET_LUID* luid) noexcept {
    World& here = enter("ConvertInterfaceGuidToLuid", passive_level);
    if (guid == nullptr || luid == nullptr) return STATUS_INVALID_PARAMETER;
    const auto& all   = network_stack(here).interfaces;
    const auto  found = std::ranges::find_if(
         all, [guid](const NetworkInterface& one) { return one.guid == *guid; });
    luid->Value = 0;
    return convert(found == all.end() ? nullptr : &*found,
                   [&](const NetworkInterface& of) { *luid = of.luid; });
}

NTSTATUS ConvertInterfaceLuidToGuid(const NET_LUID* luid, GUID* guid) noexcept {
    World& here = enter("ConvertInterfaceLuidToGuid", passive_level);
    if (guid == nullptr || luid == nullptr) return STATUS_INVALID_PARAMETER;
    return convert(network_stack(here).interface_by(*luid),
                   [&](const NetworkInterface& of) { *guid = of.guid; });
}

NTSTATUS ConvertInterfaceLuidToIndex(const NET_LUID* luid, NET_IFINDEX* index) noexcept {
    World& here = enter("ConvertInterfaceLuidToIndex", passive_level);
    if (index == nullptr || luid == nullptr) return STATUS_INVALID_PARAMETER;
    return convert(network_stack(here).interface_by(*luid),
                   [&](const NetworkInterface& of) { *index = of.index; });
}

NTSTATUS ConvertInterfaceIndexToLuid(NET_IFINDEX index, NET_LUID* luid) noexcept {
    World& here = enter("ConvertInterfaceIndexToLuid", passive_level);
    if (luid == nullptr) return STATUS_INVALID_PARAMETER;
    luid->Value = 0;
    return convert(network_stack(here).interface_by(index),
                   [&](const NetworkInterface& of) { *luid = of.luid; });
}

/// @param length  in characters, the terminator included.
NTSTATUS ConvertInterfaceLuidToAlias(const NET_LUID* luid, PWSTR alias, SIZE_T length) noexcept {
    World& here = enter("ConvertInterfaceLuidToAlias", passive_level);
    if (alias == nullptr || luid == nullptr) return STATUS_INVALID_PARAMETER;
    const NetworkInterface* const found = network_stack(here).interface_by(*luid);
    if (found == nullptr) return STATUS_INVALID_PARAMETER;
    const MIB_IF_ROW2 row  = if_row(*found);
    const WCHAR*      end  = std::find(std::begin(row.Alias), std::end(row.Alias), WCHAR{0});
    const auto        room = static_cast<SIZE_T>(end - row.Alias) + 1;
    if (room > length) return STATUS_NO_MEMORY;
    std::copy(row.Alias, end + 1, alias);
    return STATUS_SUCCESS;
}

NTSTATUS ConvertInterfaceAliasToLuid(const WCHAR* alias, NET_LUID* luid) noexcept {
    World& here = enter("ConvertInterfaceAliasToLuid", passive_level);
    if (alias == nullptr || luid == nullptr) return STATUS_INVALID_PARAMETER;
    luid->Value = 0;
    for (const NetworkInterface& one : network_stack(here).interfaces) {
        const MIB_IF_ROW2 row = if_row(one);
        if (wdk_wcscmp(row.Alias, alias) == 0) *luid = one.luid;
    }
    return luid->Value != 0 ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

}  // extern "C"

#pragma once
// Addresses to text and back. Page: ip2string.h (wdk).

#include "in6addr.h"
#include "inaddr.h"
#include "wdm/types.h"

EXTERN_C_START

/// The end of the text that was written.
PSTR     RtlIpv4AddressToStringA(const struct in_addr *Addr, PSTR S) WDK_NOEXCEPT;
PSTR     RtlIpv6AddressToStringA(const struct in6_addr *Addr, PSTR S) WDK_NOEXCEPT;
NTSTATUS RtlIpv4StringToAddressA(PCSTR S, BOOLEAN Strict, PCSTR *Terminator,
                                 struct in_addr *Addr) WDK_NOEXCEPT;
NTSTATUS RtlIpv6StringToAddressA(PCSTR S, PCSTR *Terminator, struct in6_addr *Addr) WDK_NOEXCEPT;
NTSTATUS RtlEthernetStringToAddressA(PCSTR S, PCSTR *Terminator, PVOID Addr) WDK_NOEXCEPT;

EXTERN_C_END

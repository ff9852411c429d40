#pragma once
// Address families, ports and socket addresses. Not for a host that also sees <netinet/in.h>: the
// tags are the same. Page: ws2def.h (win32/winsock).

#include "inaddr.h"
#include "wdm/types.h"

EXTERN_C_START

typedef USHORT ADDRESS_FAMILY;

#define AF_UNSPEC 0
#define AF_UNIX   1
#define AF_INET   2
#define AF_INET6  23
#define AF_MAX    35

#define IPPORT_FTP_DATA 20
#define IPPORT_FTP      21
#define IPPORT_SSH      22
#define IPPORT_TELNET   23
#define IPPORT_SMTP     25
#define IPPORT_TFTP     69
#define IPPORT_HTTPS    443

typedef enum {
    IPPROTO_HOPOPTS  = 0,
    IPPROTO_ICMP     = 1,
    IPPROTO_IGMP     = 2,
    IPPROTO_IPV4     = 4,
    IPPROTO_TCP      = 6,
    IPPROTO_UDP      = 17,
    IPPROTO_IPV6     = 41,
    IPPROTO_ROUTING  = 43,
    IPPROTO_FRAGMENT = 44,
    IPPROTO_GRE      = 47,
    IPPROTO_ESP      = 50,
    IPPROTO_AH       = 51,
    IPPROTO_ICMPV6   = 58,
    IPPROTO_NONE     = 59,
    IPPROTO_DSTOPTS  = 60,
    IPPROTO_SCTP     = 132,
    IPPROTO_RAW      = 255,
    IPPROTO_MAX      = 256
} IPPROTO, *PIPPROTO;

typedef enum {
    ScopeLevelInterface    = 1,
    ScopeLevelLink         = 2,
    ScopeLevelSubnet       = 3,
    ScopeLevelAdmin        = 4,
    ScopeLevelSite         = 5,
    ScopeLevelOrganization = 8,
    ScopeLevelGlobal       = 14,
    ScopeLevelCount        = 16
} SCOPE_LEVEL;

typedef struct {
    union {
        struct {
            ULONG Zone : 28;
            ULONG Level : 4;
        };
        ULONG Value;
    };
} SCOPE_ID, *PSCOPE_ID;

typedef struct sockaddr {
    ADDRESS_FAMILY sa_family;
    CHAR           sa_data[14];
} SOCKADDR, *PSOCKADDR, *LPSOCKADDR;

typedef struct sockaddr_in {
    ADDRESS_FAMILY sin_family;
    USHORT         sin_port;
    IN_ADDR        sin_addr;
    CHAR           sin_zero[8];
} SOCKADDR_IN, *PSOCKADDR_IN;

typedef struct sockaddr_storage {
    ADDRESS_FAMILY ss_family;
    CHAR           pad_before[6];
    LONGLONG       aligned;
    CHAR           pad_after[112];
} SOCKADDR_STORAGE, *PSOCKADDR_STORAGE;

EXTERN_C_END

#define INADDR_ANY       ((ULONG)0x00000000)
#define INADDR_LOOPBACK  0x7f000001
#define INADDR_BROADCAST ((ULONG)0xffffffff)
#define INADDR_NONE      0xffffffff

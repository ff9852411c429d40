#pragma once
#include "../base/extension.h"

/* All leave a packet alone, but for a flaw. */
VOID SpoilOnIngress(PNET_BUFFER_LIST NetBufferList);
VOID SpoilOnEgress(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList);

/* What came through SpoilOnIngress is sent. */
VOID SpoilSent(VOID);

#pragma once
#include "../base/extension.h"

/* Both leave a packet alone, but for a flaw. */
VOID SpoilOnIngress(PNET_BUFFER_LIST NetBufferList);
VOID SpoilOnEgress(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList);

/* The flaws of the control path. In a good extension all of these do nothing. */
#pragma once

#include "oid.h"

/* TRUE: the request is not forwarded, *Status is what FilterOidRequest returns. */
BOOLEAN FlawOnRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, PNDIS_STATUS Status);

/* Before the module goes: gives back what FLAW_REFERENCE_LEAK kept. */
VOID FlawOnDetach(PFILTER_MODULE Module);

VOID FlawOnComplete(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status);

/* The status that goes up in place of the one that came from below. */
NDIS_STATUS FlawedStatus(PNDIS_OID_REQUEST Request, NDIS_STATUS Status);

/* What FilterOidRequest returns of a request that it could finish with that status. */
NDIS_STATUS FlawedAnswer(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status);

/* Completes a request that somebody else is about to complete, too. */
VOID FlawCompleteOnceMore(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status);

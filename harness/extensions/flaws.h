/*
 * One flaw, chosen when the extension is compiled with -DFLAW=FLAW_...
 * HAS_FLAW(x) is a constant: a good extension has no trace of any flaw.
 * What each of them breaks is said in flaws.txt.
 */
#pragma once

#define FLAW_NONE 0
#define FLAW_LOST_MULTI_BUFFER 1
#define FLAW_COMPLETED_AND_SENT 2
#define FLAW_DISCONNECT_IGNORED 3
#define FLAW_CREATED_AS_CONNECTED 4
#define FLAW_REFERENCE_LEAK 5
#define FLAW_REFERENCE_TOO_EARLY 6
#define FLAW_DOUBLE_COMPLETION 7
#define FLAW_CONNECT_REFUSED 8
#define FLAW_CREATE_SWALLOWED 9
#define FLAW_STATUS_REWRITTEN 10
#define FLAW_EARLY_QUERY 11
#define FLAW_PAUSE_KEEPS_PACKETS 12
#define FLAW_PARKED_OID 13
#define FLAW_EGRESS_REWRITTEN 14
#define FLAW_SOURCE_WRITTEN 15
#define FLAW_EXCLUSION_UNCOMMITTED 16
#define FLAW_HELD_WITHOUT_LOCK 17 /* shows at memory accesses only: props/races_test.cpp */

#define FLAW_READS_GIVEN_AWAY 28  /* the same */
#define FLAW_ASKED_WITHOUT_LOCK 37 /* the same */

#define FLAW_STATUS_AFTER_SEND 26
#define FLAW_WRITES_TO_ANSWERED 27
#define FLAW_CHANGES_REVERSED 30
#define FLAW_PARKED_FOR_EVER 31
#define FLAW_POOLS_FREED_AT_UNLOAD 32
#define FLAW_PORT_GONE_WITH_NIC 33
#define FLAW_CREATE_NOT_UNDONE 34

/* Not in flaws.txt: hardly ever seen where nobody looks for it on purpose. */
#define FLAW_EVENT_SET_TOO_LATE 18

/* In the museum alone, props/bench/museum.txt: what they break first is not always the same rule,
 * or only where calls fail. */
#define FLAW_HALF_KEY 19
#define FLAW_FREED_THEN_WRITTEN 20
#define FLAW_UNLOCKED_THEN_USED 21
#define FLAW_ATTACH_NOT_UNDONE 22
#define FLAW_CLONE_NOT_UNWOUND 23
#define FLAW_CONTEXT_AFTER_FREE 24
#define FLAW_CLONE_FOR_ORIGINAL 25
#define FLAW_FAILURE_NOT_TOLD 29
#define FLAW_ADDRESS_TOO_LONG 35
#define FLAW_FREED_WHILE_LINKED 36

/* Not a flaw: the good twin of FLAW_CHANGES_REVERSED. */
#define FLAW_NONE_CHANGES_QUEUED 38

#ifndef FLAW
#define FLAW FLAW_NONE
#endif

#define HAS_FLAW(name) (FLAW == FLAW_##name)

#pragma once
// Checked integer arithmetic, kernel door: results are NTSTATUSes. Page: ntintsafe (wdk).

#include "ntstatus.h"
#include "wdm/intsafe_functions.h"

wdk_intsafe_family(NTSTATUS, Rtl, STATUS_SUCCESS, STATUS_INTEGER_OVERFLOW)

/* The reference for compare_all: what a driver of NDIS includes, as far as mingw-w64 has it. */
#define NDIS620 1
#define UM_NDIS620 1
#define NDIS_LEGACY_DRIVER 1  /* What it declares uses what it declares for these only. */
#include <ntddk.h>
#include <stdint.h>
#include <ntddndis.h>
/* Both of its headers have this enumeration. */
#define _NDIS_REQUEST_TYPE             second_request_type
#define NDIS_REQUEST_TYPE              second_type
#define PNDIS_REQUEST_TYPE             second_pointer
#define NdisRequestQueryInformation    second_0
#define NdisRequestSetInformation      second_1
#define NdisRequestQueryStatistics     second_2
#define NdisRequestOpen                second_3
#define NdisRequestClose               second_4
#define NdisRequestSend                second_5
#define NdisRequestTransferData        second_6
#define NdisRequestReset               second_7
#define NdisRequestGeneric1            second_8
#define NdisRequestGeneric2            second_9
#define NdisRequestGeneric3            second_10
#define NdisRequestGeneric4            second_11
#define NdisRequestMethod              second_12
/* Its declaration lacks a comma. */
#define NdisMWanIndicateReceiveComplete(parameters)
#include <ndis.h>
#include <in6addr.h>
#include <inaddr.h>

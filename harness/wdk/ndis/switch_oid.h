#pragma once
// Object identifiers of the extensible switch. Page: hyper-v-extensible-switch-oids.

#include "version.h"

#define OID_SWITCH_PROPERTY_ADD                        0x00010263
#define OID_SWITCH_PROPERTY_UPDATE                     0x00010264
#define OID_SWITCH_PROPERTY_DELETE                     0x00010265
#define OID_SWITCH_PROPERTY_ENUM                       0x00010266
#define OID_SWITCH_FEATURE_STATUS_QUERY                0x00010267
#define OID_SWITCH_NIC_REQUEST                         0x00010270
#define OID_SWITCH_PORT_PROPERTY_ADD                   0x00010271
#define OID_SWITCH_PORT_PROPERTY_UPDATE                0x00010272
#define OID_SWITCH_PORT_PROPERTY_DELETE                0x00010273
#define OID_SWITCH_PORT_PROPERTY_ENUM                  0x00010274
#define OID_SWITCH_PARAMETERS                          0x00010275
#define OID_SWITCH_PORT_ARRAY                          0x00010276
#define OID_SWITCH_NIC_ARRAY                           0x00010277
#define OID_SWITCH_PORT_CREATE                         0x00010278
#define OID_SWITCH_PORT_DELETE                         0x00010279
#define OID_SWITCH_NIC_CREATE                          0x0001027a
#define OID_SWITCH_NIC_CONNECT                         0x0001027b
#define OID_SWITCH_NIC_DISCONNECT                      0x0001027c
#define OID_SWITCH_NIC_DELETE                          0x0001027d
#define OID_SWITCH_PORT_FEATURE_STATUS_QUERY           0x0001027e
#define OID_SWITCH_PORT_TEARDOWN                       0x0001027f
#define OID_SWITCH_NIC_SAVE                            0x00010290
#define OID_SWITCH_NIC_SAVE_COMPLETE                   0x00010291
#define OID_SWITCH_NIC_RESTORE                         0x00010292
#define OID_SWITCH_NIC_RESTORE_COMPLETE                0x00010293
#define OID_SWITCH_NIC_UPDATED                         0x00010294
#define OID_SWITCH_PORT_UPDATED                        0x00010295

#if NDIS_SUPPORT_NDIS650
#define OID_SWITCH_NIC_DIRECT_REQUEST                  0x00010296
#define OID_SWITCH_NIC_SUSPEND                         0x00010297
#define OID_SWITCH_NIC_RESUME                          0x00010298
#endif
#if NDIS_SUPPORT_NDIS680
#define OID_SWITCH_NIC_SUSPENDED_LM_SOURCE_STARTED     0x00010299
#define OID_SWITCH_NIC_SUSPENDED_LM_SOURCE_FINISHED    0x0001029a
#endif

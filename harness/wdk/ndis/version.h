#pragma once
// Which NDIS a source is written for. A driver says so with NDIS630, NDIS640, NDIS650, ... as its
// project file does, and each contract includes those before it. A source that says nothing, as
// the host, gets the newest we know. Page: specifying-the-ndis-version-of-a-filter-driver.

#if defined(NDIS60)
#define wdk_ndis 600
#elif defined(NDIS61)
#define wdk_ndis 610
#elif defined(NDIS620)
#define wdk_ndis 620
#elif defined(NDIS630)
#define wdk_ndis 630
#elif defined(NDIS640)
#define wdk_ndis 640
#elif defined(NDIS650)
#define wdk_ndis 650
#elif defined(NDIS651)
#define wdk_ndis 651
#elif defined(NDIS660)
#define wdk_ndis 660
#elif defined(NDIS670)
#define wdk_ndis 670
#elif defined(NDIS680)
#define wdk_ndis 680
#elif defined(NDIS681)
#define wdk_ndis 681
#elif defined(NDIS682)
#define wdk_ndis 682
#elif defined(NDIS683)
#define wdk_ndis 683
#elif defined(NDIS684)
#define wdk_ndis 684
#elif defined(NDIS685)
#define wdk_ndis 685
#else
#define wdk_ndis 686
#endif

#define NDIS_SUPPORT_NDIS6   1
#define NDIS_SUPPORT_NDIS61  (wdk_ndis >= 610)
#define NDIS_SUPPORT_NDIS620 (wdk_ndis >= 620)
#define NDIS_SUPPORT_NDIS630 (wdk_ndis >= 630)
#define NDIS_SUPPORT_NDIS640 (wdk_ndis >= 640)
#define NDIS_SUPPORT_NDIS650 (wdk_ndis >= 650)
#define NDIS_SUPPORT_NDIS651 (wdk_ndis >= 651)
#define NDIS_SUPPORT_NDIS660 (wdk_ndis >= 660)
#define NDIS_SUPPORT_NDIS670 (wdk_ndis >= 670)
#define NDIS_SUPPORT_NDIS680 (wdk_ndis >= 680)
#define NDIS_SUPPORT_NDIS681 (wdk_ndis >= 681)
#define NDIS_SUPPORT_NDIS682 (wdk_ndis >= 682)
#define NDIS_SUPPORT_NDIS683 (wdk_ndis >= 683)
#define NDIS_SUPPORT_NDIS684 (wdk_ndis >= 684)
#define NDIS_SUPPORT_NDIS685 (wdk_ndis >= 685)
#define NDIS_SUPPORT_NDIS686 (wdk_ndis >= 686)
#define NDIS_SUPPORT_60_COMPATIBLE_API 1

#define NDIS_FILTER_MAJOR_VERSION   6
#define NDIS_FILTER_MINOR_VERSION   (wdk_ndis == 610 ? 1 : wdk_ndis % 100)
#define NDIS_MINIPORT_MAJOR_VERSION NDIS_FILTER_MAJOR_VERSION
#define NDIS_MINIPORT_MINOR_VERSION NDIS_FILTER_MINOR_VERSION
#define NDIS_PROTOCOL_MAJOR_VERSION NDIS_FILTER_MAJOR_VERSION
#define NDIS_PROTOCOL_MINOR_VERSION NDIS_FILTER_MINOR_VERSION

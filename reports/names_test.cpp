#include "reports/names.hpp"

#include <gtest/gtest.h>

namespace interlock::reports {
namespace {

TEST(Names, KnowTheDocumentedNumbers) {
    EXPECT_EQ(status_name(0x103), "NDIS_STATUS_PENDING");
    EXPECT_EQ(oid_name(0x1027B), "OID_SWITCH_NIC_CONNECT");
    EXPECT_EQ(nt_status_name(0x103), "STATUS_PENDING");
    EXPECT_EQ(nt_status_name(0xC000009A), "STATUS_INSUFFICIENT_RESOURCES");
    EXPECT_EQ(nt_status_name(0xC0010016), "NDIS_STATUS_BUFFER_TOO_SHORT");
    EXPECT_EQ(major_function_name(0x0E), "IRP_MJ_DEVICE_CONTROL");
    EXPECT_EQ(major_function_name(0x1B), "major function 0x1B");
}

TEST(Names, ShowWhatHasNoNameAsItsNumber) {
    EXPECT_EQ(status_name(0xC1234567), "status 0xC1234567");
    EXPECT_EQ(oid_name(0x42), "OID 0x00000042");
}

TEST(Links, LeadToTheGuideOrToTheReference) {
    EXPECT_EQ(page_link("filter-module-states-and-operations"),
              "https://learn.microsoft.com/windows-hardware/drivers/network/"
              "filter-module-states-and-operations");
    EXPECT_EQ(page_link("nc-ndis-filter_pause"),
              "https://learn.microsoft.com/windows-hardware/drivers/ddi/ndis/nc-ndis-filter_pause");
    EXPECT_EQ(page_link("bug-check-0x50--page-fault-in-nonpaged-area"),
              "https://learn.microsoft.com/windows-hardware/drivers/debugger/"
              "bug-check-0x50--page-fault-in-nonpaged-area");
    EXPECT_EQ(page_link("canceling-irps"),
              "https://learn.microsoft.com/windows-hardware/drivers/kernel/canceling-irps");
    EXPECT_EQ(
        page_link("nf-wdm-exallocatepool2"),
        "https://learn.microsoft.com/windows-hardware/drivers/ddi/wdm/nf-wdm-exallocatepool2");
}

}  // namespace
}  // namespace interlock::reports

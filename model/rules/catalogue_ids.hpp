#pragma once

// Every id of the two catalogues of what the pages say, control path and data path. A test holds
// the rules against it: each id is a rule, a part of one, or in the table of what is not decided.

#include <array>
#include <string_view>

namespace interlock::model {

// clang-format off
inline constexpr auto control_ids = std::to_array<std::string_view>({
    "OID-01", "OID-02", "OID-03", "OID-04", "OID-05", "OID-06", "OID-07", "OID-08", "OID-09",
    "OID-10", "OID-11", "OID-12", "OID-13", "OID-14", "OID-15", "OID-16", "OID-17", "OID-18",
    "PORT-01", "PORT-02", "PORT-03", "PORT-04", "PORT-05", "PORT-06", "PORT-07", "PORT-08",
    "PORT-09", "PORT-10", "PORT-11", "PORT-12", "PORT-13", "PORT-14", "PORT-15",
    "NIC-01", "NIC-02", "NIC-03", "NIC-04", "NIC-05", "NIC-06", "NIC-07", "NIC-08", "NIC-09",
    "NIC-10", "NIC-11", "NIC-12", "NIC-13", "NIC-14", "NIC-15", "NIC-16", "NIC-17", "NIC-18",
    "NIC-19", "NIC-20", "NIC-21",
    "PHY-01", "PHY-02", "PHY-03", "PHY-04", "PHY-05", "PHY-06",
    "REF-01", "REF-02", "REF-03", "REF-04", "REF-05", "REF-06", "REF-07", "REF-08", "REF-09",
    "REF-10", "REF-11",
    "QRY-01", "QRY-02", "QRY-03", "QRY-04", "QRY-05",
    "ATTACH-01", "ATTACH-02", "ATTACH-03", "ATTACH-04", "ATTACH-05", "ATTACH-06", "ATTACH-07",
    "ATTACH-08", "ATTACH-09", "ATTACH-10", "ATTACH-11", "ATTACH-12",
    "PROP-01", "PROP-02", "PROP-03", "PROP-04", "PROP-05", "PROP-06", "PROP-07",
    "FEAT-01", "FEAT-02",
    "NREQ-01", "NREQ-02", "NREQ-03", "NREQ-04", "NREQ-05", "NREQ-06", "NREQ-07", "NREQ-08",
    "SAVE-01", "SAVE-02", "SAVE-03", "SAVE-04", "SAVE-05", "SAVE-06", "SAVE-07", "SAVE-08",
    "SAVE-09", "SAVE-10", "SAVE-11", "SAVE-12", "SAVE-13",
    "STAT-01", "STAT-02", "STAT-03", "STAT-04", "STAT-05", "STAT-06", "STAT-07",
});

inline constexpr auto data_ids = std::to_array<std::string_view>({
    "PKT-01", "PKT-02", "PKT-03", "PKT-04", "PKT-05", "PKT-06", "PKT-07", "PKT-08", "PKT-09",
    "PKT-10", "PKT-11", "PKT-12", "PKT-13", "PKT-14", "PKT-15", "PKT-16", "PKT-17", "PKT-18",
    "PKT-19", "PKT-20", "PKT-21", "PKT-22", "PKT-23", "PKT-24", "PKT-25", "PKT-26", "PKT-27",
    "PKT-28", "PKT-30",
    "NBL-01", "NBL-02", "NBL-03", "NBL-04", "NBL-05", "NBL-06", "NBL-07", "NBL-08", "NBL-09",
    "NBL-10", "NBL-12", "NBL-13", "NBL-14", "NBL-15", "NBL-16", "NBL-17", "NBL-18", "NBL-19",
    "NBL-20", "NBL-21", "NBL-22", "NBL-23", "NBL-24", "NBL-25", "NBL-26", "NBL-27",
    "FWD-01", "FWD-02", "FWD-03", "FWD-04", "FWD-05", "FWD-06", "FWD-07", "FWD-08", "FWD-09",
    "FWD-10", "FWD-11", "FWD-12", "FWD-13", "FWD-14", "FWD-15", "FWD-16", "FWD-17", "FWD-19",
    "FWD-20",
    "FLAG-01", "FLAG-02", "FLAG-03", "FLAG-04", "FLAG-05", "FLAG-06",
    "FILT-01", "FILT-02", "FILT-03", "FILT-04", "FILT-05", "FILT-06", "FILT-07", "FILT-08",
    "FILT-09", "FILT-10", "FILT-11", "FILT-12", "FILT-13", "FILT-14", "FILT-15", "FILT-16",
    "FILT-17", "FILT-18", "FILT-19", "FILT-20",
    "IRQL-01", "IRQL-02", "IRQL-03", "IRQL-04", "IRQL-05",
    "OIDF-01", "OIDF-02", "OIDF-03", "OIDF-04", "OIDF-05", "OIDF-06", "OIDF-07", "OIDF-08",
    "OIDF-09", "OIDF-10", "OIDF-11", "OIDF-12", "OIDF-13", "OIDF-14", "OIDF-15",
    "PKT-29",
    "NBL-11",
    "FWD-18",
    "PERM-01", "PERM-02", "PERM-03", "PERM-04", "PERM-05", "PERM-06",
});

/// What is granted and can be broken by nobody: a test for each lets the judge be silent.
inline constexpr auto granted_ids = std::to_array<std::string_view>({
    "PKT-29", "NBL-11", "FWD-18",
    "PERM-01", "PERM-02", "PERM-03", "PERM-04", "PERM-05", "PERM-06",
});
// clang-format on

}  // namespace interlock::model

#pragma once

// How the rows that another tool exported become events: a table, as data. corpus/import/ has some.
//
//     interlock import 1
//     # What the recorder tells ETW, as Get-WinEvent gives it.
//     ndis 6.40
//     clock "event time stamps"
//     name recorder_above
//     call FilterPause Call 7
//     phase leave Phase 1
//     field port Port
//     field object Object address
//     hole Lost
//     pass Call 0
//
// A column is its name, or `#20` for the twentieth. A name with spaces stands in double quotes, and
// so does a value. The first `call` of which all columns have their values says what a row is.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/scenario/error.hpp"
#include "harness/trace/trace.hpp"
#include "model/event.hpp"

namespace interlock::harness {

/// What stands in a column, and what becomes of it.
enum class ImportKind : std::uint8_t {
    number,    // Decimal, or hexadecimal behind 0x.
    address,   // Of an OID request or NBL: another object each time it comes anew.
    thread,    // A number or any other name: a task as long as it is inside a call.
    name,      // Any text: a number for each, from 1, in the order in which they come.
    ms,        // Milliseconds, maybe with a fraction.
    seconds,   // Likewise.
    filetime,  // 100 ns; the first row is 0.
};

/// Columns that must have these values.
struct ImportMatch {
    struct Column {
        std::string name, value;
    };
    std::vector<Column> columns;
};

struct ImportTable {
    struct Field {
        std::string name, column;
        ImportKind  kind = ImportKind::number;
    };
    struct OfCall {
        model::Call call = {};
        ImportMatch when;
        model::Oid  oid = 0;  // `call ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE Id 233`
    };

    TraceHead                head = {.ndis = 640, .whole = false, .extensions = {}};
    std::vector<OfCall>      calls;
    std::vector<ImportMatch> returns;  // Rows so are returns.
    std::vector<ImportMatch> passed;   // Rows so are left out,
    bool                     passes_others = false;  // and so are those that are no call.
    std::vector<Field>       fields;
    std::string              hole;  // The column that says how many were lost; may be empty.
    model::ModuleId          module = 0;
};

/// @param file  named in errors.
std::variant<ImportTable, InputError> parse_import_table(std::string_view text,
                                                         const std::string& file);

}  // namespace interlock::harness

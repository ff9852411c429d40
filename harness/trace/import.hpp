#pragma once

// Rows that another tool exported, as a trace: CSV with the columns' names in its first line, or
// JSON with a flat object a line. Which row is which call, a table says: import_table.hpp.

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/scenario/words.hpp"
#include "harness/trace/import_table.hpp"
#include "harness/trace/recorded_objects.hpp"

namespace interlock::harness {

/// What a row says: each column, by its name and in its order.
using ImportRow = std::vector<std::pair<std::string, std::string>>;

/// Turns rows into events.
class Importer {
public:
    Importer(const ImportTable& by, TraceSink& to);

    /// @return what is wrong with the row, or nothing.
    Complaint row(const ImportRow& row);

    /// How many rows were no call and left out.
    std::uint64_t passed() const {
        return left_out;
    }

private:
    Complaint fill(const ImportRow& row, model::Event& event);
    Complaint take(const ImportTable::Field& field, const std::string& text, model::Event& event);
    Complaint skip_if_lost(const ImportRow& row);

    const ImportTable& table;
    TraceSink&         sink;
    RecordedObjects    objects;
    RecordedThreads    threads;

    std::map<std::string, std::uint64_t, std::less<>> names;
    std::optional<std::uint64_t>                      first_filetime;
    std::uint64_t                                     object = 0, parent = 0, thread = 0;
    std::uint64_t                                     left_out = 0;
};

/// Reads rows as they come: memory does not grow with how many there are, but for the names that a
/// table has numbered.
/// @param rows  CSV or JSON lines, by how they begin. @param file  named in errors.
/// @return what is wrong, with its line, if anything; the sink has by then what stood before.
std::optional<InputError> import_rows(std::istream& rows, const std::string& file,
                                      const ImportTable& table, TraceSink& sink);

}  // namespace interlock::harness

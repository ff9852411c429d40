#include <algorithm>
#include <istream>

#include "harness/trace/import.hpp"
#include "harness/trace/json_line.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t row_max = std::size_t{1} << 20;

std::string text_of(const JsonValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
    return {};
}

/// The cells of one record of CSV (RFC 4180), without its end.
std::vector<std::string> cells_of(std::string_view record) {
    std::vector<std::string> cells(1);
    bool                     quoted = false;
    for (std::size_t at = 0; at < record.size(); ++at) {
        const char letter = record[at];
        if (letter == '"') {
            const bool doubled = quoted && at + 1 < record.size() && record[at + 1] == '"';
            if (doubled)
                cells.back() += record[at++];
            else
                quoted = !quoted;
        } else if (!quoted && letter == ',') {
            cells.emplace_back();
        } else if (quoted || letter != '\r') {
            cells.back() += letter;
        }
    }
    return cells;
}

std::string trimmed(std::string_view text) {
    const std::size_t from = std::min(text.find_first_not_of(" \t"), text.size());
    const std::size_t to   = text.find_last_not_of(" \t");
    return std::string(text.substr(from, to == text.npos ? 0 : to + 1 - from));
}

/// An array may stand around the objects.
std::string_view object_in(std::string_view line) {
    while (!line.empty() && std::string_view("[, \t").find(line.front()) != line.npos)
        line.remove_prefix(1);
    while (!line.empty() && std::string_view("], \t\r").find(line.back()) != line.npos)
        line.remove_suffix(1);
    return line;
}

/// Takes rows as they come, one in memory at a time.
class Rows {
public:
    Rows(std::istream& from, const std::string& named, Importer& to)
        : stream(from), file(named), importer(to) {}

    std::optional<InputError> all() {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (!next_line()) return wrong({"there is nothing", "expected CSV or JSON lines"});
        if (line.starts_with(byte_order_mark)) line.erase(0, byte_order_mark.size());
        const bool json = line.starts_with('{') || line.starts_with('[');
        return json ? json_lines() : csv();
    }

private:
    bool next_line() {
        if (!std::getline(stream, line)) return false;
        ++at;
        return true;
    }

    /// What stands in quotes may go over several lines.
    bool next_record() {
        if (!next_line()) return false;
        first           = at;
        const auto open = [&] { return std::ranges::count(line, '"') % 2 != 0; };
        for (std::string more; open() && line.size() <= row_max && std::getline(stream, more); ++at)
            line += '\n' + more;
        return true;
    }

    InputError wrong(LineFault bad) const {
        return {file, at == 0 ? 0 : first, std::move(bad.wrong), std::move(bad.expected)};
    }
    InputError too_long() const {
        return wrong({"a row has more than a million letters", "expected CSV or JSON lines"});
    }

    std::optional<InputError> csv() {
        std::vector<std::string> names = cells_of(line);
        for (std::string& name : names)
            name = trimmed(name);
        while (next_record()) {
            if (line.size() > row_max) return too_long();
            const auto cells = cells_of(line);
            ImportRow  row;
            for (std::size_t place = 0; place < cells.size(); ++place)
                row.emplace_back(place < names.size() ? names[place] : "", trimmed(cells[place]));
            if (row.size() == 1 && row[0].second.empty()) continue;
            if (auto bad = importer.row(row)) return wrong(std::move(*bad));
        }
        return {};
    }

    std::optional<InputError> json_lines() {
        std::vector<JsonField> fields;
        do {
            first = at;
            if (line.size() > row_max) return too_long();
            const std::string_view object = object_in(line);
            if (object.empty()) continue;
            if (const auto bad = parse_json_line(object, fields))
                return wrong({"the line is no flat JSON object", "expected " + *bad});
            ImportRow row;
            for (const JsonField& field : fields)
                row.emplace_back(field.name, text_of(field.value));
            if (auto bad = importer.row(row)) return wrong(std::move(*bad));
        } while (next_line());
        return {};
    }

    std::istream&      stream;
    const std::string& file;
    Importer&          importer;
    std::string        line;
    std::size_t        at    = 0;  // Of how many lines it is the last,
    std::size_t        first = 1;  // and with which one the row began.
};

}  // namespace

std::optional<InputError> import_rows(std::istream& rows, const std::string& file,
                                      const ImportTable& table, TraceSink& sink) {
    Importer importer(table, sink);
    return Rows(rows, file, importer).all();
}

}  // namespace interlock::harness

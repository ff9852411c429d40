#include "harness/trace/json_line.hpp"

#include <charconv>

#include "harness/hex.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view escapes       = "\"\\/bfnrt";
constexpr std::string_view escaped_bytes = "\"\\/\b\f\n\r\t";

using Fault = std::optional<std::string>;

class LineReader {
public:
    explicit LineReader(std::string_view line) : whole(line), rest(line) {}

    Fault object(std::vector<JsonField>& fields);

private:
    Fault field(JsonField& into);
    Fault value(JsonValue& into);
    Fault string(std::string& into);
    Fault escape(std::string& into);
    Fault code_point(std::string& into);
    Fault number(std::uint64_t& into);
    Fault array(std::vector<std::string>& into);

    void skip_blanks() {
        while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t'))
            rest.remove_prefix(1);
    }

    /// Takes `what` if it comes next.
    bool take(std::string_view what) {
        skip_blanks();
        if (!rest.starts_with(what)) return false;
        rest.remove_prefix(what.size());
        return true;
    }

    Fault fault(std::string_view expected) const {
        return std::string(expected) + " at column " +
               std::to_string(whole.size() - rest.size() + 1);
    }

    std::string_view whole;
    std::string_view rest;
};

Fault LineReader::code_point(std::string& into) {
    unsigned    code        = 0;
    const char* first       = rest.data();
    const char* last        = first + (rest.size() < 4 ? 0 : 4);
    const auto [end, error] = std::from_chars(first, last, code, 16);
    if (error != std::errc() || end != last) return fault("four hexadecimal digits");
    if (code >= 0xD800 && code < 0xE000) return fault("a character of the first plane");
    rest.remove_prefix(4);

    const auto add = [&](unsigned byte) { into += static_cast<char>(byte); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | code >> 6);
        add(0x80 | (code & 0x3F));
    } else {
        add(0xE0 | code >> 12);
        add(0x80 | (code >> 6 & 0x3F));
        add(0x80 | (code & 0x3F));
    }
    return {};
}

Fault LineReader::escape(std::string& into) {
    if (rest.starts_with('u')) {
        rest.remove_prefix(1);
        return code_point(into);
    }
    const auto which = rest.empty() ? escapes.npos : escapes.find(rest.front());
    if (which == escapes.npos) return fault("an escape such as '\\n'");
    into += escaped_bytes[which];
    rest.remove_prefix(1);
    return {};
}

Fault LineReader::string(std::string& into) {
    if (!take("\"")) return fault("'\"'");
    while (!rest.empty()) {
        const char letter = rest.front();
        if (static_cast<unsigned char>(letter) < 0x20) return fault("no control character");
        rest.remove_prefix(1);
        if (letter == '"') return {};
        if (letter != '\\') {
            into += letter;
        } else if (auto bad = escape(into)) {
            return bad;
        }
    }
    return fault("'\"'");
}

Fault LineReader::number(std::uint64_t& into) {
    skip_blanks();
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), into);
    if (error == std::errc::result_out_of_range) return fault("a number below 2^64");
    if (error != std::errc()) return fault("a whole number, a string, true, false or '['");
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return {};
}

Fault LineReader::array(std::vector<std::string>& into) {
    if (take("]")) return {};
    do {
        if (auto bad = string(into.emplace_back())) return bad;
    } while (take(","));
    return take("]") ? Fault{} : fault("',' or ']'");
}

Fault LineReader::value(JsonValue& into) {
    skip_blanks();
    if (rest.starts_with('"')) return string(into.emplace<std::string>());
    if (take("[")) return array(into.emplace<std::vector<std::string>>());
    if (take("true")) {
        into = true;
        return {};
    }
    if (take("false")) {
        into = false;
        return {};
    }
    return number(into.emplace<std::uint64_t>());
}

Fault LineReader::field(JsonField& into) {
    if (auto bad = string(into.name)) return bad;
    if (!take(":")) return fault("':'");
    return value(into.value);
}

Fault LineReader::object(std::vector<JsonField>& fields) {
    if (!take("{")) return fault("'{'");
    if (!take("}")) {
        do {
            if (auto bad = field(fields.emplace_back())) return bad;
        } while (take(","));
        if (!take("}")) return fault("',' or '}'");
    }
    skip_blanks();
    return rest.empty() ? Fault{} : fault("the end of the line");
}

}  // namespace

Fault parse_json_line(std::string_view line, std::vector<JsonField>& fields) {
    fields.clear();
    return LineReader(line).object(fields);
}

void add_json_string(std::string& to, std::string_view text) {
    to += '"';
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            to += '\\';
            to += letter;
        } else if (code < 0x20) {
            to += "\\u00";
            add_hex(to, code);
        } else {
            to += letter;
        }
    }
    to += '"';
}

}  // namespace interlock::harness

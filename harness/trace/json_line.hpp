#pragma once

// One line of JSON that holds one flat object: as much of JSON as a trace needs.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace interlock::harness {

using JsonValue = std::variant<std::uint64_t, bool, std::string, std::vector<std::string>>;

struct JsonField {
    std::string name;
    JsonValue   value;
};

/// The fields of one object, in order.
/// @return what is wrong, or nothing.
std::optional<std::string> parse_json_line(std::string_view line, std::vector<JsonField>& fields);

/// The text in double quotes, with what JSON does not allow in them escaped.
void add_json_string(std::string& to, std::string_view text);

}  // namespace interlock::harness

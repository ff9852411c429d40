#include "reports/html.hpp"

namespace interlock::reports {

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        if (letter == '&') safe += "&amp;";
        if (letter == '<') safe += "&lt;";
        if (letter == '>') safe += "&gt;";
        if (letter == '"') safe += "&quot;";
        if (std::string_view("&<>\"").find(letter) == std::string_view::npos) safe += letter;
    }
    return safe;
}

}  // namespace interlock::reports

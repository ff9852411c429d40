#pragma once

// The files of reports/html, put into the program when it is built.

#include <string_view>

namespace interlock::reports {

std::string_view page_html();  // With @PAGE_CSS@, @PAGE_JS@ and @PAGE_DATA@ where these go.
std::string_view page_css();
std::string_view page_js();

}  // namespace interlock::reports

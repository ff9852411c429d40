#include "reports/export_forms.hpp"

#include "reports/sequence.hpp"

namespace interlock::reports {
namespace {

template <std::string (*text)(const Result&)>
std::string without_facts(const Result& result, const Facts&) {
    return text(result);
}

// clang-format off
constexpr ExportForm forms[] = {
    {".mmd",      "a sequence diagram for Mermaid",            without_facts<mermaid_text>},
    {".puml",     "and for PlantUML",                          without_facts<plantuml_text>},
    {".pcapng",   "packets, with what happened to each",       without_facts<pcapng_bytes>},
    {".itf.json", "states, for model-checking tools",          without_facts<itf_text>},
    {".cpp",      "a C++ test that judges it again",           regression_test, true},
    {".ps1",      "a script for a host to live through it",    without_facts<host_script>},
};
// clang-format on

}  // namespace

std::span<const ExportForm> export_forms() {
    return forms;
}

const ExportForm* export_form_of(std::string_view file) {
    for (const ExportForm& form : forms)
        if (file.ends_with(form.ending)) return &form;
    return nullptr;
}

}  // namespace interlock::reports

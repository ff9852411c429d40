#include "reports/sequence.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "model/judge.hpp"
#include "reports/lanes.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Event;

/// What two languages of sequence diagrams say otherwise.
struct Language {
    std::string_view begin, end;
    std::string_view participant;  // {0}: its short name, {1}: the name that is shown.
    std::string_view call, answer;
    std::string_view alone;  // A note over {0} that says {1}.
    std::string_view no_text;  // What may not stand in a message.
};

constexpr Language mermaid{
    .begin       = "sequenceDiagram\n",
    .end         = "",
    .participant = "    participant {0} as {1}\n",
    .call        = "    {0}->>{1}: {2}\n",
    .answer      = "    {0}-->>{1}: {2}\n",
    .alone       = "    Note over {0}: {1}\n",
    .no_text     = ";#",
};

constexpr Language plantuml{
    .begin       = "@startuml\n",
    .end         = "@enduml\n",
    .participant = "participant \"{1}\" as {0}\n",
    .call        = "{0} -> {1} : {2}\n",
    .answer      = "{0} --> {1} : {2}\n",
    .alone       = "note over {0} : {1}\n",
    .no_text     = "",
};

std::string short_name(model::ModuleId module) {
    return module == model::host_module ? "host" : fmt::format("extension{}", module);
}

std::string cleaned(std::string text, const Language& language) {
    std::ranges::replace_if(
        text, [&](char letter) { return language.no_text.find(letter) != std::string_view::npos; },
        ',');
    return text;
}

std::string message(const Event& event, const Language& language) {
    const auto words = cleaned(in_one_phrase(event), language);
    const auto who   = short_name(event.module);
    if (event.module == model::host_module)
        return fmt::format(fmt::runtime(language.alone), who, words);
    const bool returns   = event.phase == model::Phase::leave;
    const bool from_host = (model::caller_of(event.call) == model::Party::host) != returns;
    return fmt::format(fmt::runtime(returns ? language.answer : language.call),
                       from_host ? "host" : who, from_host ? who : "host", words);
}

/// The broken rule, beside who broke it.
std::string broken(const model::Violation& violation, const Language& language) {
    const bool host = violation.guilty == model::Party::host;
    return fmt::format(
        fmt::runtime(language.alone), short_name(host ? model::host_module : violation.module),
        cleaned(fmt::format("{} broken: the {} {}", model::rules()[violation.rule].id,
                            host ? "host" : "extension", violation.what),
                language));
}

std::string sequence(const Result& result, const Language& language) {
    std::string text(language.begin);
    text += fmt::format(fmt::runtime(language.participant), "host", "host");
    for (std::size_t place = 0; place < result.extensions.size(); ++place) {
        const auto module = static_cast<model::ModuleId>(place);
        text += fmt::format(fmt::runtime(language.participant), short_name(module),
                            module_name(result, module));
    }
    auto violation = result.verdict.violations.begin();
    for (std::size_t place = 0; place < result.trace.size(); ++place) {
        text += message(result.trace[place], language);
        for (; violation != result.verdict.violations.end() && violation->at == place; ++violation)
            text += broken(*violation, language);
    }
    return text.append(language.end);
}

}  // namespace

std::string mermaid_text(const Result& result) {
    return sequence(result, mermaid);
}

std::string plantuml_text(const Result& result) {
    return sequence(result, plantuml);
}

}  // namespace interlock::reports

#include "cli/found.hpp"

#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/text_file.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"
#include "reports/result.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t name_letters_max = 72;

/// Words as a file's name: letters and digits, in lower case, with one _ between words.
std::string as_name(std::string_view words) {
    std::string name;
    for (const char letter : words) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) != 0) {
            name += static_cast<char>(std::tolower(byte));
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    if (name.size() > name_letters_max) name.resize(name.rfind('_', name_letters_max));
    while (name.ends_with('_'))
        name.pop_back();
    return name;
}

std::string with_comment(std::string text, const std::string& comment) {
    text.insert(text.find('\n') + 1, "# " + comment + "\n");
    return text;
}

/// A name that is free, or that has this text already.
fs::path path_for(const fs::path& folder, const std::string& name, const std::string& text) {
    fs::path file = folder / (name + ".scenario");
    for (int number = 2; fs::exists(file) && read_text(file) != text; ++number) {
        file = folder / (name + "_" + std::to_string(number) + ".scenario");
    }
    return file;
}

}  // namespace

std::string folder_for(const fuzz::Finding& finding) {
    if (finding.play.end == fuzz::Play::End::broke) return "internal";
    const auto* first = reports::first_violation(finding.verdict);
    return first == nullptr ? "undecided" : std::string(model::rules()[first->rule].id);
}

std::string_view words_of(fuzz::Play::End end) {
    switch (end) {
        case fuzz::Play::End::hung:
            return "does not come back";
        case fuzz::Play::End::lost:
            return "was killed";
        default:
            return "ends the worker";
    }
}

std::string name_for(const fuzz::Finding& finding, std::span<const std::string> extensions) {
    const std::string& extension = extensions.front();
    if (const auto* first = reports::first_violation(finding.verdict)) {
        const bool host = first->guilty == model::Party::host || first->module >= extensions.size();
        return as_name((host ? "host" : extensions[first->module]) + " " +
                       std::string(first->what));
    }
    return as_name(extension + " " + std::string(words_of(finding.play.end)));
}

std::variant<std::string, harness::InputError> save(const fuzz::Finding&         finding,
                                                    std::span<const std::string> extensions,
                                                    const std::string&           out,
                                                    const std::string&           comment) {
    return save_as(folder_for(finding), name_for(finding, extensions), finding.scenario, out,
                   comment);
}

std::variant<std::string, harness::InputError> save_as(const std::string&       what,
                                                       const std::string&       name,
                                                       const harness::Scenario& scenario,
                                                       const std::string&       out,
                                                       const std::string&       comment) {
    const fs::path    folder = fs::path(out) / "found" / what;
    const std::string text   = with_comment(to_text(scenario), comment);
    std::error_code   ignored;  // If it cannot be made, the file cannot be written.
    fs::create_directories(folder, ignored);
    const fs::path file = path_for(folder, name, text);
    if (write_text(file, text)) return file.string();
    return harness::InputError{file.string(), 0,
                               std::string("cannot be written: ") + std::strerror(errno),
                               "expected a folder that --out may write to"};
}

}  // namespace interlock::cli

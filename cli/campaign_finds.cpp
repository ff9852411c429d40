#include "cli/campaign_finds.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "cli/found.hpp"
#include "cli/text_file.hpp"
#include "cli/showing.hpp"
#include "cli/symbols.hpp"
#include "harness/check.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"
#include "reports/result.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;
using fuzz::Finding;
using harness::Scenario;
using reports::FoundFault;

constexpr std::uint32_t tries_max = 10'000;  // Plays that making one fault small may cost.

// As ClusterFuzz tells crashes apart: the same wrapper is called from many places, and what lies
// further out says little.
constexpr std::size_t places_that_count = 3;

/// Of the first violation, or of where it crashed or hung.
harness::CallStack stack_of(const Finding& finding) {
    const auto* first = reports::first_violation(finding.verdict);
    const auto& of    = finding.play.stack_of_events;
    if (of.empty()) return {};
    const std::size_t at    = first == nullptr ? of.size() - 1 : first->at;
    const auto        stack = at < of.size() ? of[at] : 0;
    return stack == 0 ? harness::CallStack{} : finding.play.stacks[stack - 1];
}

std::string party_of(const Finding& finding, std::span<const std::string> names) {
    const auto* first = reports::first_violation(finding.verdict);
    if (first == nullptr) return "extension " + names.front();
    if (first->guilty == model::Party::host || first->module >= names.size()) return "host";
    return "extension " + names[first->module];
}

std::string what_of(const Finding& finding) {
    if (const auto* first = reports::first_violation(finding.verdict))
        return std::string(first->what);
    if (finding.play.end == fuzz::Play::End::broke) return "Interlock itself is wrong";
    return "it " + std::string(words_of(finding.play.end));
}

std::string record_of(const std::string& key) {
    return "finds/" + key + ".json";
}

/// By key. Whose campaign it is may be writing them meanwhile.
std::vector<FoundFault> records_in(const fs::path& campaign) {
    std::vector<FoundFault> found;
    std::error_code         none;
    for (const auto& entry : fs::directory_iterator(campaign / "finds", none)) {
        auto one = reports::parse_found(read_text(entry.path()));
        if (one) found.push_back(*std::move(one));
    }
    std::ranges::sort(found, {}, &FoundFault::key);
    return found;
}

}  // namespace

CampaignFinds::CampaignFinds(const fuzz::DurableFolder& place, const FuzzingOptions& given,
                             fuzz::ContainedOptions to_contain)
    : folder(place), options(given), contained(std::move(to_contain)) {
    contained.seen.reset();
    for (const FoundFault& found : all())
        known.insert(found.key);
}

fuzz::ContainedStage& CampaignFinds::closer() {
    if (!stage) {
        auto opened = fuzz::ContainedStage::open(contained);
        harness::check(!std::holds_alternative<harness::InputError>(opened),
                       "an extension that was loaded once does not load again");
        stage = std::move(std::get<std::unique_ptr<fuzz::ContainedStage>>(opened));
    }
    return *stage;
}

CampaignFinds::Take CampaignFinds::take(const Scenario& scenario, const Finder& finder) {
    return take(scenario, closer().play(scenario), finder);
}

CampaignFinds::Take CampaignFinds::take(const Scenario& scenario, const fuzz::Play& play,
                                        const Finder& finder) {
    Finding finding{scenario, play, fuzz::verdict_of(play, scenario), finder.run, finder.engine};
    if (finding.verdict.outcome == model::Outcome::conforms) return Take::unstable;
    return keep(scenario, std::move(finding), finder);
}

/// First the scenario, then the record: a scenario that has no record is taken up by `finish`.
CampaignFinds::Take CampaignFinds::keep(const Scenario& scenario, Finding finding,
                                        const Finder& finder) {
    FoundFault found = described(finding, finder);
    if (!known.insert(found.key).second) return Take::known;
    name_bundled(finding.scenario, options.extensions, closer().names());
    found.as_found = "found/" + found.rule + "/" + found.key + ".as_found.scenario";
    found.replay   = replay_of(found.as_found);
    folder.put(found.as_found, to_text(finding.scenario));
    const auto put = folder.put_new(record_of(found.key), reports::found_json(found));
    if (put == fuzz::DurableFolder::Put::there_already) return Take::known;
    make_small(found, scenario);
    return Take::fresh;
}

FoundFault CampaignFinds::described(const Finding& finding, const Finder& finder) {
    FoundFault found;
    found.rule        = folder_for(finding);
    found.party       = party_of(finding, closer().names());
    found.what        = what_of(finding);
    found.origin      = fuzz::origin_of(finder.engine);
    found.scheduler   = fuzz::scheduler_of(finder.engine);
    found.job         = finder.job;
    found.job_seed    = finder.job_seed;
    found.run         = finder.run;
    found.seconds     = finder.seconds;
    std::string told  = found.party + (found.rule == "undecided" ? found.what : "");
    const auto  stack = stack_of(finding);
    for (const auto& place :
         stack.all().first(std::min<std::size_t>(stack.count, places_that_count)))
        told += "|" + std::to_string(place.module) + "+" + std::to_string(place.offset);
    found.key = found.rule + "-" + fuzz::name_of_content(told);
    if (!known.contains(found.key)) found.site = site_of(finding);
    return found;
}

std::string CampaignFinds::site_of(const Finding& finding) const {
    const auto stack = stack_of(finding);
    if (stack.count == 0) return {};
    return in_words({&stack, 1}, stage->paths()).front();
}

std::string CampaignFinds::replay_of(const std::string& file) const {
    return replay_line(options, (folder.path() / file).string());
}

/// The scenario as it was found goes when the small one is there and shows the same.
void CampaignFinds::make_small(FoundFault found, const Scenario& scenario) {
    const bool of_rule = model::rule_of(found.rule) != model::no_rule;
    const auto fault   = of_rule ? fuzz::fault_of(closer(), scenario) : std::nullopt;
    if (!fault) return leave_as_found(found);
    Finding small;
    small.scenario = fuzz::minimise(closer(), scenario, *fault, tries_max);
    small.play     = closer().play(small.scenario);
    small.verdict  = fuzz::verdict_of(small.play, small.scenario);
    const auto shown = fuzz::fault_in(small.play, small.scenario);
    if (!fuzz::is_shown(*fault, shown)) return leave_as_found(found);
    name_bundled(small.scenario, options.extensions, closer().names());
    const auto end = found.key.size() - 8;
    found.scenario = "found/" + found.rule + "/" + name_for(small, closer().names()) + "_" +
                     found.key.substr(end) + ".scenario";
    found.replay        = replay_of(found.scenario);
    const auto as_found = std::exchange(found.as_found, {});
    if (folder.put(found.scenario, to_text(small.scenario)) != fuzz::DurableFolder::Put::written)
        return;
    put(found);
    std::error_code gone;
    fs::remove(folder.path() / as_found, gone);
}

/// A hang, or a death that no rule knows.
void CampaignFinds::leave_as_found(FoundFault found) {
    found.scenario = found.as_found;
    put(found);
}

void CampaignFinds::put(const FoundFault& found) {
    folder.put(record_of(found.key), reports::found_json(found));
}

void CampaignFinds::finish(std::uint32_t job, std::uint32_t jobs) {
    std::uint32_t place = 0;
    for (const std::string& file : files_as_found()) {
        if (place++ % jobs != job) continue;
        const auto  read     = harness::read_scenario((folder.path() / file).string());
        const auto* scenario = std::get_if<Scenario>(&read);
        if (scenario == nullptr) continue;
        const std::string name  = fs::path(file).filename();
        const std::string key   = name.substr(0, name.find('.'));
        const auto        text  = folder.read(record_of(key));
        const auto        found = text ? reports::parse_found(*text) : std::nullopt;
        if (!found) {
            take(*scenario, {.engine = engine_of(fuzz::Origin::given, *scenario), .job = job});
        } else if (found->scenario.empty()) {
            make_small(*found, *scenario);
        } else if (found->scenario != file) {
            std::error_code gone;  // It was made small, and its writer killed before this.
            fs::remove(folder.path() / file, gone);
        }
    }
}

std::vector<std::string> CampaignFinds::files_as_found() const {
    std::vector<std::string> files;
    std::error_code          none;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path() / "found", none)) {
        if (entry.path().string().ends_with(".as_found.scenario"))
            files.push_back(entry.path().lexically_relative(folder.path()).string());
    }
    std::ranges::sort(files);
    return files;
}

/// A scenario that is not there is looked for once more: it may just have been made small.
std::optional<harness::InputError> CampaignFinds::take_over(const fs::path& campaign) {
    std::string lacking;
    for (const bool last : {false, true}) {
        lacking.clear();
        for (const FoundFault& found : records_in(campaign))
            if (!take_over(found, campaign)) lacking = found.key;
        if (lacking.empty() || last) break;
    }
    if (lacking.empty()) return {};
    return harness::InputError{
        (campaign / record_of(lacking)).string(), 0,
        "the scenario that it names cannot be read, or not be written to " + folder.path().string(),
        "expected it beside, in found"};
}

bool CampaignFinds::take_over(FoundFault found, const fs::path& from) {
    if (known.contains(found.key)) {
        const auto ours = reports::parse_found(read_text(folder.path() / record_of(found.key)));
        if (!ours || !ours->scenario.empty() || found.scenario.empty()) return true;
    }
    const std::string file = found.scenario.empty() ? found.as_found : found.scenario;
    const std::string text = read_text(from / file);
    if (text.empty() || folder.put(file, text) != fuzz::DurableFolder::Put::written) return false;
    found.replay = replay_of(file);
    put(found);
    known.insert(found.key);
    return true;
}

std::vector<FoundFault> CampaignFinds::all() const {
    return records_in(folder.path());
}

}  // namespace interlock::cli

#include "reports/export_forms.hpp"

#include <cstring>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "model/constants.hpp"
#include "model/oids.hpp"
#include "reports/as_written.hpp"
#include "reports/synthetic_run.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using model::Event;

TEST(ExportForms, AreKnownByTheirEnding) {
    EXPECT_EQ(export_form_of("a.itf.json")->text, export_form_of("b/c.itf.json")->text);
    EXPECT_EQ(export_form_of("a.json"), nullptr);
    EXPECT_EQ(export_form_of("cpp"), nullptr);
    for (const ExportForm& form : export_forms())
        EXPECT_FALSE(form.text(synthetic_run(), {}).empty()) << form.ending;
}

TEST(ExportForms, ReadAsTheyAlwaysDid) {
    const Result result = synthetic_run();
    for (const std::string ending : {".mmd", ".puml", ".itf.json"})
        expect_as_written(export_form_of(ending)->text(result, {}), "export" + ending);
    expect_as_written(export_form_of(".cpp")->text(result, {}), "export_cpp.txt");
}

TEST(ItfExport, HasAStateForEachEvent) {
    const Result result = synthetic_run();
    const auto   itf    = nlohmann::json::parse(itf_text(result));
    ASSERT_EQ(itf["states"].size(), result.trace.size());
    const auto& first = result.verdict.violations.at(0);
    EXPECT_EQ(itf["states"][first.at]["broken"]["#set"][0], "PKT-04");
    for (const auto& state : itf["states"])
        EXPECT_EQ(state.size(), itf["vars"].size() + 1) << "Each variable, and #meta.";
}

/// What the blocks of a file say, read as the draft has it.
struct Blocks {
    std::vector<std::string>   interfaces;  // Their names.
    std::vector<std::string>   comments;    // Of packets,
    std::vector<std::uint32_t> at;          // and on which interface.
    std::vector<std::uint64_t> times;
    std::string                wrong;
};

template <typename Number>
Number number_at(std::string_view bytes, std::size_t at) {
    Number number{};
    std::memcpy(&number, bytes.substr(at).data(), sizeof number);
    return number;
}

/// The value of the first option of that code.
std::string option(std::string_view options, std::uint16_t code) {
    while (options.size() >= 4) {
        const auto found  = number_at<std::uint16_t>(options, 0);
        const auto length = number_at<std::uint16_t>(options, 2);
        if (found == code) return std::string(options.substr(4, length));
        options.remove_prefix(4 + (length + 3U) / 4 * 4);
    }
    return "none";
}

void take_packet(std::string_view body, Blocks& into) {
    into.at.push_back(number_at<std::uint32_t>(body, 0));
    into.times.push_back(std::uint64_t{number_at<std::uint32_t>(body, 4)} << 32 |
                         number_at<std::uint32_t>(body, 8));
    if (number_at<std::uint32_t>(body, 12) != 0) into.wrong = "there are bytes";
    into.comments.push_back(option(body.substr(20), 1));
}

Blocks read(std::string_view bytes) {
    Blocks blocks;
    while (bytes.size() >= 12 && blocks.wrong.empty()) {
        const auto type   = number_at<std::uint32_t>(bytes, 0);
        const auto length = number_at<std::uint32_t>(bytes, 4);
        if (length % 4 != 0 || length > bytes.size() ||
            number_at<std::uint32_t>(bytes, length - 4) != length)
            blocks.wrong = "a block's lengths differ";
        const auto body = bytes.substr(8, length - 12);
        if (type == 1) blocks.interfaces.push_back(option(body.substr(8), 2));
        if (type == 6) take_packet(body, blocks);
        bytes.remove_prefix(length);
    }
    if (!bytes.empty()) blocks.wrong = "something is left";
    return blocks;
}

TEST(PcapngExport, NamesAdaptersPacketsAndWhatIsBroken) {
    const Result      result = synthetic_run();
    const std::string bytes  = pcapng_bytes(result);
    EXPECT_EQ(number_at<std::uint32_t>(bytes, 0), 0x0A0D0D0AU);
    EXPECT_EQ(number_at<std::uint32_t>(bytes, 8), 0x1A2B3C4DU);
    const Blocks blocks = read(bytes);
    EXPECT_EQ(blocks.wrong, "");
    EXPECT_EQ(blocks.interfaces.size(), std::set(blocks.at.begin(), blocks.at.end()).size());
    std::size_t broken = 0;
    for (std::size_t place = 0; place < blocks.comments.size(); ++place) {
        EXPECT_LT(blocks.at[place], blocks.interfaces.size());
        broken += blocks.comments[place].find("; PKT-04 broken: ") != std::string::npos;
    }
    EXPECT_EQ(broken, 1U);
}

/// A day of two adapters and the extension, as whoever tells it by that call.
Result a_day(Call told_by, model::ModuleId module) {
    namespace oid = model::oid;
    Result     result;
    const auto ask = [&](model::Oid what, model::PortId port, std::uint32_t detail) {
        result.trace.push_back(
            {.call = told_by, .module = module, .port = port, .oid = what, .detail = detail});
    };
    result.extensions = {"forwarder"};
    for (const model::PortId port : {1U, 3U}) {
        const bool external = port == 1;
        ask(oid::port_create, port, external ? 1 : 2);
        ask(oid::nic_create, port, external ? 0 : model::nic_type::synthetic);
        ask(oid::nic_connect, port, external ? 0 : model::nic_type::synthetic);
    }
    ask(oid::port_property_add, 3, model::property_type::vlan);
    result.trace.push_back({.call = Call::FilterDetach, .module = 0});
    result.trace.push_back({.call = Call::FilterRestart, .module = 0});
    ask(oid::nic_save, 3, 0);
    ask(oid::nic_restore, 3, 0);
    ask(oid::nic_disconnect, 3, model::nic_type::synthetic);
    ask(oid::nic_delete, 3, model::nic_type::synthetic);
    ask(oid::port_teardown, 3, 2);
    return result;
}

TEST(HostScript, ReadsAsItAlwaysDid) {
    expect_as_written(host_script(a_day(Call::ProtocolEdgeOidRequest, model::host_module)),
                      "export.ps1");
}

/// A recorder does not see the switch's own edge.
TEST(HostScript, TakesTheSameWayIfARecorderToldIt) {
    const auto commands = [](const std::string& script) {
        std::string text;
        for (std::size_t at = 0, end; at < script.size(); at = end + 1) {
            end = script.find('\n', at);
            if (script[at] != '#') text += script.substr(at, end + 1 - at);
        }
        return text;
    };
    EXPECT_EQ(commands(host_script(a_day(Call::FilterOidRequest, 0))),
              commands(host_script(a_day(Call::ProtocolEdgeOidRequest, model::host_module))));
}

}  // namespace
}  // namespace interlock::reports

// Open vSwitch with its datapath in user mode: ovs-vswitchd(8), ovsdb-server(1), ovs-vsctl(8),
// ovs-appctl(8). Its database, sockets and logs stand in a folder of their own, which goes with it.

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "harness/sut/command.hpp"
#include "harness/sut/veth_switch.hpp"

namespace interlock::harness {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto schema   = "/usr/share/openvswitch/vswitch.ovsschema";
constexpr auto comes_by = 5s;

class OpenVSwitch final : public VethSwitch {
public:
    explicit OpenVSwitch(fs::path in) : folder(std::move(in)) {}

    ~OpenVSwitch() override {
        vswitchd.reset();
        database.reset();
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    OpenVSwitch(const OpenVSwitch&)            = delete;
    OpenVSwitch& operator=(const OpenVSwitch&) = delete;

    std::string_view name() const override {
        return "Open vSwitch";
    }

    SutTrouble start() {
        if (auto trouble = run_command({"ovsdb-tool", "create", at("conf.db"), schema}))
            return trouble;
        if (auto trouble = database->start(
                {"ovsdb-server", at("conf.db"), "--remote=punix:" + at("db.sock"),
                 "--unixctl=" + at("ovsdb.ctl"), "--no-chdir", "--log-file=" + at("ovsdb.log")}))
            return trouble;
        if (!comes_true([this] { return fs::exists(at("db.sock")); }, comes_by))
            return "its database does not start";
        if (auto trouble = control({"--no-wait", "init"})) return trouble;
        if (auto trouble = vswitchd->start(
                {"ovs-vswitchd", socket(), "--unixctl=" + at("vswitchd.ctl"), "--no-chdir",
                 "--disable-system", "--log-file=" + at("vswitchd.log")}))
            return trouble;
        return control(
            {"add-br", "bridge", "--", "set", "bridge", "bridge", "datapath_type=netdev"});
    }

private:
    // ovs-vsctl comes back when ovs-vswitchd has done what the database says. Flows that it keeps
    // know of other ports, until they have been looked at again.
    SutTrouble attach(SutPort port) override {
        if (auto trouble = control({"add-port", "bridge", switch_end(port)})) return trouble;
        return look_at_flows_again();
    }

    SutTrouble detach(SutPort port) override {
        if (auto trouble = control({"del-port", "bridge", switch_end(port)})) return trouble;
        return look_at_flows_again();
    }

    SutTrouble look_at_flows_again() const {
        return run_command({"ovs-appctl", "--target=" + at("vswitchd.ctl"), "revalidator/wait"});
    }

    std::string at(const std::string& name) const {
        return folder / name;
    }
    std::string socket() const {
        return "unix:" + at("db.sock");
    }

    SutTrouble control(const std::vector<std::string>& what) const {
        std::vector<std::string> words{"ovs-vsctl", "--db=" + socket(), "--timeout=10"};
        words.insert(words.end(), what.begin(), what.end());
        return run_command(words);
    }

    std::unique_ptr<Service> database = std::make_unique<Service>();
    std::unique_ptr<Service> vswitchd = std::make_unique<Service>();
    fs::path                 folder;
};

}  // namespace

OpenedSwitch open_openvswitch() {
    const std::string subject = "Open vSwitch";
    if (!has_command("ovs-vswitchd") || !fs::exists(schema))
        return InputError{subject, 0, "it is not installed", "Debian's openvswitch-switch"};
    if (auto error = enter_own_network()) return *error;
    std::string pattern = fs::temp_directory_path() / "interlock-ovs-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr)
        return InputError{pattern, 0, "the folder cannot be made", "room for temporary files"};
    auto made = std::make_unique<OpenVSwitch>(pattern);
    if (const auto trouble = made->start())
        return InputError{subject, 0, *trouble, "that it starts; its logs may say more"};
    return made;
}

}  // namespace interlock::harness

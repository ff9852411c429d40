#include "harness/trace/story_words.hpp"

#include <array>

#include "model/call_traits.hpp"
#include "model/oids.hpp"

namespace interlock::harness::story {
namespace {

using model::Call;

// In the order of ExtensionClass, NDIS_SWITCH_PORT_TYPE and NDIS_SWITCH_NIC_TYPE.
constexpr std::array<std::string_view, 4> classes{"unknown", "capturing", "filtering",
                                                  "forwarding"};
constexpr std::array<std::string_view, 5> port_types{"generic", "external", "synthetic", "emulated",
                                                     "internal"};
constexpr std::array<std::string_view, 4> nic_types{"external", "synthetic", "emulated",
                                                    "internal"};

}  // namespace

std::optional<Kinds> kinds_of(const model::Event& event) {
    if (event.call == Call::FilterAttach) return Kinds{"class", classes};
    if (!(model::call_traits::of(event.call) & model::call_traits::request)) return {};
    if (event.oid == model::oid::port_create) return Kinds{"type", port_types};
    const auto tells = model::oid::info(event.oid).tells;
    if (tells >= model::Tells::nic_create && tells <= model::Tells::nic_delete)
        return Kinds{"type", nic_types};
    return {};
}

std::string_view noun_of(Call call) {
    const bool about_request =
        call >= Call::ProtocolEdgeOidRequest && call <= Call::MiniportEdgeOidRequestComplete;
    return about_request ? "request" : "nbl";
}

bool is_of_a_port(const model::Event& event) {
    if (event.nic != 0) return false;
    if (event.call == Call::ReferenceSwitchPort || event.call == Call::DereferenceSwitchPort)
        return true;
    const auto tells = model::oid::info(event.oid).tells;
    return event.oid != 0 && tells < model::Tells::nic_create &&
           event.oid != model::oid::nic_request;
}

}  // namespace interlock::harness::story

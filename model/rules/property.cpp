// Properties of ports and of the switch, and what is asked of their state.

#include "model/rules/completion.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view port_policies_page   = "managing-port-policies";
constexpr std::string_view switch_policies_page = "managing-switch-policies";

bool is_feature_status(Oid oid) {
    return oid == oid::feature_status_query || oid == oid::port_feature_status_query;
}

const Property* property_of(const Ledger& ledger, const Request& request) {
    const Index index = ledger.properties.find(Ledger::key(request));
    return index == no_index ? nullptr : &ledger.properties[index];
}

bool is_below_forwarding(const Sight& sight) {
    const ExtensionClass kind = sight.focus.module->kind;
    return kind == ExtensionClass::capturing || kind == ExtensionClass::filtering;
}

struct LifeOfAProperty {
    static constexpr Rule rule{
        .id       = "PROP-02",
        .title    = "Property life cycle",
        .obliged  = Obliged::host,
        .severity = Severity::warning,
        .says =
            "A property is added when it is not there, and changed or deleted only after it "
            "was added with success and before it is deleted.",
        .page    = port_policies_page,
        .heading = "Managing Port Policies",
    };
};

struct WhoCompletes {
    static constexpr Rule rule{
        .id    = "PROP-03",
        .title = "Who completes a property request that it has handled",
        .says =
            "Who takes a standard port property passes the request on; a custom property is "
            "completed with success by a forwarding extension only.",
        .page    = port_policies_page,
        .heading = "Managing Port Policies",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::port_property_add,    oid::port_property_update,
                                      oid::port_property_delete, oid::property_add,
                                      oid::property_update,      oid::property_delete};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || buffer::number_in(done->request.flags) == 0) return;
        const Oid oid = done->request.oid;
        if (!oid::is_port_property(oid) && !oid::is_switch_property(oid)) return;
        const bool standard =
            oid::is_port_property(oid) && done->request.detail != property_type::custom;
        const bool claimed = done->local && done->status == status::success;
        if (!claimed || (!standard && !is_below_forwarding(sight))) return sight.held();
        constexpr std::string_view what = "completed a property request that it had to pass on";
        // Microsoft's own forwarding sample completes the delete of what it does not enforce.
        if (oid == oid::port_property_delete && !is_below_forwarding(sight))
            return sight.extension_doubted(Doubt::property_delete, what, done->request.handed);
        sight.extension_broke(what, done->request.handed);
    }
};

struct UnknownInstance {
    static constexpr Rule rule{
        .id       = "PROP-06",
        .title    = "Unknown switch property instance",
        .severity = Severity::warning,
        .says =
            "Who owns a property of the switch fails a change or delete of an instance that "
            "it was never given.",
        .page    = switch_policies_page,
        .heading = "Managing Switch Policies",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::property_update, oid::property_delete};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || is_below_forwarding(sight) || sight.focus.module->adopted) return;  // PROP-03
        const Oid oid = done->request.oid;
        if (oid != oid::property_update && oid != oid::property_delete) return;
        const Property* property = property_of(sight.ledger, done->request);
        if (property == nullptr || property->state != PropertyState::present) return;  // PROP-02
        const bool given   = (property->given >> sight.event.module & 1U) != 0;
        const bool claimed = done->local && done->status == status::success;
        if (given || !claimed) return sight.held();
        sight.extension_broke("took a change of a property that it was never given",
                              done->request.handed);
    }
};

struct ValidationIsNoLoadTest {
    static constexpr Rule rule{
        .id       = "PORT-14",
        .title    = "Validation is of settings only",
        .modality = Modality::must_not,
        .severity = Severity::warning,
        .says =
            "On a port that serves only to validate settings, an extension reserves nothing "
            "and refuses nothing for want of resources.",
        .page    = "validation-ports",
        .heading = "Validation Ports",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::port_create, oid::port_property_add,
                                      oid::port_property_update, oid::port_property_delete,
                                      oid::port_feature_status_query};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || done->request.port == no_index) return;
        const Tells tells = done->info().tells;
        if (tells != Tells::port_create && tells != Tells::port_property) return;
        if (!sight.ledger.ports[done->request.port].validation) return;
        if (!done->local || done->status != status::resources) return sight.held();
        if (done->for_want_of_memory()) return;
        sight.extension_broke("refused settings for want of resources", done->request.handed);
    }
};

struct OnlyTheOwnerAnswers {
    static constexpr Rule rule{
        .id    = "FEAT-01",
        .title = "Feature status is answered by the owner only",
        .says =
            "A question for the status of a feature is passed on as it came by every extension "
            "that does not answer it.",
        .page    = "managing-custom-switch-feature-status-information",
        .heading = "Managing Custom Switch Feature Status Information",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter}};
    static constexpr std::array about{oid::feature_status_query, oid::port_feature_status_query};

    static void check(Sight& sight) {
        const Request* original = passed_request(sight);
        if (original == nullptr || !is_feature_status(original->oid)) return;
        if (original->digest == 0 || sight.event.digest == 0) return;
        if (original->digest == sight.event.digest) return sight.held();
        sight.extension_broke("changed a question for feature status that it passed on",
                              original->handed);
    }
};

struct ShortFeatureBuffer {
    static constexpr Rule rule{
        .id       = "FEAT-02",
        .title    = "Short feature-status buffer",
        .severity = Severity::warning,
        .says =
            "Who refuses a question for feature status because the buffer is too short says "
            "how many bytes it needs.",
        .page    = "oid-switch-feature-status-query",
        .heading = "Return Status Codes",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::feature_status_query, oid::port_feature_status_query};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || !done->local || !is_feature_status(done->request.oid)) return;
        const bool short_of =
            done->status == status::invalid_length || done->status == status::buffer_too_short;
        if (!short_of) return;
        if (sight.event.detail > buffer::number_in(done->request.flags)) return sight.held();
        sight.extension_broke("called a buffer too short without asking for more",
                              done->request.handed);
    }
};

using Family =
    boost::mp11::mp_list<LifeOfAProperty, WhoCompletes, UnknownInstance, ValidationIsNoLoadTest,
                         OnlyTheOwnerAnswers, ShortFeatureBuffer>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> property_rules() {
    return family;
}

}  // namespace interlock::model

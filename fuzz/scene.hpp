#pragma once

// What may happen next in a story: which calls can be made, come back or be told, given what has
// been told so far. Whether they may, by the rules, is not asked here: the judge says that.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/event.hpp"

namespace interlock::fuzz {

/// Who plays in a story, and so which events it is made of: of each kind of object the fewest that
/// its machine needs. A machine's state is that of one object, and the judge asks its table for
/// that object alone.
enum class Cast : std::uint8_t {
    the_switch,  // One port, one adapter, two requests at once, a packet; no extension.
    a_module,    // One filter module, a request and a packet of the switch.
    a_request,   // One filter module, one request of the switch and clones of it.
    a_packet,    // One filter module, one packet of the switch and one of its own.
    a_session,   // One adapter, two saves or restores at once; no extension.
    a_property,  // One property of the switch, two requests at once; no extension.
    a_question,  // One filter module that asks, one question at a time.
};

/// How much of what a cast could do is told.
enum class Extent : std::uint8_t {
    whole_runs,  // All that it takes to tell a run that keeps the rules from begin to end.
    own_events,  // What the machine in question is moved by, and nothing to prepare it.
};

/// What the events so far have left that can be named or can come back.
class Scene {
public:
    Scene(Cast cast, Extent extent, std::span<const model::Event> told);

    /// Every event that can come next, in a fixed order.
    std::vector<model::Event> next() const;

    /// Nothing is under way, so that a run may be over.
    bool is_at_rest() const;

    /// The objects that `next` may still name, in the order in which they came.
    const std::vector<model::ObjectId>& named() const {
        return objects;
    }

    /// What tells two scenes apart beyond what a judge knows.
    void tell(std::vector<std::uint32_t>& into) const;

private:
    /// A call that has not returned.
    struct Open {
        model::Call     call   = {};
        model::ObjectId object = 0;
    };
    struct Request {
        model::ObjectId id     = 0;
        model::ObjectId parent = 0;
        model::Event    issued = {};
        bool            sent   = false;  // Of a clone: it is below.
    };
    struct Packet {
        model::ObjectId id   = 0;
        bool            own  = false;
        bool            sent = false;  // Own: others have had it.
        bool            held = false;  // The module has it.
    };

    void take(const model::Event& event);
    void take_request(const model::Event& event);
    void take_question(const model::Event& event);
    void take_packet(const model::Event& event);
    void drop(model::ObjectId object);

    void switch_goes_on(std::vector<model::Event>& events) const;
    void module_goes_on(std::vector<model::Event>& events) const;
    void request_goes_on(std::vector<model::Event>& events) const;
    void packet_goes_on(std::vector<model::Event>& events) const;
    void own_packet_goes_on(std::vector<model::Event>& events) const;
    void sessions_go_on(std::vector<model::Event>& events) const;
    void properties_go_on(std::vector<model::Event>& events) const;
    void questions_go_on(std::vector<model::Event>& events) const;
    void answers(std::vector<model::Event>& events) const;
    void returns(std::vector<model::Event>& events) const;
    void issues(std::vector<model::Event>& events, std::span<const model::Oid> oids) const;
    bool room_for_calls() const;
    bool is_whole() const;
    bool comes_next(model::Call call) const;

    Cast                 cast;
    Extent               extent;
    std::vector<Open>    open;
    model::Call          lived = model::Call::FilterDetach;  // The last of the module's life.
    bool                 activated = false;  // The switch is active.
    std::vector<Request> requests;
    std::vector<Packet>  packets;
    std::vector<model::ObjectId> objects;
    model::ObjectId              newest = 0;
    std::size_t                  issued = 0;  // Requests of the switch,
    std::size_t                  made   = 0;  // and packets, of anybody's.
    std::size_t                  handed = 0;  // How often a request was handed to the module.
};

/// The name that tells a cast: "the switch".
std::string_view name(Cast cast);

}  // namespace interlock::fuzz

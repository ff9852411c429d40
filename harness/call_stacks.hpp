#pragma once

// From where extensions called, kept for reports. A run that nobody will be told of keeps none: a
// run is deterministic, so the one that is told of is played again, with this on.

#include <string>
#include <unordered_map>
#include <vector>

#include "harness/call_stack.hpp"

namespace interlock::harness {

/// Something that belongs to an event and that the event has no room for.
struct Note {
    std::uint32_t event = 0;  // Its place in the trace.
    std::string   text;       // "left 40 bytes of memory, tag 'xEtI'"
    std::uint32_t stack = 0;  // In `CallStacks::all()`, from 1; 0: none.
};

class CallStacks {
public:
    /// A run begins.
    void begin(bool keep, std::span<const Image> modules);

    bool on() const {
        return keeps;
    }

    /// Keeps the stack of the call that an extension makes now.
    /// @return its number, from 1; 0 if none is kept, or no extension's code made the call.
    std::uint32_t take();

    /// The same, for the event at that place of the trace.
    void take_for_event(std::uint32_t place);

    /// The same, for what begins at that address.
    void take_for(const void* object) {
        if (keeps) objects[object] = take();
    }
    std::uint32_t of(const void* object) const {
        const auto found = objects.find(object);
        return found == objects.end() ? 0 : found->second;
    }

    void add(Note note) {
        if (keeps) notes.push_back(std::move(note));
    }

    // --- What was kept

    const std::vector<CallStack>& all() const {
        return stacks;
    }
    /// By place in the trace; may end before it does.
    const std::vector<std::uint32_t>& of_events() const {
        return events;
    }
    const std::vector<Note>& all_notes() const {
        return notes;
    }

private:
    bool                                             keeps = false;
    std::span<const Image>                           images;
    std::vector<CallStack>                           stacks;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;  // Of stacks, by their digest.
    std::vector<std::uint32_t>                       events;
    std::unordered_map<const void*, std::uint32_t>   objects;
    std::vector<Note>                                notes;
};

}  // namespace interlock::harness

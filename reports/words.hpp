#pragma once

// One event in words, without who and when.

#include <string>

#include "model/event.hpp"

namespace interlock::reports {

/// What a call is about, which is what its event's `object` and `port` mean.
enum class Topic : std::uint8_t { module, oid, packet, reference, device, run };

Topic topic_of(model::Call call);

/// "FilterSendNetBufferLists nbl 7 (1 of 2) from 3/0", "returns NDIS_STATUS_PENDING"
std::string in_words(const model::Event& event);

/// The same as one phrase that needs no line of its own: a return names its call too.
std::string in_one_phrase(const model::Event& event);

/// "3/0"
std::string nic_name(model::PortId port, model::NicIndex nic);

/// "0.5 ms", "10.0 s"
std::string time_in_words(std::uint64_t time_100ns);

}  // namespace interlock::reports

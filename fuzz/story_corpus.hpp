#pragma once

// The stories that a search found, as the files that corpus/stories keeps of them.

#include <string>

#include "fuzz/story_search.hpp"

namespace interlock::fuzz {

/// "port:created:create_issued"
std::string name_of(const ToldCell& cell);

/// Where its story stands: "violates/PORT-01/port_created_create_issued.story".
/// @pre the cell has a story
std::string file_of(const ToldCell& cell);

/// That file: what the story shows, by which rule, from which page, and its events.
std::string text_of(const ToldCell& cell);

}  // namespace interlock::fuzz

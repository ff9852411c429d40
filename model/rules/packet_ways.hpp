#pragma once

// The ways that a packet between two guests goes, as far as several families' stories share them.

#include "model/story.hpp"

namespace interlock::model {

/// A story of a filtering extension.
Story filtering();

/// A packet between two guests, in the hands of the extension on its way down,
ObjectId going_down(Story& s);

/// or on its way up.
ObjectId going_up(Story& s);

/// The extension has given it back on its way up: it comes all the way back down,
void comes_back(Story& s, ObjectId nbl);

/// or the extension holds it on its way up, and gives it back first.
void ends_its_way(Story& s, ObjectId nbl);

}  // namespace interlock::model

#pragma once
// Another door to the annotations; see specstrings.h.

#include "specstrings.h"

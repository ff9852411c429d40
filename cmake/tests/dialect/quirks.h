#pragma once

// Mends what no flag can: an enum used before its definition, and two types meant to be one.
enum Colour { colour_red = 3 };
#define Remote Local

#pragma once

// Mends what no flag can: an enum used before its definition.
enum Colour { colour_red = 3 };

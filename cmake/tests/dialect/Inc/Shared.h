#pragma once

// Defined in two source files of the extension; Microsoft's linker folds them.
__inline int folded(int value) { return value + 1; }
int shared_duplicate;

struct Bits {
    unsigned char  narrow : 4;
    unsigned short wide : 4;
};

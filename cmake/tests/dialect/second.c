#include "inc/SHARED.h"

int shared_duplicate = 0;

int second(void) { return folded(1); }
int folded_twice(void) { return folded(second()) + 1; }

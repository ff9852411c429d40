// What drivers written for another compiler contain, all in one module. It must compile unmodified.
#include "INC\shared.H"

int host_calls(int value);

typedef unsigned long long uint64_t;
enum Colour;
typedef int (*Handler)(int*);

static int takes_long(long* value) { return (int)*value; }
int shared_duplicate = 0;

// libc has this name too; the extension's own must win.
int htons(int value) { return value + 100; }

static implicit_int(void) { return sizeof(L"ab"); }

int bits_bytes(void) { return sizeof(struct Bits); }
int wide_bytes(void) { return implicit_int(); }
int own_function(int value) { return htons(value); }
int colour(void) { return colour_red; }
int linux(void) { return DBG + NDIS640; }

int DriverEntry(void* driver, void* path) {
    Handler handler = takes_long;
    (void)driver, (void)path, (void)handler;
    return host_calls(folded(41));
}

// What drivers written for another compiler contain, all in one module. It must compile unmodified.
#include "INC\shared.H"

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
int own_function(void) { return htons(6); }
int colour(void) { return colour_red; }
int linux(void) { return DBG + NDIS640; }

int pointer_types(void) {
    long    two = 2;
    Handler handler = takes_long;
    return handler((int*)&two);
}

// The prototype and the definition differ in a pointer type; the quirks make them one.
struct Remote;
struct Local { int value; };
static int value_of(struct Remote* peer);
int differing(void) {
    struct Local here = {8};
    return value_of(&here);
}
static int value_of(struct Local* peer) { return peer->value; }

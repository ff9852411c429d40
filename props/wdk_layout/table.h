#pragma once
// Turns the lists into constants whose symbol says what they are, such as "offset MDL.ByteCount".
// clang prints them as text, so that the table of a target that cannot run here can be read, too.

#define named(symbol, value)             numbered(symbol, value, __COUNTER__)
#define numbered(symbol, value, number)  emitted(symbol, value, number)
#define emitted(symbol, value, number)                      \
    extern const long long number_##number __asm__(symbol); \
    const long long        number_##number = (long long)(value);

#define structure(type) named("size " #type, sizeof(type))
#define member(type, field)                                            \
    named("offset " #type "." #field, __builtin_offsetof(type, field)) \
    named("bytes " #type "." #field, sizeof(((type *)0)->field))
#define constant(name) named("value " #name, (int)(name))

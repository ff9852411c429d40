// What the host sees: our headers, compiled as C++ by the compiler of the project.

#include <cstdio>
#include <fwpmk.h>
#include <fwpsk.h>
#include <ndis.h>
#include <netioapi.h>

static void print(const char *what, long long number) { std::printf("%s %lld\n", what, number); }

#define structure(type)     print("size " #type, static_cast<long long>(sizeof(type)));
#define member(type, field)                                                               \
    print("offset " #type "." #field,                                                     \
          static_cast<long long>(__builtin_offsetof(type, field)));                       \
    print("bytes " #type "." #field,                                                      \
          static_cast<long long>(sizeof(static_cast<type *>(nullptr)->field)));
#define constant(name)      print("value " #name, static_cast<int>(name));

static void print_kernel() {
#include "kernel.def"
}

static void print_net() {
#include "net.def"
}

static void print_numbers() {
#include "numbers.def"
}

static void print_switch() {
#include "switch.def"
}

int main() {
    print_kernel();
    print_net();
    print_numbers();
    print_switch();
    return 0;
}

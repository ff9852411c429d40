#pragma once

// The calls of extensions into the host, where their code runs outside of it: each comes in, and
// goes out again when it is over. A module's references to functions of the host are led through
// short pieces of code, made when it is loaded; the functions themselves know nothing of it, and
// arguments and results, also those on the stack and in vector registers, go by untouched.

#include <cstddef>
#include <unordered_map>

struct link_map;

namespace interlock::harness {

class HostCalls {
public:
    HostCalls();
    ~HostCalls();
    HostCalls(const HostCalls&)            = delete;
    HostCalls& operator=(const HostCalls&) = delete;

    /// What leads to that function. The same function, the same address.
    void* through(void* function);

    /// From now on all calls of a loaded module to functions of this program go through here. Those
    /// that compilers and sanitizers add stay as they are.
    void lead(const link_map& module);

private:
    std::unordered_map<void*, void*> made;
    std::byte*                       writable   = nullptr;  // One memory, seen twice.
    std::byte*                       executable = nullptr;
};

}  // namespace interlock::harness

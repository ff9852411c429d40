#include "harness/host_calls.hpp"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "harness/check.hpp"
#include "harness/ddi/interface.hpp"
#include "harness/kernel/outside.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t piece_bytes  = 32;
constexpr std::size_t pieces_bytes = std::size_t{1} << 16;

}  // namespace

// --- The way in and out --------------------------------------------------------------------------

extern "C" {

/// @param return_to  where the extension goes on behind its call.
void interlock_comes_in(void* return_to) noexcept {
    HostThread* const thread = HostThread::current;
    check(thread != nullptr, "code of an extension runs on a thread that is nobody's");
    const bool outside = thread->is_outside;
    if (outside) thread->come_in();
    thread->calls.push_back({return_to, outside});
}

/// @return where the extension goes on.
void* interlock_goes_out() noexcept {
    HostThread&            thread = *HostThread::current;
    const HostThread::Call call   = thread.calls.back();
    thread.calls.pop_back();
    if (call.came_in) thread.go_out();
    return call.return_to;
}

void interlock_host_call();
}

// %r11 is the function. The return address of the extension makes room for ours, so that arguments
// on the stack are where the function looks for them.
asm(R"(
.pushsection .text
.hidden interlock_host_call
.globl interlock_host_call
.type interlock_host_call, @function
.balign 16
interlock_host_call:
    push %rdi
    push %rsi
    push %rdx
    push %rcx
    push %r8
    push %r9
    push %rax
    push %r11
    sub $136, %rsp
    movaps %xmm0, (%rsp)
    movaps %xmm1, 16(%rsp)
    movaps %xmm2, 32(%rsp)
    movaps %xmm3, 48(%rsp)
    movaps %xmm4, 64(%rsp)
    movaps %xmm5, 80(%rsp)
    movaps %xmm6, 96(%rsp)
    movaps %xmm7, 112(%rsp)
    mov 200(%rsp), %rdi
    call interlock_comes_in
    movaps (%rsp), %xmm0
    movaps 16(%rsp), %xmm1
    movaps 32(%rsp), %xmm2
    movaps 48(%rsp), %xmm3
    movaps 64(%rsp), %xmm4
    movaps 80(%rsp), %xmm5
    movaps 96(%rsp), %xmm6
    movaps 112(%rsp), %xmm7
    add $136, %rsp
    pop %r11
    pop %rax
    pop %r9
    pop %r8
    pop %rcx
    pop %rdx
    pop %rsi
    pop %rdi
    add $8, %rsp
    call *%r11
    sub $8, %rsp
    push %rax
    push %rdx
    sub $40, %rsp
    movaps %xmm0, (%rsp)
    movaps %xmm1, 16(%rsp)
    call interlock_goes_out
    mov %rax, 56(%rsp)
    movaps (%rsp), %xmm0
    movaps 16(%rsp), %xmm1
    add $40, %rsp
    pop %rdx
    pop %rax
    ret
.size interlock_host_call, . - interlock_host_call
.popsection
)");

// --- The pieces ----------------------------------------------------------------------------------

namespace {

template <typename Value>
std::byte* put(std::byte* at, const Value& value) {
    std::memcpy(at, &value, sizeof value);
    return at + sizeof value;
}

/// mov $function, %r11; jmp *interlock_host_call
void write_piece(std::byte* at, void* function) {
    constexpr std::array<std::uint8_t, 2> load_r11{0x49, 0xBB};
    constexpr std::array<std::uint8_t, 6> jump_to_what_follows{0xFF, 0x25, 0, 0, 0, 0};
    at = put(put(at, load_r11), function);
    put(put(at, jump_to_what_follows), &interlock_host_call);
}

std::byte* seen(int memory, int protection) {
    void* const at = mmap(nullptr, pieces_bytes, protection, MAP_SHARED, memory, 0);
    check(at != MAP_FAILED, "no memory for the way into the host");
    return static_cast<std::byte*>(at);
}

}  // namespace

HostCalls::HostCalls() {
    const int memory = memfd_create("host calls", MFD_CLOEXEC);
    check(memory >= 0 && ftruncate(memory, pieces_bytes) == 0,
          "no memory for the way into the host");
    writable   = seen(memory, PROT_READ | PROT_WRITE);
    executable = seen(memory, PROT_READ | PROT_EXEC);
    close(memory);
}

HostCalls::~HostCalls() {
    munmap(writable, pieces_bytes);
    munmap(executable, pieces_bytes);
}

void* HostCalls::through(void* function) {
    if (const auto found = made.find(function); found != made.end()) return found->second;
    const std::size_t offset = made.size() * piece_bytes;
    check(offset + piece_bytes <= pieces_bytes, "an extension calls too many functions");
    write_piece(writable + offset, function);
    return made[function] = executable + offset;
}

// --- The references of a module ------------------------------------------------------------------

namespace {

/// What the loader reads of a module.
struct Dynamic {
    const Elf64_Sym*            symbols = nullptr;
    const char*                 names   = nullptr;
    std::span<const Elf64_Rela> data;
    std::span<const Elf64_Rela> calls;
};

Dynamic dynamic_of(const link_map& module) {
    std::array<std::uint64_t, DT_NUM> word{};
    for (const Elf64_Dyn* one = module.l_ld; one->d_tag != DT_NULL; ++one)
        if (one->d_tag < DT_NUM) word[static_cast<std::size_t>(one->d_tag)] = one->d_un.d_val;
    const auto entries = [&](std::size_t table, std::size_t bytes) {
        return std::span(reinterpret_cast<const Elf64_Rela*>(word[table]),
                         word[bytes] / sizeof(Elf64_Rela));
    };
    return {.symbols = reinterpret_cast<const Elf64_Sym*>(word[DT_SYMTAB]),
            .names   = reinterpret_cast<const char*>(word[DT_STRTAB]),
            .data    = entries(DT_RELA, DT_RELASZ),
            .calls   = entries(DT_JMPREL, DT_PLTRELSZ)};
}

/// Where this program lies.
const void* own_base() {
    Dl_info ours{};
    dladdr(reinterpret_cast<void*>(&interlock_host_call), &ours);
    return ours.dli_fbase;
}

/// Whether that is where a function of the program at `base` begins.
bool is_function_of(const void* base, void* at) {
    Dl_info          info{};
    const Elf64_Sym* symbol = nullptr;
    const int known = dladdr1(at, &info, reinterpret_cast<void**>(const_cast<Elf64_Sym**>(&symbol)),
                              RTLD_DL_SYMENT);
    return known != 0 && info.dli_fbase == base && info.dli_saddr == at && symbol &&
           ELF64_ST_TYPE(symbol->st_info) == STT_FUNC;
}

/// Also where the loader has made it read-only.
void write_reference(std::byte* at, void* value) {
    const auto        page_bytes = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto        begin      = reinterpret_cast<std::uintptr_t>(at) / page_bytes * page_bytes;
    const std::size_t bytes      = reinterpret_cast<std::uintptr_t>(at) + sizeof value - begin;
    check(mprotect(reinterpret_cast<void*>(begin), bytes, PROT_READ | PROT_WRITE) == 0,
          "a module's references cannot be changed");
    put(at, value);
}

}  // namespace

void HostCalls::lead(const link_map& module) {
    const Dynamic     dynamic = dynamic_of(module);
    const void* const base    = own_base();
    const auto        lead    = [&](const Elf64_Rela& reference) {
        const Elf64_Sym&       symbol = dynamic.symbols[ELF64_R_SYM(reference.r_info)];
        const std::string_view name   = dynamic.names + symbol.st_name;
        if (symbol.st_shndx != SHN_UNDEF || reference.r_addend != 0 ||
            !is_of_driver_interface(name))
            return;
        void* const function = dlsym(RTLD_DEFAULT, name.data());
        if (function == nullptr || !is_function_of(base, function)) return;
        write_reference(reinterpret_cast<std::byte*>(module.l_addr + reference.r_offset),
                                  through(function));
    };
    for (const Elf64_Rela& reference : dynamic.data)
        lead(reference);
    for (const Elf64_Rela& reference : dynamic.calls)
        lead(reference);
}

}  // namespace interlock::harness

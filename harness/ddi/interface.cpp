#include "harness/ddi/interface.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace interlock::harness {

namespace {

/// Lines of a header and the functions documented under it, in lower case.
constexpr std::string_view pages =
#include "harness/ddi/pages.inc"
    ;

/// What ntoskrnl.exe has of the C library under the C library's own names. The headers bind the
/// others to functions of ours. bcmp is what a compiler makes of memcmp.
constexpr auto kernel_crt = std::to_array<std::string_view>(
    {"abs",     "atoi",    "atol",    "bcmp",    "bsearch",  "isalnum", "isalpha", "isdigit",
     "islower", "isprint", "isspace", "isupper", "isxdigit", "labs",    "memchr",  "memcmp",
     "memcpy",  "memmove", "memset",  "qsort",   "rand",     "srand",   "strcat",  "strchr",
     "strcmp",  "strcpy",  "strlen",  "strncat", "strncmp",  "strncpy", "strnlen", "strrchr",
     "strspn",  "strstr",  "tolower", "toupper"});
static_assert(std::ranges::is_sorted(kernel_crt));

/// What compilers and sanitizers call by themselves.
constexpr auto not_the_drivers = std::to_array<std::string_view>(
    {"_GLOBAL_OFFSET_TABLE_", "__asan_", "__cxa_", "__interceptor_", "__llvm_", "__lsan_",
     "__sancov_", "__sanitizer_", "__stack_chk_", "__tsan_", "__ubsan_", "_ITM_", "_Unwind_",
     "__gmon_start__"});

bool is_the_drivers(std::string_view name) {
    return std::ranges::none_of(not_the_drivers,
                                [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool is_libcs(const std::string& name) {
    static void* const libc = dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD);
    static void* const libm = dlopen("libm.so.6", RTLD_NOW | RTLD_NOLOAD);
    return (libc && dlsym(libc, name.c_str())) || (libm && dlsym(libm, name.c_str()));
}

Standing standing_of(const std::string& name, const Deviation* deviation) {
    if (std::ranges::binary_search(kernel_crt, name)) return Standing::implemented;
    if (is_libcs(name)) return Standing::not_windows;
    if (dlsym(RTLD_DEFAULT, name.c_str()) == nullptr) return Standing::missing;
    return deviation ? Standing::deviates : Standing::implemented;
}

/// In lower case, without the "f" of functions that took their arguments in registers once, whose
/// pages have the name of the macro.
std::string as_documented(std::string_view function) {
    std::string lower(function);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto fast = std::to_array<std::string_view>({"Iof", "Kf"});
    for (const std::string_view prefix : fast) {
        const bool is_fast = function.starts_with(prefix) && function.size() > prefix.size() &&
                             std::isupper(static_cast<unsigned char>(function[prefix.size()]));
        if (!is_fast) continue;
        lower.erase(prefix.size() - 1, 1);
        return prefix == "Kf" ? lower.insert(1, "e") : lower;
    }
    return lower;
}

/// "NdisFOidRequest (nf-ndis-ndisfoidrequest)"
std::string named_with_page(const WantedFunction& function) {
    const std::string page = page_of(function.name);
    return page.empty() ? function.name : function.name + " (" + page + ")";
}

std::string listed(std::span<const WantedFunction> wanted, Standing standing) {
    std::string names;
    for (const WantedFunction& function : wanted) {
        if (function.standing != standing) continue;
        names += (names.empty() ? "" : ", ") + named_with_page(function);
    }
    return names;
}

}  // namespace

std::string page_of(std::string_view function) {
    const std::string lower = as_documented(function);
    for (std::size_t begin = 0; begin < pages.size();) {
        const std::size_t      end  = pages.find('\n', begin);
        const std::string_view line = pages.substr(begin, end - begin);
        begin                       = end + 1;
        const std::string word      = " " + lower;
        const std::size_t at        = line.find(word);
        if (at == line.npos) continue;
        const std::size_t after = at + word.size();
        if (after != line.size() && line[after] != ' ') continue;
        const std::string_view header = line.substr(0, line.find(' '));
        return header == "network" ? lower : "nf-" + std::string(header) + "-" + lower;
    }
    return {};
}

bool is_of_driver_interface(std::string_view function) {
    return is_the_drivers(function) && !std::ranges::binary_search(kernel_crt, function);
}

std::vector<WantedFunction> wanted_functions(const ElfFile& module) {
    std::vector<WantedFunction> wanted;
    for (const std::string& name : module.wanted) {
        if (!is_the_drivers(name)) continue;
        const Deviation* const deviation = deviation_of(name);
        wanted.push_back(
            {.name = name, .standing = standing_of(name, deviation), .deviation = deviation});
    }
    std::ranges::sort(wanted, {}, &WantedFunction::name);
    return wanted;
}

std::string why_not_loaded(std::span<const WantedFunction> wanted) {
    const std::string missing     = listed(wanted, Standing::missing);
    const std::string not_windows = listed(wanted, Standing::not_windows);
    std::string       why;
    if (!missing.empty()) why = "calls what Interlock does not have: " + missing;
    if (!not_windows.empty())
        why += (why.empty() ? "" : "; and ") +
               ("calls what the kernel of Windows does not have: " + not_windows);
    return why;
}

std::variant<ElfFile, InputError> read_module(const std::string& path) {
    constexpr const char* expected = "expected a module, or an object file of one";
    std::ifstream         file(path, std::ios::binary);
    if (!file)
        return InputError{path, 0, std::string("cannot be read: ") + std::strerror(errno),
                          expected};
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    auto                    elf = read_elf(std::as_bytes(std::span(bytes)));
    if (!elf) return InputError{path, 0, "is not an object of 64-bit ELF", expected};
    return std::move(*elf);
}

}  // namespace interlock::harness

#include "harness/image.hpp"

#include <dlfcn.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "harness/check.hpp"
#include "harness/ddi/interface.hpp"
#include "harness/hex.hpp"
#include "harness/host_calls.hpp"
#include "harness/kernel/elf.hpp"
#include "harness/kernel/sanitizers.hpp"

namespace interlock::harness {

namespace {

constexpr std::size_t symbol_letters_max = 64;  // A place is at most twice as long.

constexpr const char* an_extension =
    "expected a module that interlock_add_extension has built from an extension's source";

InputError wrong(const std::string& path, std::string what, std::string expected = an_extension) {
    return {.file = path, .line = 0, .wrong = std::move(what), .expected = std::move(expected)};
}

std::optional<std::vector<std::byte>> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    const std::vector<char> chars{std::istreambuf_iterator<char>(file), {}};
    if (file.bad()) return std::nullopt;
    std::vector<std::byte> bytes(chars.size());
    std::ranges::transform(chars, bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
    return bytes;
}

InputError not_loaded(const std::string& path, const ElfFile& elf, const std::string& why) {
    const char* const said = dlerror();
    const auto        has  = [&](std::string_view prefix) {
        return std::ranges::any_of(elf.wanted, [&](const std::string& name) {
            return name.starts_with(prefix) && dlsym(RTLD_DEFAULT, name.c_str()) == nullptr;
        });
    };
    if (has("__asan_") || has("__tsan_") || has("__ubsan_")) {
        return wrong(path, "was built with a sanitizer that this build of Interlock lacks",
                     "expected an extension and an Interlock built with the same sanitizers");
    }
    if (why.empty()) return wrong(path, said ? said : "cannot be loaded");
    return wrong(path, why,
                 "expected only functions of the driver interface that are there: `interlock ddi` "
                 "lists them, and CONTRIBUTING.md, \"Add a function of the driver interface\", "
                 "says how to add one");
}

/// Under another name, for the loader gives what is loaded already when it is asked again.
int copy_of(std::span<const std::byte> file) {
    const int copy = memfd_create("extension", MFD_CLOEXEC);
    if (copy < 0) return copy;
    std::size_t written = 0;
    while (written < file.size()) {
        const ssize_t more = write(copy, file.data() + written, file.size() - written);
        if (more <= 0) break;
        written += static_cast<std::size_t>(more);
    }
    return copy;
}

model::ExtensionClass class_of(const char* said) {
    const std::string_view text = said ? said : "";
    if (text == "capturing") return model::ExtensionClass::capturing;
    if (text == "filtering") return model::ExtensionClass::filtering;
    if (text == "forwarding") return model::ExtensionClass::forwarding;
    return model::ExtensionClass::unknown;
}

// The address sanitizer keeps zones between the variables that nobody may touch; its memcpy would
// report them.
[[gnu::no_sanitize_address]] void copy_unseen(std::byte* to, const std::byte* from,
                                              std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i)
        const_cast<volatile std::byte*>(to)[i] = from[i];
}

void copy_bytes(std::byte* to, const std::byte* from, std::size_t bytes) {
    if (__asan_poison_memory_region) {
        copy_unseen(to, from, bytes);
    } else {
        std::memcpy(to, from, bytes);
    }
}

}  // namespace

std::variant<Image, InputError> Image::load(const std::string& path, HostCalls* calls) {
    const auto file = read_file(path);
    if (!file) return wrong(path, std::string("cannot be read: ") + std::strerror(errno));
    const auto elf = read_elf(*file);
    if (!elf || elf->bytes == 0) return wrong(path, "is not a shared object");

    Image image;
    image.stem       = std::filesystem::path(path).stem().string();
    image.symbols    = elf->symbols;
    image.traces     = std::ranges::find(elf->wanted, "__tsan_init") != elf->wanted.end();
    std::string name = path.find('/') == std::string::npos ? "./" + path : path;
    if (void* const loaded = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD)) {
        dlclose(loaded);
        image.copy = copy_of(*file);
        name       = "/proc/self/fd/" + std::to_string(image.copy);
    }
    image.handle          = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    const std::string why = why_not_loaded(wanted_functions(*elf));
    if (image.handle == nullptr || !why.empty()) return not_loaded(path, *elf, why);
    image.entry = reinterpret_cast<DriverEntry*>(dlsym(image.handle, "DriverEntry"));
    if (image.entry == nullptr) return wrong(path, "has no DriverEntry");
    image.class_said =
        class_of(static_cast<const char*>(dlsym(image.handle, "InterlockExtensionClass")));

    const link_map* map = nullptr;
    dlinfo(image.handle, RTLD_DI_LINKMAP, &map);
    auto* const base = reinterpret_cast<std::byte*>(map->l_addr);
    image.mapped     = {base, elf->bytes};
    image.calls      = calls;
    if (calls != nullptr) calls->lead(*map);
    for (const ElfSection& section : elf->sections) {
        std::byte* const at = base + section.address;
        if (section.name == "__sancov_cntrs") {
            image.edge_counters = {reinterpret_cast<std::uint8_t*>(at), section.bytes};
        }
        if (!section.is_data || section.bytes == 0) continue;
        image.saved.push_back({.at = at, .bytes = std::vector<std::byte>(section.bytes)});
        copy_bytes(image.saved.back().bytes.data(), at, section.bytes);
    }
    return image;
}

Image::~Image() {
    if (handle != nullptr) dlclose(handle);
    if (copy >= 0) close(copy);
}

Image::Image(Image&& other) noexcept {
    *this = std::move(other);
}

Image& Image::operator=(Image&& other) noexcept {
    std::swap(handle, other.handle);
    std::swap(copy, other.copy);
    std::swap(entry, other.entry);
    std::swap(class_said, other.class_said);
    std::swap(mapped, other.mapped);
    std::swap(edge_counters, other.edge_counters);
    std::swap(saved, other.saved);
    std::swap(stem, other.stem);
    std::swap(symbols, other.symbols);
    std::swap(traces, other.traces);
    std::swap(calls, other.calls);
    return *this;
}

void Image::set(const char* name, std::string_view text) {
    const auto* const at = static_cast<const std::byte*>(dlsym(handle, name));
    for (Saved& stretch : saved) {
        if (at < stretch.at || at >= stretch.at + stretch.bytes.size()) continue;
        const auto  room = static_cast<std::size_t>(stretch.at + stretch.bytes.size() - at);
        auto* const to   = stretch.bytes.data() + (at - stretch.at);
        check(text.size() < room, "a text longer than its variable");
        std::ranges::copy(std::as_bytes(std::span(text)), to);
        to[text.size()] = std::byte{0};
    }
}

void Image::restore() {
    for (const Saved& stretch : saved) {
        copy_bytes(stretch.at, stretch.bytes.data(), stretch.bytes.size());
    }
}

void* Image::led(void* function) const {
    return calls != nullptr ? calls->through(function) : function;
}

bool Image::contains(const void* address) const {
    const auto* const at = static_cast<const std::byte*>(address);
    return at >= mapped.data() && at < mapped.data() + mapped.size();
}

std::optional<std::uint64_t> Image::offset_of(std::uintptr_t address) const {
    const auto base = reinterpret_cast<std::uintptr_t>(mapped.data());
    if (address < base || address - base >= mapped.size()) return std::nullopt;
    return address - base;
}

std::vector<std::span<const std::byte>> Image::variables() const {
    std::vector<std::span<const std::byte>> all;
    for (const Saved& stretch : saved)
        all.emplace_back(stretch.at, stretch.bytes.size());
    return all;
}

std::string Image::place_name(std::uintptr_t address) const {
    const std::uint64_t offset = offset_of(address).value_or(0);
    const auto          found  = std::ranges::find_if(symbols, [&](const ElfSymbol& symbol) {
        return offset >= symbol.address && offset - symbol.address < symbol.bytes;
    });
    if (found == symbols.end()) return stem + "+" + hex_number(offset);
    return stem + ":" + found->name.substr(0, symbol_letters_max) + "+" +
           hex_number(offset - found->address);
}

std::variant<LoadedStack, InputError> load_stack(std::span<const std::string> paths,
                                                 std::string_view mutant, HostCalls* calls) {
    if (paths.size() > model::modules_max) {
        return InputError{paths.back(), 0, "one extension too many",
                          "at most " + std::to_string(model::modules_max) + " in a stack"};
    }
    LoadedStack stack;
    for (const std::string& path : paths) {
        auto loaded = Image::load(path, calls);
        if (auto* const error = std::get_if<InputError>(&loaded)) return std::move(*error);
        stack.images.push_back(std::move(std::get<Image>(loaded)));
        stack.images.back().set("InterlockMutant", mutant);
        stack.names.push_back(std::filesystem::path(path).stem().string());
    }
    return stack;
}

}  // namespace interlock::harness

#pragma once

// An extension's module: the shared object that interlock_add_extension makes of its source.
//
// Its writable data are part of the world: they are saved after loading and put back before each
// run, so that statics are again what the driver's first moment would see.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/kernel/elf.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/scenario/error.hpp"
#include "model/event.hpp"

struct _DRIVER_OBJECT;
struct _UNICODE_STRING;

namespace interlock::harness {

class HostCalls;

class Image {
public:
    /// A module that is loaded a second time is loaded as a copy, with statics of its own.
    /// @param calls  through which it calls the host; nullptr: without anything between.
    /// @return or what is wrong with the file; functions that nobody has are named.
    static std::variant<Image, InputError> load(const std::string& path,
                                                HostCalls*         calls = nullptr);

    ~Image();
    Image(Image&& other) noexcept;
    Image& operator=(Image&& other) noexcept;

    /// The driver's DriverEntry. Source: nc-wdm-driver_initialize.
    std::int32_t driver_entry(_DRIVER_OBJECT* driver, _UNICODE_STRING* registry_path) const {
        return call_outside(entry, driver, registry_path);
    }

    /// What the extension says of itself in a `const char InterlockExtensionClass[]`: "capturing",
    /// "filtering" or "forwarding".
    model::ExtensionClass extension_class() const {
        return class_said;
    }

    /// A text that it exports, `CHAR name[]`, reads so after loading. Without one: nothing happens.
    void set(const char* name, std::string_view text);

    /// Puts its writable data back to what they were after loading.
    void restore();

    /// What it is to call in place of a function of the host's that it is given by address.
    void* led(void* function) const;

    /// The counters of its edges, if it was compiled with coverage. They are not restored.
    std::span<std::uint8_t> counters() const {
        return edge_counters;
    }

    /// Whether the address is in its code or data.
    bool contains(const void* address) const;

    /// How far behind its beginning the address lies; nothing if it is not in it.
    std::optional<std::uint64_t> offset_of(std::uintptr_t address) const;

    /// A name for the address that is the same in every process, and as long as the function or
    /// variable in which it lies is the same: "forwarder:SendDown+0x1c".
    std::string place_name(std::uintptr_t address) const;

    /// Whether it tells of its accesses to memory: TRACE_MEMORY of interlock_add_extension.
    bool traces_memory() const {
        return traces;
    }

    /// Its writable data.
    std::vector<std::span<const std::byte>> variables() const;

private:
    using DriverEntry = std::int32_t(_DRIVER_OBJECT*, _UNICODE_STRING*);

    /// A stretch of memory, and what stood in it after loading.
    struct Saved {
        std::byte*             at = nullptr;
        std::vector<std::byte> bytes;
    };

    Image() = default;

    void*                   handle     = nullptr;
    int                     copy       = -1;  // Keeps the copy's name from being used again.
    DriverEntry*            entry      = nullptr;
    model::ExtensionClass   class_said = model::ExtensionClass::unknown;
    std::span<std::byte>    mapped;
    std::span<std::uint8_t> edge_counters;
    std::vector<Saved>      saved;
    std::string             stem;  // Of its file's name.
    std::vector<ElfSymbol>  symbols;
    bool                    traces = false;
    HostCalls*              calls  = nullptr;
};

/// Loaded extensions, top of the stack first.
struct LoadedStack {
    std::vector<Image>       images;
    std::vector<std::string> names;  // What they call themselves: the file's name without ".so".
};

/// @param mutant  what their `InterlockMutant` says, of those that have one.
/// @param calls   as of Image::load; outlives them.
std::variant<LoadedStack, InputError> load_stack(std::span<const std::string> paths,
                                                 std::string_view             mutant,
                                                 HostCalls*                   calls = nullptr);

}  // namespace interlock::harness

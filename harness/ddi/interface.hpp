#pragma once

// What Interlock has of the driver interface: which functions, what of them deviates from their
// page, and what a driver calls that is not there.

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/kernel/elf.hpp"
#include "harness/scenario/error.hpp"

namespace interlock::harness {

/// How what a function does deviates from its page.
enum class DeviationKind : std::uint8_t {
    bookkeeping,  // It keeps the books, and has no other effect.
    fixed,        // It returns always the same, or what follows from the scenario alone.
    narrower,     // It does what the page says for some arguments only.
    other,
};

struct Deviation {
    std::string_view function;  // "PsCreateSystemThread", or "Fwpm*" for all that begin so.
    DeviationKind    kind = DeviationKind::other;
    std::string_view what;  // One sentence.
};

std::string_view name(DeviationKind kind);

/// All that are known, in order of the functions' names.
std::span<const Deviation> deviations();

/// @return the one that says most of the function; nullptr if none does.
const Deviation* deviation_of(std::string_view function);

enum class Standing : std::uint8_t {
    implemented,
    deviates,     // Likewise, but for a known deviation.
    missing,      // Windows has it, as far as its pages say, and Interlock has not.
    not_windows,  // The C library of Linux has it, and the kernel of Windows has not.
};

/// A function or a variable that a module wants of others.
struct WantedFunction {
    std::string      name;
    Standing         standing  = Standing::implemented;
    const Deviation* deviation = nullptr;
};

/// Whether it is one of the driver interface's names, not one that the C library has, too, or that
/// a compiler or a sanitizer adds.
bool is_of_driver_interface(std::string_view function);

/// "nf-ndis-ndisfoidrequest"; empty where no page of that name is known.
std::string page_of(std::string_view function);

/// What the module wants, in order of names; without what a compiler or a sanitizer adds.
std::vector<WantedFunction> wanted_functions(const ElfFile& module);

/// What is wrong with a module that wants these: "calls what Interlock does not have: ..." with
/// their pages, and how to add them; empty if nothing is.
std::string why_not_loaded(std::span<const WantedFunction> wanted);

/// The bytes of a module's file, read for what it wants.
std::variant<ElfFile, InputError> read_module(const std::string& path);

/// docs/deviations.md, and the same for a terminal.
std::string deviations_document();
std::string deviations_text();

}  // namespace interlock::harness

// Printing, assertions, and the end of the machine. Pages: dbgprint, dbgprintex, kebugcheckex
// (wdm).

#include <cstdio>
#include <cstdlib>

#include "harness/ddi/ddi.hpp"
#include "harness/kernel/format.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

ULONG print(std::string_view call, const char* prefix, const char* format, va_list arguments) {
    const World& here = enter(call, HIGH_LEVEL);
    if (here.printed) here.printed(prefix + narrowed(format_text(format, arguments)));
    return STATUS_SUCCESS;
}

/// The extension has ended the machine, and so its process. What happened before is in the trace.
[[noreturn]] void end_machine(const char* by, unsigned long long code) {
    std::fprintf(stderr, "The extension has stopped the machine: %s 0x%llX\n", by, code);
    std::fflush(stderr);
    std::abort();
}

}  // namespace

extern "C" {

ULONG DbgPrint(const char* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const ULONG status = print("DbgPrint", "", format, arguments);
    va_end(arguments);
    return status;
}

ULONG DbgPrintEx(ULONG, ULONG, const char* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const ULONG status = print("DbgPrintEx", "", format, arguments);
    va_end(arguments);
    return status;
}

ULONG vDbgPrintEx(ULONG, ULONG, const char* format, va_list arguments) noexcept {
    return print("vDbgPrintEx", "", format, arguments);
}

ULONG vDbgPrintExWithPrefix(const char* prefix, ULONG, ULONG, const char* format,
                            va_list arguments) noexcept {
    return print("vDbgPrintExWithPrefix", prefix, format, arguments);
}

void RtlAssert(void* text, void* file, ULONG line, char*) noexcept {
    World&       here = enter("RtlAssert", HIGH_LEVEL);
    model::Event event;
    event.call   = model::Call::AssertionFailed;
    event.module = here.kernel.current().module;
    event.detail = line;
    here.recorder.add(event);
    if (!here.printed) return;
    here.printed("Assertion failed: " + std::string(static_cast<const char*>(text)) + ", " +
                 static_cast<const char*>(file) + ":" + std::to_string(line) + "\n");
}

void DbgBreakPoint() noexcept {
    RtlAssert(const_cast<char*>("DbgBreakPoint"), const_cast<char*>("?"), 0, nullptr);
}

void KeBugCheck(ULONG code) noexcept {
    end_machine("KeBugCheck", code);
}

void KeBugCheckEx(ULONG code, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR) noexcept {
    end_machine("KeBugCheckEx", code);
}

void RtlFailFast(ULONG code) noexcept {
    end_machine("RtlFailFast", code);
}

void ExRaiseStatus(NTSTATUS status) noexcept {
    end_machine("ExRaiseStatus", static_cast<ULONG>(status));
}

}  // extern "C"

#include "harness/scenario/error.hpp"

namespace interlock::harness {

std::string to_string(const InputError& error) {
    std::string text = error.file;
    if (error.line > 0) text += ":" + std::to_string(error.line);
    return text + ": " + error.wrong + "; " + error.expected;
}

}  // namespace interlock::harness

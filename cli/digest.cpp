#include "cli/digest.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>

#include <nettle/sha2.h>

#include "harness/hex.hpp"

namespace interlock::cli {

std::string sha256_of(std::string_view bytes) {
    sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest = {};
    sha256_digest(&context, digest.size(), digest.data());
    std::string text;
    for (const std::uint8_t byte : digest)
        harness::add_hex(text, byte);
    return text;
}

std::optional<std::string> sha256_of_file(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return {};
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    return sha256_of(bytes);
}

}  // namespace interlock::cli

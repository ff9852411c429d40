#include "cli/text_file.hpp"

#include <fstream>
#include <iterator>

namespace interlock::cli {

std::string read_text(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

bool write_text(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text << std::flush;
    return stream.good();
}

}  // namespace interlock::cli

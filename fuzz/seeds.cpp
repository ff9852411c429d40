// Writes scenarios as the bytes that fuzz targets take.
//
//   fuzz_seeds <folder of scenarios> <folder to write to>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <variant>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/text.hpp"

namespace fs = std::filesystem;

int main(int count, char** words) {
    using namespace interlock::harness;
    if (count != 3 || !fs::is_directory(words[1])) {
        std::fprintf(stderr, "usage: fuzz_seeds <folder of scenarios> <folder to write to>\n");
        return 2;
    }
    for (const auto& entry : fs::directory_iterator(words[1])) {
        const auto read = read_scenario(entry.path().string());
        if (const auto* error = std::get_if<InputError>(&read)) {
            std::fprintf(stderr, "%s\n", to_string(*error).c_str());
            return 2;
        }
        const auto    bytes = encode(std::get<Scenario>(read));
        std::ofstream file(fs::path(words[2]) / entry.path().stem(), std::ios::binary);
        file.write(reinterpret_cast<const char*>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
    }
    return 0;
}

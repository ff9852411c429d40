// Looks at every source file of the rooms: tidy <project folder>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "props/tidy/tidy.hpp"

namespace fs   = std::filesystem;
namespace tidy = interlock::props::tidy;

namespace {

bool is_source(const fs::path& path) {
    static constexpr std::array kinds{".hpp", ".cpp", ".h", ".c", ".cmake"};
    return path.filename() == "CMakeLists.txt" ||
           std::ranges::find(kinds, path.extension().string()) != kinds.end();
}

tidy::SourceFile read(const fs::path& project, const fs::path& path) {
    std::ifstream     file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return {fs::relative(path, project).generic_string(), tidy::split_lines(text)};
}

std::vector<fs::path> sources(const fs::path& project) {
    std::vector<fs::path> found{project / "CMakeLists.txt"};
    for (const char* folder : {"model", "harness", "fuzz", "props", "reports", "cli", "cmake"}) {
        if (!fs::exists(project / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(project / folder)) {
            if (entry.is_regular_file() && is_source(entry.path())) found.push_back(entry.path());
        }
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace

int main(int count, char** arguments) {
    const fs::path    project = count > 1 ? arguments[1] : ".";
    const tidy::Rooms rooms = tidy::read_rooms(read(project, project / "cmake/Rooms.cmake").lines);

    std::size_t files = 0, lines = 0, complaints = 0;
    for (const fs::path& path : sources(project)) {
        const tidy::SourceFile file = read(project, path);
        for (const tidy::Complaint& complaint : tidy::check(file, rooms)) {
            std::cout << file.path << ":" << complaint.line << ": error: " << complaint.says
                      << "\n";
            ++complaints;
        }
        ++files;
        lines += file.lines.size();
    }
    std::cout << "tidy: " << files << " files, " << lines << " lines, " << rooms.size()
              << " rooms, " << complaints << " complaints\n";
    return complaints == 0 && files > 1 && lines > 0 && !rooms.empty() ? 0 : 1;
}

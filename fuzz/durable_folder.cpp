#include "fuzz/durable_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace interlock::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr auto beside = "tmp";

/// Unique among all processes of all machines that write to the folder.
std::string fresh_name() {
    static std::atomic<unsigned> count    = 0;
    char                         host[64] = {};
    gethostname(host, sizeof host - 1);
    return std::string(host) + "." + std::to_string(getpid()) + "." + std::to_string(count++);
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Gives a file a name that nothing has. Some file systems know no links, others (NFS) only these.
/// @return whether it has it; errno says why not.
bool name_anew(const fs::path& from, const fs::path& to) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    if (link(from.c_str(), to.c_str()) != 0) return false;
    unlink(from.c_str());
    return true;
}

void reach_disk(const fs::path& folder) {
    const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return;
    fsync(opened);
    close(opened);
}

}  // namespace

std::variant<DurableFolder, harness::InputError> DurableFolder::open(const fs::path& root) {
    std::error_code error;
    fs::create_directories(root / beside, error);
    if (!error && access(root.c_str(), W_OK) == 0) return DurableFolder(root);
    return harness::InputError{
        root.string(), 0,
        "cannot be written to: " + (error ? error.message() : std::string(std::strerror(errno))),
        "expected a folder, or a place for one"};
}

fs::path DurableFolder::write_beside(std::string_view text, Safe safe) const {
    const fs::path path = root / beside / fresh_name();
    const int      file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) return {};
    const bool whole = write_all(file, text) && (safe == Safe::if_killed || fsync(file) == 0);
    close(file);
    if (whole) return path;
    unlink(path.c_str());
    return {};
}

DurableFolder::Put DurableFolder::put(const fs::path& name, std::string_view text,
                                      Safe safe) const {
    const fs::path from = write_beside(text, safe);
    if (from.empty()) return Put::failed;
    const fs::path  to = root / name;
    std::error_code ignored;  // Without the folder, the file gets no name.
    fs::create_directories(to.parent_path(), ignored);
    if (rename(from.c_str(), to.c_str()) != 0) {
        unlink(from.c_str());
        return Put::failed;
    }
    if (safe == Safe::if_power_fails) reach_disk(to.parent_path());
    return Put::written;
}

DurableFolder::Put DurableFolder::put_new(const fs::path& name, std::string_view text,
                                          Safe safe) const {
    const fs::path to = root / name;
    if (fs::exists(to)) return Put::there_already;
    const fs::path from = write_beside(text, safe);
    if (from.empty()) return Put::failed;
    std::error_code ignored;
    fs::create_directories(to.parent_path(), ignored);
    const bool named = name_anew(from, to);
    if (!named) {
        const int why = errno;
        unlink(from.c_str());
        return why == EEXIST ? Put::there_already : Put::failed;
    }
    if (safe == Safe::if_power_fails) reach_disk(to.parent_path());
    return Put::written;
}

std::optional<std::string> DurableFolder::read(const fs::path& name) const {
    std::ifstream stream(root / name, std::ios::binary);
    if (!stream) return {};
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

void DurableFolder::tidy() const {
    std::error_code ignored;
    for (const auto& left : fs::directory_iterator(root / beside, ignored))
        fs::remove(left.path(), ignored);
}

std::string name_of_content(std::string_view text) {
    // FNV-1a, 64 bits: two texts of one name are met by chance after some billions.
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const char letter : text) {
        hash ^= static_cast<unsigned char>(letter);
        hash *= 0x100000001B3;
    }
    hash ^= hash >> 32;
    char name[17];
    std::snprintf(name, sizeof name, "%016llx", static_cast<unsigned long long>(hash));
    return name;
}

}  // namespace interlock::fuzz

#include "cli/folder_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace interlock::cli {

FolderLock::~FolderLock() {
    if (file >= 0) close(file);
}

bool FolderLock::take(const std::filesystem::path& folder) {
    file = open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return false;
    // Unlike flock's it is not shared with processes that are forked, and NFS knows it.
    struct flock whole = {};
    whole.l_type       = F_WRLCK;
    whole.l_whence     = SEEK_SET;
    return fcntl(file, F_SETLK, &whole) == 0;
}

}  // namespace interlock::cli

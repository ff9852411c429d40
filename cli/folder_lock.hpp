#pragma once

#include <filesystem>

namespace interlock::cli {

/// That one process at a time works on a folder. Ends with the process, however that ends.
class FolderLock {
public:
    FolderLock() = default;
    ~FolderLock();
    FolderLock(const FolderLock&)            = delete;
    FolderLock& operator=(const FolderLock&) = delete;

    /// @return whether it is ours now.
    bool take(const std::filesystem::path& folder);

private:
    int file = -1;
};

}  // namespace interlock::cli

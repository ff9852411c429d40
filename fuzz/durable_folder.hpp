#pragma once

// A folder that several processes, also on several machines, write to, and of which each file is
// whole or not there at all, whatever is killed meanwhile: a file is written beside and then given
// its name. What must outlive the machine, too, reaches the disk before it is given its name, and
// then the name does.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "harness/scenario/error.hpp"

namespace interlock::fuzz {

class DurableFolder {
public:
    /// Makes the folder if it is not there.
    static std::variant<DurableFolder, harness::InputError> open(const std::filesystem::path& root);

    /// Against what a file is safe when it is written. To reach the disk takes milliseconds.
    enum class Safe : std::uint8_t { if_killed, if_power_fails };

    /// What became of a file.
    enum class Put : std::uint8_t { written, there_already, failed };

    /// Writes or replaces <root>/<name>; folders in the name are made.
    Put put(const std::filesystem::path& name, std::string_view text,
            Safe safe = Safe::if_power_fails) const;

    /// Writes it unless there is one of that name. Of several who do so at once one has `written`.
    Put put_new(const std::filesystem::path& name, std::string_view text,
                Safe safe = Safe::if_power_fails) const;

    /// Nothing if it cannot be read.
    std::optional<std::string> read(const std::filesystem::path& name) const;

    /// Removes what writers left that were killed while they wrote. Nobody may be writing.
    void tidy() const;

    const std::filesystem::path& path() const {
        return root;
    }

private:
    explicit DurableFolder(std::filesystem::path path) : root(std::move(path)) {}

    /// @return the file beside; empty if it could not be written.
    std::filesystem::path write_beside(std::string_view text, Safe safe) const;

    std::filesystem::path root;
};

/// 16 hexadecimal digits that a text is known by.
std::string name_of_content(std::string_view text);

}  // namespace interlock::fuzz

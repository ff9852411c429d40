#pragma once

// Signals that do not interrupt anything: they wait in a descriptor until somebody looks.

#include <initializer_list>
#include <optional>

namespace interlock::harness {

class Bell {
public:
    /// From here on these signals do to this process nothing but that `take` tells of them.
    explicit Bell(std::initializer_list<int> signals);
    ~Bell();
    Bell(const Bell&)            = delete;
    Bell& operator=(const Bell&) = delete;

    /// Is readable when one has come.
    int descriptor() const {
        return bell;
    }

    /// @return the next that has come, if one has.
    std::optional<int> take();

private:
    int bell;
};

}  // namespace interlock::harness

#pragma once

namespace interlock::cli {

/// From its making on, Ctrl-C does not end the process; it is noticed instead.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&)            = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    /// Whether somebody has pressed it.
    bool noticed();

private:
    int  descriptor;
    bool pressed = false;
};

}  // namespace interlock::cli

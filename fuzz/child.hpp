#pragma once

// A process that may die without harm: forked, talked to through a socket, watched.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace interlock::fuzz {

/// A file without a name, for what is too big or too late for the socket.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&)            = delete;
    Scratch& operator=(const Scratch&) = delete;

    int file() const {
        return descriptor;
    }
    void        clear() const;
    void        append(const void* bytes, std::size_t size) const;
    std::string text() const;

private:
    int descriptor;
};

class Child {
public:
    enum class Sign : std::uint8_t {
        answered,  // It said a byte.
        died,      // It is no more.
        silent,    // Nothing moved for too long.
    };

    /// Forks. The child runs `body` with its end of the socket and never returns; what it and
    /// everybody in it prints goes to `said`. It dies with its parent.
    Child(const std::function<void(int socket)>& body, const Scratch& said);
    /// The same, but prints where this process does.
    explicit Child(const std::function<void(int socket)>& body);
    /// Kills it if it still lives.
    ~Child();
    Child(const Child&)            = delete;
    Child& operator=(const Child&) = delete;

    void tell(char word) const;

    /// Waits for a byte. It is silent when `pulse` gave the same number for `silence_max`.
    Sign hear(const std::function<std::uint64_t()>& pulse, std::chrono::milliseconds silence_max);

    /// The byte it said last.
    char heard() const {
        return last_word;
    }

    /// Asks it to write its last words and die; kills it if it does not.
    void end();

    /// Whether it is still there; does not wait.
    bool lives();

    /// Kills it, without last words.
    void kill_now();

    /// Its process; -1 once it is no more.
    pid_t process() const {
        return pid;
    }

    /// How waitpid saw it end. Valid once it died.
    int status() const {
        return wait_status;
    }

private:
    Child(const std::function<void(int socket)>& body, const Scratch* said);
    void reap(int options);

    pid_t pid         = -1;
    int   socket      = -1;
    int   wait_status = 0;
    char  last_word   = 0;
};

/// The signal that asks a child for its last words.
int last_words_signal();

}  // namespace interlock::fuzz

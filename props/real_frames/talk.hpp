#pragma once

// What two computers say to each other while they are recorded. The kernel adds what it takes: ARP,
// echo replies, all of TCP.

#include <cstddef>

namespace interlock::props::real_frames {

inline constexpr unsigned    pings          = 4;
inline constexpr std::size_t transfer_bytes = 24'000;

/// Pings the address: `pings` echo requests, each after the reply to the last.
void ping(const char* address);

/// A TCP port at which the other one may call, listening at once.
class Listener {
public:
    Listener();
    ~Listener();
    Listener(const Listener&)            = delete;
    Listener& operator=(const Listener&) = delete;

    /// Takes one call, sends back all it gets, until the caller has no more.
    void echo_one_call() const;

private:
    int socket = -1;
};

/// Calls the other side's listener, sends transfer_bytes, and wants all of them back.
void transfer(const char* address);

}  // namespace interlock::props::real_frames

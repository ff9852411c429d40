#include "props/real_frames/talk.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <stdexcept>

#include "props/real_frames/wire.hpp"

namespace interlock::props::real_frames {
namespace {

constexpr std::uint16_t tcp_port   = 7;  // Echo.
constexpr timeval       wait_max   = {.tv_sec = 5, .tv_usec = 0};
constexpr std::size_t   ping_bytes = sizeof(icmphdr) + 56;

sockaddr_in at(const char* address) {
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port   = htons(tcp_port);
    inet_pton(AF_INET, address, &there.sin_addr);
    return there;
}

/// A socket that does not wait for ever.
int patient_socket(int type, int protocol) {
    const int socket = must(::socket(AF_INET, type, protocol), "a socket");
    must(setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait_max, sizeof wait_max), "patience");
    must(setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &wait_max, sizeof wait_max), "patience");
    return socket;
}

/// Source: RFC 1071.
std::uint16_t checksum(std::span<const std::uint8_t> bytes) {
    std::uint32_t sum = 0;
    for (std::size_t place = 0; place + 1 < bytes.size(); place += 2)
        sum += static_cast<std::uint32_t>(bytes[place] << 8 | bytes[place + 1]);
    while (sum >> 16 != 0)
        sum = (sum & 0xFFFF) + (sum >> 16);
    return htons(static_cast<std::uint16_t>(~sum));
}

std::array<std::uint8_t, ping_bytes> echo_request(std::uint16_t number) {
    std::array<std::uint8_t, ping_bytes> message{};
    icmphdr                              head{};
    head.type             = ICMP_ECHO;
    head.un.echo.id       = htons(1);
    head.un.echo.sequence = htons(number);
    for (std::size_t place = sizeof head; place < message.size(); ++place)
        message[place] = static_cast<std::uint8_t>(place);
    std::memcpy(message.data(), &head, sizeof head);
    head.checksum = checksum(message);
    std::memcpy(message.data(), &head, sizeof head);
    return message;
}

/// Throws away what comes until it is an echo reply.
void wait_for_reply(int socket) {
    std::array<std::uint8_t, 2048> packet{};
    std::size_t                    type_at = 0;
    do {
        must(static_cast<int>(recv(socket, packet.data(), packet.size(), 0)), "an echo reply");
        type_at = (packet[0] & 0xFU) * 4;
    } while (packet[type_at] != ICMP_ECHOREPLY);
}

void send_all(int socket, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        bytes = bytes.subspan(static_cast<std::size_t>(must(static_cast<int>(sent), "sending")));
    }
}

}  // namespace

void ping(const char* address) {
    const int         socket = patient_socket(SOCK_RAW, IPPROTO_ICMP);
    const sockaddr_in there  = at(address);
    for (std::uint16_t number = 1; number <= pings; ++number) {
        const auto message = echo_request(number);
        const auto sent    = sendto(socket, message.data(), message.size(), 0,
                                    reinterpret_cast<const sockaddr*>(&there), sizeof there);
        must(static_cast<int>(sent), "an echo request");
        wait_for_reply(socket);
    }
    close(socket);
}

Listener::Listener() : socket(patient_socket(SOCK_STREAM, 0)) {
    const sockaddr_in here = at("0.0.0.0");
    must(bind(socket, reinterpret_cast<const sockaddr*>(&here), sizeof here), "a TCP port");
    must(listen(socket, 1), "listening");
}

Listener::~Listener() {
    close(socket);
}

void Listener::echo_one_call() const {
    const int                      call = must(accept(socket, nullptr, nullptr), "a call");
    std::array<std::uint8_t, 4096> bytes;
    while (true) {
        const ssize_t got = recv(call, bytes.data(), bytes.size(), 0);
        if (must(static_cast<int>(got), "receiving") == 0) break;
        send_all(call, std::span{bytes}.first(static_cast<std::size_t>(got)));
    }
    close(call);
}

void transfer(const char* address) {
    const int         socket = patient_socket(SOCK_STREAM, 0);
    const sockaddr_in there  = at(address);
    must(connect(socket, reinterpret_cast<const sockaddr*>(&there), sizeof there), "calling");
    std::array<std::uint8_t, 4096> bytes;
    bytes.fill('x');
    for (std::size_t sent = 0; sent < transfer_bytes;) {
        const std::size_t next = std::min(bytes.size(), transfer_bytes - sent);
        send_all(socket, std::span{bytes}.first(next));
        sent += next;
    }
    must(shutdown(socket, SHUT_WR), "saying that this was all");
    std::size_t back = 0;
    while (const int got = must(static_cast<int>(recv(socket, bytes.data(), bytes.size(), 0)),
                                "what comes back"))
        back += static_cast<std::size_t>(got);
    close(socket);
    if (back != transfer_bytes) throw std::runtime_error("not all came back");
}

}  // namespace interlock::props::real_frames

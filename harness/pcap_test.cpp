#include "harness/pcap.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <numeric>

namespace interlock::harness {
namespace {

std::vector<CapturedFrame> two_frames() {
    CapturedFrame first{.time_ns = 1'700'000'000'123'456'789, .bytes = {}, .bytes_on_wire = 60};
    first.bytes.resize(60);
    std::iota(first.bytes.begin(), first.bytes.end(), std::uint8_t{1});
    return {first, {.time_ns = 999'999'999, .bytes = {1, 2, 3}, .bytes_on_wire = 1500}};
}

std::string refused(const std::vector<std::uint8_t>& bytes) {
    const auto  result = parse_pcap(bytes, "a.pcap");
    const auto* bad    = std::get_if<InputError>(&result);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

/// Header and one frame of one byte, each number as `put` writes it.
template <typename Put>
std::vector<std::uint8_t> one_byte_capture(std::uint32_t magic, Put put) {
    std::vector<std::uint8_t> bytes;
    for (const std::uint32_t number : {magic, 0x00040002U, 0U, 0U, 65535U, 1U, 5U, 6U, 1U, 1U})
        put(bytes, number);
    bytes.push_back(0xAB);
    return bytes;
}

void put_little(std::vector<std::uint8_t>& bytes, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(number >> shift));
}

void put_big(std::vector<std::uint8_t>& bytes, std::uint32_t number) {
    for (unsigned shift = 32; shift > 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(number >> (shift - 8)));
}

TEST(Pcap, ReadsWhatItWrote) {
    const auto frames = two_frames();
    EXPECT_EQ(std::get<0>(parse_pcap(to_pcap(frames), "memory")), frames);

    const std::string file = testing::TempDir() + "interlock_pcap_test.pcap";
    ASSERT_FALSE(write_pcap(file, frames));
    EXPECT_EQ(std::get<0>(read_pcap(file)), frames);
    std::remove(file.c_str());
}

TEST(Pcap, ReadsBothByteOrdersAndBothClocks) {
    const auto time_of = [](const std::vector<std::uint8_t>& bytes) {
        const auto frames = std::get<0>(parse_pcap(bytes, "memory"));
        EXPECT_EQ(frames.at(0).bytes, std::vector<std::uint8_t>{0xAB});
        return frames.at(0).time_ns;
    };
    EXPECT_EQ(time_of(one_byte_capture(0xA1B2C3D4, put_little)), 5'000'006'000U);
    EXPECT_EQ(time_of(one_byte_capture(0xA1B2C3D4, put_big)), 5'000'006'000U);
    EXPECT_EQ(time_of(one_byte_capture(0xA1B23C4D, put_little)), 5'000'000'006U);
    EXPECT_EQ(time_of(one_byte_capture(0xA1B23C4D, put_big)), 5'000'000'006U);
}

TEST(Pcap, SaysWhereACaptureEndsTooSoon) {
    auto bytes = to_pcap(two_frames());
    bytes.pop_back();
    EXPECT_EQ(refused(bytes), "a.pcap: ends within frame 2 at byte 100; expected 3 bytes of it");
    bytes.resize(110);
    EXPECT_EQ(refused(bytes),
              "a.pcap: ends within the head of frame 2 at byte 100; expected 16 bytes");
    bytes.resize(10);
    EXPECT_EQ(refused(bytes),
              "a.pcap: has only 10 bytes; expected a classic pcap file of 24 and up");
}

TEST(Pcap, RefusesWhatIsNoEthernetCapture) {
    auto bytes = to_pcap({});
    EXPECT_EQ(refused(bytes), "accepted");
    bytes[20] = 113;
    EXPECT_EQ(refused(bytes), "a.pcap: has link type 113; expected 1, Ethernet, without checksums");
    bytes[0] = 'x';
    EXPECT_EQ(refused(bytes), "a.pcap: is no capture; expected a classic pcap file");
    const std::uint8_t pcapng[] = {0x0A, 0x0D, 0x0D, 0x0A};
    std::copy(std::begin(pcapng), std::end(pcapng), bytes.begin());
    EXPECT_EQ(refused(bytes),
              "a.pcap: is pcapng; expected a classic pcap file; convert it: editcap -F pcap <file> "
              "<new file>");
    EXPECT_EQ(to_string(std::get<1>(read_pcap("no/such.pcap"))),
              "no/such.pcap: cannot be read: No such file or directory; expected a pcap file");
}

TEST(Pcap, RefusesNumbersThatCannotBe) {
    auto bytes     = to_pcap(two_frames());
    bytes[24 + 11] = 0xFF;
    EXPECT_EQ(refused(bytes),
              "a.pcap: frame 1 at byte 24 has 4278190140 bytes; expected at most 262144");
    bytes          = to_pcap(two_frames());
    bytes[24 + 12] = 59;
    EXPECT_EQ(refused(bytes),
              "a.pcap: frame 1 at byte 24 holds more bytes than it had on the wire; expected at "
              "most 59");
    bytes[24 + 7] = 0xFF;
    EXPECT_EQ(
        refused(bytes),
        "a.pcap: frame 1 at byte 24 has a time beyond its second; expected less than a second");
}

}  // namespace
}  // namespace interlock::harness

#pragma once

// Frames from one thread to another, in order, without a lock: one thread pushes, one takes.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace interlock::harness {

class FrameRing {
public:
    /// @param bytes  a power of two; of which no frame takes more than a half.
    explicit FrameRing(std::size_t bytes);

    // --- Who pushes ------------------------------------------------------------------------------

    /// @return false, and nothing is done, if there is no room.
    bool push(std::span<const std::uint8_t> frame);

    // --- Who takes -------------------------------------------------------------------------------

    /// @return the next frame that was not taken yet, if there is one. It stays until `release`.
    std::span<const std::uint8_t> take();

    /// Gives the room of all that was taken back.
    void release();

    // --- Both ------------------------------------------------------------------------------------

    /// Whether there is nothing that was not released. What is pushed meanwhile it may not see.
    bool is_empty() const;

private:
    using Length = std::uint64_t;  // Stands before each frame. All begin at a multiple of its size.

    static constexpr Length to_the_end = ~Length{0};  // What follows stands at the beginning.

    std::size_t room_for(std::size_t bytes) const;
    Length&     length_at(std::uint64_t place);

    std::size_t                      size;
    std::unique_ptr<std::uint64_t[]> memory;

    // How many bytes were ever pushed, released and taken; each in a cache line of its writer.
    alignas(64) std::atomic<std::uint64_t> pushed   = 0;
    alignas(64) std::atomic<std::uint64_t> released = 0;
    std::uint64_t taken                             = 0;
};

}  // namespace interlock::harness

#pragma once

// Who of several threads is in the host: one at a time, who leaves it says who is next.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <vector>

namespace interlock::harness {

class HostLock {
public:
    /// A thread that wants to be in the host now and then.
    struct Guest {
        std::condition_variable turn;
    };

    enum class Came : std::uint8_t {
        by_itself,   // Nobody was in.
        handed,      // Who was in handed it over.
        not_at_all,  // It was closed.
    };

    /// Waits until the host is this guest's.
    Came come_in(Guest& me);
    /// The same, when somebody knows already that it waits. @return whether it is.
    bool wait(Guest& me);

    /// The host is that guest's from now on. @pre who calls has it.
    void hand_to(Guest& next);

    /// Nobody has the host from now on, unless somebody is at the door. @return whether so.
    bool leave_empty();

    /// Who has come to the door since it was last asked, in order: who asks knows of them from now
    /// on, and hands it to each some time. @pre who calls has the host.
    std::vector<Guest*> take_from_door();
    bool                nobody_at_door() const {
                       return !somebody_at_door.load(std::memory_order_relaxed);
    }
    /// Waits until somebody is there.
    void wait_at_door();

    /// Nobody is let in any more.
    /// @param all  who may wait to be.
    void close(std::span<Guest* const> all);

private:
    bool wait(std::unique_lock<std::mutex>& held, Guest& me);

    std::mutex              mutex;
    std::condition_variable came;
    Guest*                  holder = nullptr;
    std::vector<Guest*>     at_door;
    std::atomic<bool>       somebody_at_door = false;
    bool                    closed           = false;
};

}  // namespace interlock::harness

// The audio thread's ends of the two lock-free single-producer single-consumer rings in mm_shared. [audio]
#pragma once

#include "shared_access.h"

namespace midimuse::rt {

/// Producer of the input ring (audio -> engine).
class InputRing {
public:
    explicit InputRing(mm_shared& shared) noexcept : shared_(shared) {}

    /// False where the ring is full; nothing is written then.
    bool push(const mm_input_event& event) noexcept {
        const std::uint32_t write = shared_.input_indices.write; // only this thread writes it
        if (write - loadAcquire(shared_.input_indices.read) >= MM_INPUT_RING_CAPACITY) return false;
        shared_.input[write % MM_INPUT_RING_CAPACITY] = event;
        storeRelease(shared_.input_indices.write, write + 1);
        return true;
    }

private:
    mm_shared& shared_; // owned by the instance, which outlives every process() call
};

/// Consumer of the command ring (engine -> audio). Looks ahead first, so that a group is taken whole.
class CommandRing {
public:
    explicit CommandRing(mm_shared& shared) noexcept : shared_(shared) {}

    /// Commands that are published and not yet taken, never more than the capacity whatever the other side wrote.
    std::uint32_t available() noexcept {
        const std::uint32_t published = loadAcquire(shared_.command_indices.write) - shared_.command_indices.read;
        return published <= MM_COMMAND_RING_CAPACITY ? published : MM_COMMAND_RING_CAPACITY;
    }

    const mm_command& peek(std::uint32_t ahead) const noexcept {
        return shared_.command[(shared_.command_indices.read + ahead) % MM_COMMAND_RING_CAPACITY];
    }

    void take(std::uint32_t commands) noexcept {
        storeRelease(shared_.command_indices.read, shared_.command_indices.read + commands);
    }

private:
    mm_shared& shared_;
};

} // namespace midimuse::rt

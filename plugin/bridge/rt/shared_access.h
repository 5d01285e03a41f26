// How C++ reads and writes the words of mm_shared that two threads use. [audio]
#pragma once

#include "../include/midimuse_abi.h"

#include <atomic>
#include <cstdint>

namespace midimuse::rt {

static_assert(std::atomic_ref<std::uint32_t>::is_always_lock_free);
static_assert(std::atomic_ref<std::uint64_t>::is_always_lock_free);
static_assert(std::atomic_ref<double>::is_always_lock_free);

inline std::uint32_t loadAcquire(std::uint32_t& word) noexcept {
    return std::atomic_ref<std::uint32_t>(word).load(std::memory_order_acquire);
}

inline void storeRelease(std::uint32_t& word, std::uint32_t value) noexcept {
    std::atomic_ref<std::uint32_t>(word).store(value, std::memory_order_release);
}

inline double loadRelaxed(double& word) noexcept {
    return std::atomic_ref<double>(word).load(std::memory_order_relaxed);
}

/// Counters have one writer, the audio thread: a relaxed load and store is enough, no read-modify-write.
inline void count(std::uint64_t& counter, std::uint64_t by = 1) noexcept {
    std::atomic_ref<std::uint64_t> ref(counter);
    ref.store(ref.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

inline void store(std::uint64_t& word, std::uint64_t value) noexcept {
    std::atomic_ref<std::uint64_t>(word).store(value, std::memory_order_relaxed);
}

} // namespace midimuse::rt

#include "offline_pause.h"

#include <chrono>
#include <thread>

namespace midimuse::rt {

std::int64_t monotonicNanoseconds() noexcept {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void offlinePause(std::uint32_t round) noexcept {
    constexpr std::uint32_t kYields = 20;
    if (round < kYields) std::this_thread::yield();
    else std::this_thread::sleep_for(std::chrono::microseconds(20));
}

} // namespace midimuse::rt

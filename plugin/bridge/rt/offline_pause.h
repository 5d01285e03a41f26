// The only place where the audio thread may sleep: offline, bounded, between looks at the command ring. [audio]
#pragma once

#include <cstdint>

namespace midimuse::rt {

std::int64_t monotonicNanoseconds() noexcept;

/// A yield for the first rounds, then 20 us of sleep.
void offlinePause(std::uint32_t round) noexcept;

} // namespace midimuse::rt

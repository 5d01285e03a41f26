// Whole byte blocks through a host's stream. [main]
#pragma once

#include "interfaces/ibstream.h"

#include <cstdint>
#include <span>
#include <vector>

namespace midimuse::vst3 {

/// A state that claims to be larger is refused: streams that never end exist.
inline constexpr std::size_t kLargestState = std::size_t{256} << 20;

/// Reads to the end, however short the host's counts are. False where the stream fails or exceeds kLargestState.
bool readAll(IBStream& stream, std::vector<std::uint8_t>& bytes);

/// Writes everything, however short the host's counts are.
bool writeAll(IBStream& stream, std::span<const std::uint8_t> bytes);

} // namespace midimuse::vst3

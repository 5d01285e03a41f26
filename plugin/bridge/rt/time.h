// Musical time as the audio thread counts it. [audio]
#pragma once

#include <cstdint>

namespace midimuse::rt {

/// A note sounds at the first sample whose timeline ppq is not before its onset by more than this. It absorbs the
/// rounding of doubles (1e-11 at ppq 1e5) and is far below one sample (1.7e-6 at 20 bpm and 192 kHz), so the chosen
/// sample does not depend on how the host cut the time into blocks.
inline constexpr double kOnsetEpsilonPpq = 1e-7;

/// The engine's horizons lie this little or less behind the bar line that they mean; they do not cover the bar there.
inline constexpr double kHorizonSlackPpq = 1e-6;

/// Ardour reports positions rounded to 1/1920 quarter: differences up to one such step are not movements.
inline constexpr double kPpqQuantum = 1.0 / 1920.0 + 1e-6;

/// A locate by less than this is indistinguishable from tempo drift and is treated as such.
inline constexpr double kDriftPpq = 1.0 / 64.0;

/// Generated notes that miss their time by more than this are not played at all.
inline constexpr double kLatestNotePpq = 1.0 / 16.0;

} // namespace midimuse::rt

// The audio input, mixed to mono and stamped with its timeline positions, into the audio ring. [audio]
#pragma once

#include "shared_access.h"
#include "transport_tracker.h"

#include <cstdint>

namespace midimuse::rt {

/// The host's input of one block; its pointers are valid during the block only. No channels: nothing is connected.
struct AudioInput {
    std::int32_t channelCount = 0;
    const float* const* channels32 = nullptr; // one of the two
    const double* const* channels64 = nullptr;
    std::uint64_t silentChannels = 0; // bit n: channel n is silent whatever its buffer holds
};

class AudioTap {
public:
    explicit AudioTap(mm_shared& shared) noexcept : shared_(shared) {}

    bool hasRoom(std::int32_t samples) noexcept;

    /// A whole block or, where the ring is full, nothing of it.
    void write(const AudioInput& input, const BlockTimeline& block, std::uint32_t epoch, double sampleRateHz) noexcept;

    /// The next block does not follow the last one: it begins with an anchor.
    void interrupt() noexcept { anchored_ = false; }

private:
    bool continues(const BlockTimeline& block, std::uint32_t epoch, double sampleRateHz) const noexcept;
    void anchor(const BlockTimeline& block, std::uint32_t epoch, double sampleRateHz) noexcept;

    mm_shared& shared_; // owned by the instance, which outlives every process() call
    bool anchored_ = false;
    std::uint32_t epoch_ = 0;
    double anchorPpq_ = 0;
    double ppqPerSample_ = 0;
    double sampleRateHz_ = 0;
    std::int64_t anchorSample_ = 0;
    std::int64_t nextSample_ = 0; // running sample that would follow without a gap
};

} // namespace midimuse::rt

#include "audio_tap.h"

#include <cmath>

namespace midimuse::rt {

namespace {

// What is not a number, or absurd, would live on in every filter behind the ring.
float sampleOf(const AudioInput& input, std::int32_t channel, std::int32_t index) noexcept {
    const float sample = input.channels32 != nullptr ? input.channels32[channel][index] : static_cast<float>(input.channels64[channel][index]);
    return std::fabs(sample) <= 1e4f ? sample : 0.0f;
}

bool sounds(const AudioInput& input, std::int32_t channel) noexcept {
    if (channel < 64 && (input.silentChannels >> channel & 1u) != 0) return false;
    return input.channels32 != nullptr ? input.channels32[channel] != nullptr : input.channels64[channel] != nullptr;
}

} // namespace

bool AudioTap::hasRoom(std::int32_t samples) noexcept {
    const std::uint32_t used = shared_.audio_indices.write - loadAcquire(shared_.audio_indices.read);
    const std::uint32_t anchors = shared_.anchor_indices.write - loadAcquire(shared_.anchor_indices.read);
    return used + static_cast<std::uint32_t>(samples) <= MM_AUDIO_RING_CAPACITY && anchors < MM_AUDIO_ANCHOR_CAPACITY;
}

void AudioTap::write(const AudioInput& input, const BlockTimeline& block, std::uint32_t epoch, double sampleRateHz) noexcept {
    if (!hasRoom(block.numSamples)) {
        count(shared_.counters.audio_drops, static_cast<std::uint64_t>(block.numSamples));
        interrupt();
        return;
    }
    if (!continues(block, epoch, sampleRateHz)) anchor(block, epoch, sampleRateHz);
    const std::uint32_t write = shared_.audio_indices.write; // only this thread writes it
    const float share = 1.0f / static_cast<float>(input.channelCount);
    for (std::int32_t i = 0; i < block.numSamples; ++i) {
        shared_.audio[(write + static_cast<std::uint32_t>(i)) % MM_AUDIO_RING_CAPACITY] = 0;
    }
    for (std::int32_t channel = 0; channel < input.channelCount; ++channel) {
        if (!sounds(input, channel)) continue;
        for (std::int32_t i = 0; i < block.numSamples; ++i) {
            shared_.audio[(write + static_cast<std::uint32_t>(i)) % MM_AUDIO_RING_CAPACITY] += share * sampleOf(input, channel, i);
        }
    }
    nextSample_ = block.startSample + block.numSamples;
    storeRelease(shared_.audio_indices.write, write + static_cast<std::uint32_t>(block.numSamples));
}

bool AudioTap::continues(const BlockTimeline& block, std::uint32_t epoch, double sampleRateHz) const noexcept {
    return anchored_ && epoch == epoch_ && sampleRateHz == sampleRateHz_ && block.startSample == nextSample_ && block.anchorSample == anchorSample_
        && block.anchorPpq == anchorPpq_ && block.ppqPerSample == ppqPerSample_;
}

void AudioTap::anchor(const BlockTimeline& block, std::uint32_t epoch, double sampleRateHz) noexcept {
    anchored_ = true;
    epoch_ = epoch;
    sampleRateHz_ = sampleRateHz;
    anchorPpq_ = block.anchorPpq;
    anchorSample_ = block.anchorSample;
    ppqPerSample_ = block.ppqPerSample;
    const std::uint32_t write = shared_.anchor_indices.write;
    shared_.anchor[write % MM_AUDIO_ANCHOR_CAPACITY] = mm_audio_anchor{block.ppqAt(0), block.ppqPerSample, sampleRateHz, shared_.audio_indices.write, epoch};
    storeRelease(shared_.anchor_indices.write, write + 1);
}

} // namespace midimuse::rt

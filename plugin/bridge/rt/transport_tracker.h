// Step 2 of a note's path: continuity, jumps, loops, and the timeline ppq of every sample. [audio]
#pragma once

#include "bar_grid.h"
#include "host_transport.h"

#include <array>
#include <cstdint>

namespace midimuse::rt {

/// One block on the timeline: the host's project position, unwrapped over loop wraps, as a linear function of the
/// running sample counter. The function is anchored where the run began or the tempo changed, not at the block's
/// start, so the same onset falls on the same sample however the host cuts the blocks.
struct BlockTimeline {
    static constexpr std::int32_t kMaxWraps = 64;

    bool playing = false;
    bool discontinuity = false;   // the run starts, stops or jumps at the block's first sample
    bool startsWithWrap = false;  // the host went back to its loop's start between the last block and this one
    double anchorPpq = 0;         // timeline
    std::int64_t anchorSample = 0;
    double ppqPerSample = 0;      // 0 while stopped
    std::int64_t startSample = 0; // running sample counter at the block's first sample
    std::int32_t numSamples = 0;
    double startPpq = 0;          // published: never before the last block's end within an epoch
    double endPpq = 0;
    double projectOffsetPpq = 0;  // timeline - project position at the block's start
    std::int32_t wrapCount = 0;   // loop wraps inside the block, at these offsets, ascending
    std::array<std::int32_t, kMaxWraps> wrapOffsets{};
    double wrapPpq = 0;           // length of the loop

    double ppqAt(std::int32_t offset) const noexcept {
        return anchorPpq + static_cast<double>(startSample + offset - anchorSample) * ppqPerSample;
    }
    double projectPpqAt(std::int32_t offset) const noexcept;
    /// Running sample at which a timeline position is reached. Only while playing.
    std::int64_t sampleOf(double ppq) const noexcept;
};

class TransportTracker {
public:
    /// [main] while process() does not run. The next block begins a new epoch.
    void reset(double sampleRateHz) noexcept;

    const BlockTimeline& advance(const HostTransport& host, std::int32_t numSamples) noexcept;

    const BlockTimeline& block() const noexcept { return block_; }
    std::uint32_t epoch() const noexcept { return epoch_; }
    std::uint32_t gridGeneration() const noexcept { return gridGeneration_; }
    std::uint64_t jumps() const noexcept { return jumps_; }
    double tempoBpm() const noexcept { return tempoBpm_; }
    double sampleRateHz() const noexcept { return sampleRateHz_; }
    double barStartPpq() const noexcept { return barStartPpq_; }
    double projectPpq() const noexcept { return projectPpq_; }
    Signature signature() const noexcept { return signature_; }
    std::int64_t runningSamples() const noexcept { return runningSamples_; }

private:
    void readTempo(const HostTransport& host) noexcept;
    void readSignature(const HostTransport& host) noexcept;
    double projectPosition(const HostTransport& host) const noexcept;
    bool samplesContinue(const HostTransport& host) const noexcept;

    void stay(double projectPpq) noexcept;
    void start(double projectPpq) noexcept;
    void follow(const HostTransport& host, double projectPpq) noexcept;
    void jump(double projectPpq) noexcept;
    void anchor(double timelinePpq) noexcept;
    bool wrapsBack(const HostTransport& host, double expectedPpq, double projectPpq) noexcept;
    void findWrapsInside(const HostTransport& host) noexcept;
    void updateBars(const HostTransport& host) noexcept;
    void observeQuantisation(double projectPpq) noexcept;
    bool hostRounds() const noexcept;

    BlockTimeline block_;
    BarGrid bars_;
    Signature signature_;
    double sampleRateHz_ = 48000;
    double tempoBpm_ = 120;
    double lastRate_ = 0;           // ppq per sample of the last playing block
    double rate_ = 0;
    double anchorPpq_ = 0;
    std::int64_t anchorSample_ = 0;
    double offsetPpq_ = 0;          // timeline - project position, after the last block
    double projectPpq_ = 0;
    double barStartPpq_ = 0;
    double gridAnchorPpq_ = 0;      // timeline
    Signature gridSignature_;
    bool gridKnown_ = false;
    bool playing_ = false;
    bool resetPending_ = false;
    bool wrappedInside_ = false;    // the last block crossed its loop end
    double lastProjectPpq_ = 0;
    std::int64_t lastProjectSamples_ = 0;
    std::int32_t lastNumSamples_ = 0;
    bool projectSamplesMove_ = false;
    std::int32_t ticksInARow_ = 0;
    std::int64_t runningSamples_ = 0;
    std::uint32_t epoch_ = 0;
    std::uint32_t gridGeneration_ = 0;
    std::uint64_t jumps_ = 0;
};

} // namespace midimuse::rt

#include "transport_tracker.h"

#include "time.h"

#include <algorithm>
#include <cmath>

namespace midimuse::rt {

namespace {

constexpr double kLargestPpq = 1e9; // beyond it a double has no room for the epsilon; no host means it
constexpr std::int32_t kBlocksUntilQuantised = 4;

bool isPosition(double ppq) noexcept { return std::isfinite(ppq) && std::abs(ppq) <= kLargestPpq; }

bool loops(const HostTransport& host) noexcept {
    return host.cycleActive && isPosition(host.cycleStartPpq) && isPosition(host.cycleEndPpq)
        && host.cycleEndPpq - host.cycleStartPpq > 2 * kPpqQuantum;
}

} // namespace

double BlockTimeline::projectPpqAt(std::int32_t offset) const noexcept {
    double offsetPpq = projectOffsetPpq;
    for (std::int32_t i = 0; i < wrapCount && wrapOffsets[static_cast<std::size_t>(i)] <= offset; ++i) offsetPpq += wrapPpq;
    return ppqAt(offset) - offsetPpq;
}

std::int64_t BlockTimeline::sampleOf(double ppq) const noexcept {
    const double samples = std::ceil((ppq - kOnsetEpsilonPpq - anchorPpq) / ppqPerSample);
    constexpr double kFar = 4e18; // also catches what is not a number
    if (!(samples < kFar)) return INT64_MAX;
    if (samples < -kFar) return INT64_MIN;
    return anchorSample + static_cast<std::int64_t>(samples);
}

void TransportTracker::reset(double sampleRateHz) noexcept {
    sampleRateHz_ = std::isfinite(sampleRateHz) && sampleRateHz >= 1 ? sampleRateHz : 48000;
    runningSamples_ = 0;
    playing_ = false;
    resetPending_ = true;
    projectSamplesMove_ = false;
    lastNumSamples_ = 0;
}

const BlockTimeline& TransportTracker::advance(const HostTransport& host, std::int32_t numSamples) noexcept {
    readTempo(host);
    readSignature(host);
    rate_ = tempoBpm_ / 60.0 / sampleRateHz_;
    block_.discontinuity = false;
    block_.startsWithWrap = false;
    block_.wrapCount = 0;
    block_.startSample = runningSamples_;
    block_.numSamples = numSamples;

    const bool begins = host.playing && !playing_;
    const double position = projectPosition(host);
    if (resetPending_) {
        resetPending_ = false;
        if (!begins) { ++epoch_; block_.discontinuity = true; } // start() counts its own
    }
    if (!host.playing) stay(position);
    else if (begins) start(position);
    else follow(host, position);

    block_.playing = host.playing;
    if (host.playing) {
        block_.anchorPpq = anchorPpq_;
        block_.anchorSample = anchorSample_;
        block_.ppqPerSample = rate_;
        const double linearStart = block_.ppqAt(0);
        block_.startPpq = block_.discontinuity ? linearStart : std::max(linearStart, block_.endPpq);
        block_.endPpq = std::max(block_.ppqAt(numSamples), block_.startPpq);
        block_.projectOffsetPpq = offsetPpq_;
        projectPpq_ = linearStart - offsetPpq_;
    }
    updateBars(host);
    if (host.playing) findWrapsInside(host);

    if (playing_ && host.playing && host.projectSamples != lastProjectSamples_) projectSamplesMove_ = true;
    playing_ = host.playing;
    lastRate_ = rate_;
    lastProjectPpq_ = projectPpq_;
    lastProjectSamples_ = host.projectSamples;
    lastNumSamples_ = numSamples;
    runningSamples_ += numSamples;
    return block_;
}

void TransportTracker::readTempo(const HostTransport& host) noexcept {
    if (!host.hasTempo || !std::isfinite(host.tempoBpm) || host.tempoBpm <= 0) return; // the last one holds
    tempoBpm_ = std::clamp(host.tempoBpm, 1.0, 9999.0);
}

void TransportTracker::readSignature(const HostTransport& host) noexcept {
    if (!host.hasSignature) return;
    if (host.signatureNumerator < 1 || host.signatureNumerator > 256) return;
    if (host.signatureDenominator < 1 || host.signatureDenominator > 256) return;
    signature_ = Signature{host.signatureNumerator, host.signatureDenominator};
}

// Hosts without musical time: the position follows from the project's sample counter.
double TransportTracker::projectPosition(const HostTransport& host) const noexcept {
    if (host.hasProjectPpq && isPosition(host.projectPpq)) return host.projectPpq;
    if (playing_ && host.playing && (samplesContinue(host) || !projectSamplesMove_)) {
        return anchorPpq_ + static_cast<double>(runningSamples_ - anchorSample_) * lastRate_ - offsetPpq_;
    }
    const double fromSamples = static_cast<double>(host.projectSamples) * rate_;
    return isPosition(fromSamples) ? fromSamples : 0.0;
}

// Two samples of tolerance: hosts that derive the counter from musical time round it.
bool TransportTracker::samplesContinue(const HostTransport& host) const noexcept {
    constexpr std::int64_t kLimit = INT64_MAX / 4; // hosts that report more mean nothing by it
    if (std::min(host.projectSamples, lastProjectSamples_) < -kLimit || std::max(host.projectSamples, lastProjectSamples_) > kLimit) return false;
    const std::int64_t difference = host.projectSamples - lastProjectSamples_ - lastNumSamples_;
    return difference >= -2 && difference <= 2;
}

void TransportTracker::stay(double projectPpq) noexcept {
    if (playing_) {
        ++epoch_;
        block_.discontinuity = true;
    }
    offsetPpq_ = 0;
    projectPpq_ = projectPpq;
    block_.ppqPerSample = 0;
    block_.anchorPpq = projectPpq;
    block_.anchorSample = runningSamples_;
    block_.startPpq = projectPpq;
    block_.endPpq = projectPpq;
    block_.projectOffsetPpq = 0;
    wrappedInside_ = false;
    ticksInARow_ = 0;
}

void TransportTracker::start(double projectPpq) noexcept {
    ++epoch_;
    block_.discontinuity = true;
    offsetPpq_ = 0;
    wrappedInside_ = false;
    ticksInARow_ = 0;
    anchor(projectPpq);
}

void TransportTracker::jump(double projectPpq) noexcept {
    ++jumps_;
    start(projectPpq);
}

void TransportTracker::anchor(double timelinePpq) noexcept {
    anchorPpq_ = timelinePpq;
    anchorSample_ = runningSamples_;
}

void TransportTracker::observeQuantisation(double projectPpq) noexcept {
    const double ticks = projectPpq * 1920.0;
    if (std::abs(ticks - std::round(ticks)) < 1e-4) ticksInARow_ = std::min(ticksInARow_ + 1, kBlocksUntilQuantised);
    else ticksInARow_ = 0;
}

bool TransportTracker::hostRounds() const noexcept { return ticksInARow_ >= kBlocksUntilQuantised; }

void TransportTracker::follow(const HostTransport& host, double projectPpq) noexcept {
    const bool tempoChanged = rate_ != lastRate_;
    const double expected = anchorPpq_ + static_cast<double>(runningSamples_ - anchorSample_) * lastRate_;
    observeQuantisation(projectPpq);

    double difference = projectPpq - (expected - offsetPpq_);
    if (std::abs(difference) > kPpqQuantum && wrapsBack(host, expected, projectPpq)) {
        block_.startsWithWrap = true;
        difference = projectPpq - (expected - offsetPpq_);
    }
    wrappedInside_ = false;

    if (std::abs(difference) <= kPpqQuantum) {
        // At a constant tempo our own count is exact and independent of the block size; the host's position may be
        // rounded. After a tempo change the host knows better, unless it rounds.
        if (tempoChanged) anchor(hostRounds() ? expected : projectPpq + offsetPpq_);
        return;
    }
    const double playedPpq = std::max(rate_, lastRate_) * lastNumSamples_;
    const double explainedByTempo = samplesContinue(host) ? 4 * playedPpq + kDriftPpq : kDriftPpq;
    if (std::abs(difference) <= explainedByTempo) {
        anchor(projectPpq + offsetPpq_);
        return;
    }
    jump(projectPpq);
}

// The host split the block at the loop end, or went back over it inside the last block in another way than foreseen.
bool TransportTracker::wrapsBack(const HostTransport& host, double expectedPpq, double projectPpq) noexcept {
    if (!loops(host)) return false;
    const double length = host.cycleEndPpq - host.cycleStartPpq;
    const double expectedProject = expectedPpq - offsetPpq_;
    const double tempoSlack = std::abs(rate_ - lastRate_) * lastNumSamples_;
    const double tolerance = kPpqQuantum + tempoSlack;
    const bool atLoopEnd = expectedProject >= host.cycleEndPpq - tolerance;
    if (atLoopEnd && std::abs(projectPpq + length - expectedProject) <= tolerance) {
        offsetPpq_ += length;
        return true;
    }
    // Some hosts drop the overshoot and begin again exactly at the loop's start, wherever the last block ended.
    const bool overLoopEnd = wrappedInside_ || atLoopEnd;
    if (overLoopEnd && std::abs(projectPpq - host.cycleStartPpq) <= tolerance) {
        offsetPpq_ = expectedPpq - projectPpq;
        return true;
    }
    // We foresaw a wrap that did not happen: the cycle is shown as active, but this pass goes on behind it.
    if (wrappedInside_ && std::abs(projectPpq - length - expectedProject) <= tolerance) {
        offsetPpq_ -= length;
        return true;
    }
    return false;
}

// Hosts that let a block cross the loop end: the position continues at the loop's start inside the block.
void TransportTracker::findWrapsInside(const HostTransport& host) noexcept {
    if (!loops(host)) return;
    const double length = host.cycleEndPpq - host.cycleStartPpq;
    const double startProject = block_.ppqAt(0) - offsetPpq_;
    if (startProject >= host.cycleEndPpq - kOnsetEpsilonPpq) return; // playing behind the loop
    // Where the host rounds, an end just behind the loop may be an end at the loop: the next block tells what happened.
    const double tolerance = hostRounds() ? kPpqQuantum : 0.0;
    while (block_.wrapCount < BlockTimeline::kMaxWraps) {
        const double endProject = block_.ppqAt(block_.numSamples) - offsetPpq_;
        const std::int64_t wrapSample = block_.sampleOf(host.cycleEndPpq + offsetPpq_) - block_.startSample;
        if (endProject <= host.cycleEndPpq + tolerance || wrapSample >= block_.numSamples) return;
        block_.wrapOffsets[static_cast<std::size_t>(block_.wrapCount++)] = static_cast<std::int32_t>(std::max<std::int64_t>(wrapSample, 0));
        block_.wrapPpq = length;
        offsetPpq_ += length;
        wrappedInside_ = true;
    }
}

void TransportTracker::updateBars(const HostTransport& host) noexcept {
    const bool continuous = host.playing && playing_ && !block_.discontinuity && !block_.startsWithWrap;
    const double observedPpq = continuous ? std::max(projectPpq_ - lastProjectPpq_, 0.0) : 0.0;
    const double barPpq = signature_.barPpq();
    const double anchorProject = bars_.anchorAt(projectPpq_, signature_, observedPpq);
    const double offset = host.playing ? offsetPpq_ : 0.0;
    barStartPpq_ = barLineAtOrBefore(projectPpq_, anchorProject, barPpq) + offset;

    const double gridAnchor = anchorProject + offset;
    const bool samePhase = std::abs(std::remainder(gridAnchor - gridAnchorPpq_, barPpq)) <= kPpqQuantum;
    if (gridKnown_ && !block_.discontinuity && !(gridSignature_ == signature_ && samePhase)) ++gridGeneration_;
    gridKnown_ = true;
    gridAnchorPpq_ = gridAnchor;
    gridSignature_ = signature_;
}

} // namespace midimuse::rt

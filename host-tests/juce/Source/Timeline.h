// The host's transport: cuts the run into blocks, wraps the loop.
#pragma once

#include "Options.h"
#include "TempoMap.h"

#include <cstdint>
#include <vector>

namespace host
{

/// A stretch of a block in which project time runs without a break.
struct Segment
{
    int offsetSamples;            // within the block
    int lengthSamples;
    std::int64_t projectSample;   // of its first sample
    std::int64_t timelineSample;  // the same, not wrapped by the loop
    int pass;                     // of the loop, from 0
};

struct Block
{
    int lengthSamples = 0;
    bool playing = false;
    std::int64_t runSample = 0;   // samples processed before this block, counted from the start of the transport
    double projectPpq = 0.0;      // of its first sample, exact
    double reportedPpq = 0.0;     // what the play head says
    double bpm = 0.0;
    std::vector<Segment> segments; // empty while the transport is stopped
};

class Timeline
{
public:
    explicit Timeline (const Options& options);

    const TempoMap& tempoMap() const noexcept { return tempo; }

    /// A block before the transport starts or after it stopped; project time stands.
    Block stopped (int wantedSamples);

    /// The next block of the run; shorter than wanted where the run, or an uncrossable loop, ends.
    Block playing (int wantedSamples);

    bool finished() const noexcept { return playedSamples >= runLengthSamples; }

    double projectPpqAt (const Block& block, int offsetSamples) const;
    double timelinePpqAt (const Block& block, int offsetSamples) const;

    double barQuarters() const noexcept { return quartersPerBar; }

private:
    Block begin (bool isPlaying) const;
    double reported (double positionPpq) const;

    TempoMap tempo;
    std::optional<Loop> loop;
    bool blocksCrossLoopEnd;
    int ppqTicks;
    double quartersPerBar;
    std::int64_t startSample;
    std::int64_t runLengthSamples;
    std::int64_t loopStartSample = 0;
    std::int64_t loopEndSample = 0;

    std::int64_t projectSample;
    std::int64_t playedSamples = 0;
    std::int64_t runSample = 0;
    int pass = 0;
};

} // namespace host

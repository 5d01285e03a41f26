#include "Timeline.h"

#include <algorithm>
#include <cmath>

namespace host
{

Timeline::Timeline (const Options& options)
    : tempo (options.tempo, options.sampleRateHz),
      loop (options.loop),
      blocksCrossLoopEnd (options.blocksCrossLoopEnd),
      ppqTicks (options.ppqTicks),
      quartersPerBar (4.0 * options.numerator / options.denominator),
      startSample (tempo.nearestSampleAt (options.startPpq)),
      runLengthSamples (tempo.nearestSampleAt (options.stopPpq) - startSample),
      projectSample (startSample)
{
    if (! loop)
        return;

    loopStartSample = tempo.nearestSampleAt (loop->startPpq);
    loopEndSample = tempo.nearestSampleAt (loop->endPpq);
}

double Timeline::reported (double positionPpq) const
{
    return ppqTicks == 0 ? positionPpq : std::round (positionPpq * ppqTicks) / ppqTicks;
}

Block Timeline::begin (bool isPlaying) const
{
    Block block;
    block.playing = isPlaying;
    block.runSample = runSample;
    block.projectPpq = tempo.ppqAt (projectSample);
    block.reportedPpq = reported (block.projectPpq);
    block.bpm = tempo.bpmAt (block.projectPpq);
    return block;
}

Block Timeline::stopped (int wantedSamples)
{
    auto block = begin (false);
    block.lengthSamples = wantedSamples;

    if (playedSamples > 0)
        runSample += wantedSamples; // after the run, so that late events stay in order

    return block;
}

Block Timeline::playing (int wantedSamples)
{
    auto block = begin (true);
    const auto untilStop = runLengthSamples - playedSamples;
    auto remaining = static_cast<int> (std::min<std::int64_t> (wantedSamples, untilStop));

    while (remaining > 0)
    {
        const auto loopLiesAhead = loop && projectSample < loopEndSample;
        const auto length = loopLiesAhead ? static_cast<int> (std::min<std::int64_t> (remaining, loopEndSample - projectSample))
                                          : remaining;

        block.segments.push_back ({ block.lengthSamples, length, projectSample, startSample + playedSamples, pass });
        block.lengthSamples += length;
        remaining -= length;
        projectSample += length;
        playedSamples += length;
        runSample += length;

        if (! loopLiesAhead || projectSample < loopEndSample)
            continue;

        projectSample = loopStartSample;
        ++pass;

        if (! blocksCrossLoopEnd)
            break;
    }

    return block;
}

double Timeline::projectPpqAt (const Block& block, int offsetSamples) const
{
    if (block.segments.empty())
        return block.projectPpq;

    const auto* current = &block.segments.front();

    for (const auto& segment : block.segments)
        if (segment.offsetSamples <= offsetSamples)
            current = &segment;

    return tempo.ppqAt (current->projectSample + offsetSamples - current->offsetSamples);
}

double Timeline::timelinePpqAt (const Block& block, int offsetSamples) const
{
    auto blockPass = pass;

    for (const auto& segment : block.segments)
        if (segment.offsetSamples <= offsetSamples)
            blockPass = segment.pass;

    const auto loopQuarters = loop ? loop->endPpq - loop->startPpq : 0.0;
    return projectPpqAt (block, offsetSamples) + blockPass * loopQuarters;
}

} // namespace host

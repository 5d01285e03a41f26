#include "TempoMap.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace host
{

TempoMap::TempoMap (std::vector<TempoStep> steps, double sampleRateHz)
{
    if (steps.empty())
        throw std::invalid_argument ("a tempo map needs a tempo");

    std::ranges::sort (steps, {}, &TempoStep::positionPpq);

    for (const auto& step : steps)
    {
        const auto positionSamples = segments.empty() ? step.positionPpq * 60.0 * sampleRateHz / step.bpm
                                                      : samplesAt (step.positionPpq);
        segments.push_back ({ step.positionPpq, positionSamples, 60.0 * sampleRateHz / step.bpm, step.bpm });
    }
}

double TempoMap::bpmAt (double positionPpq) const
{
    auto bpm = segments.front().bpm;

    for (const auto& segment : segments)
        if (segment.positionPpq <= positionPpq)
            bpm = segment.bpm;

    return bpm;
}

double TempoMap::samplesAt (double positionPpq) const
{
    const auto* current = &segments.front();

    for (const auto& segment : segments)
        if (segment.positionPpq <= positionPpq)
            current = &segment;

    return current->positionSamples + (positionPpq - current->positionPpq) * current->samplesPerQuarter;
}

std::int64_t TempoMap::nearestSampleAt (double positionPpq) const
{
    return std::llround (samplesAt (positionPpq));
}

double TempoMap::ppqAt (std::int64_t sample) const
{
    const auto position = static_cast<double> (sample);
    const auto* current = &segments.front();

    for (const auto& segment : segments)
        if (segment.positionSamples <= position)
            current = &segment;

    return current->positionPpq + (position - current->positionSamples) / current->samplesPerQuarter;
}

} // namespace host

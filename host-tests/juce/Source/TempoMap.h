// Musical time and samples: tempo steps, constant between them.
#pragma once

#include <cstdint>
#include <vector>

namespace host
{

struct TempoStep
{
    double positionPpq;
    double bpm; // quarter notes a minute
};

class TempoMap
{
public:
    /// The first tempo also holds before its position, so that negative (preroll) positions have one.
    TempoMap (std::vector<TempoStep> steps, double sampleRateHz);

    double bpmAt (double positionPpq) const;
    double samplesAt (double positionPpq) const;
    std::int64_t nearestSampleAt (double positionPpq) const;
    double ppqAt (std::int64_t sample) const;

private:
    struct Segment
    {
        double positionPpq;
        double positionSamples;
        double samplesPerQuarter;
        double bpm;
    };

    std::vector<Segment> segments;
};

} // namespace host

// The command line.
#pragma once

#include "TempoMap.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace host
{

struct Loop
{
    double startPpq;
    double endPpq;
};

/// "Name=Display text", or "Name=#0.5" for a normalised value.
struct ParameterSetting
{
    std::string name;
    std::string value;
    std::optional<double> positionPpq; // none: before the transport starts
};

struct Options
{
    std::string pluginPath;
    std::string motifPath;
    std::string midiOutPath;
    std::string jsonPath;
    std::string saveStatePath;
    std::string loadStatePath;

    std::vector<TempoStep> tempo { { 0.0, 120.0 } };
    int numerator = 4;
    int denominator = 4;
    double sampleRateHz = 48000.0;

    int blockSamples = 512; // the largest block
    std::optional<std::uint32_t> randomBlocksSeed;

    double startPpq = 0.0;
    double stopPpq = 16.0;
    double motifAtPpq = 0.0;
    bool live = false; // the motif is played once by hand, not a region that comes again in each loop pass
    std::optional<Loop> loop;
    bool blocksCrossLoopEnd = false;
    int ppqTicks = 0; // the play head's ppq is rounded to 1/ppqTicks, 0: exact

    std::vector<ParameterSetting> settings;
    double settleSeconds = 0.0;

    bool offline = false;
    bool realtime = false;
    int instances = 1;
    bool window = false; // the plugin's editor is shown, and lines on standard input say what to do
};

/// Throws std::invalid_argument with a sentence for the user.
Options parseOptions (const std::vector<std::string>& arguments);

extern const char* const usage;

} // namespace host

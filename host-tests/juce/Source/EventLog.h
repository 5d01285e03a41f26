// MIDI events with their place in the run.
#pragma once

#include "Timeline.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <vector>

namespace host
{

struct LoggedEvent
{
    std::int64_t runSample; // from the start of the transport
    double projectPpq;
    double timelinePpq;     // not wrapped by the loop
    bool playing;
    juce::MidiMessage message;
};

/// Appends the events of a block, in the buffer's order.
void append (std::vector<LoggedEvent>& log, const juce::MidiBuffer& events, const Block& block, const Timeline& timeline);

/// Timeline position, counted from the run's start, at 960 ticks a quarter.
juce::MidiFile toMidiFile (const std::vector<LoggedEvent>& log, double startPpq, double bpm, int numerator, int denominator);

} // namespace host

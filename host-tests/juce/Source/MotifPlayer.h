// Plays the notes of a MIDI file into the blocks, as a region on a track or as a hand would.
#pragma once

#include "Options.h"
#include "Timeline.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <set>
#include <utility>
#include <vector>

namespace host
{

class MotifPlayer
{
public:
    /// Throws std::runtime_error where the file cannot be read. No file: nothing is played.
    MotifPlayer (const Options& options, const TempoMap& tempo);

    juce::MidiBuffer eventsOf (const Block& block);

private:
    struct Event
    {
        std::int64_t sample;
        juce::MidiMessage message;
    };

    void play (const juce::MidiMessage& message, int offsetSamples, juce::MidiBuffer& buffer);
    void releaseSounding (int offsetSamples, juce::MidiBuffer& buffer);

    bool live;
    std::vector<Event> events;
    std::set<std::pair<int, int>> sounding; // channel, pitch
    int currentPass = 0;
};

} // namespace host

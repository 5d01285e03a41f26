#include "EventLog.h"

#include <cmath>

namespace host
{

void append (std::vector<LoggedEvent>& log, const juce::MidiBuffer& events, const Block& block, const Timeline& timeline)
{
    for (const auto event : events)
    {
        const auto offset = event.samplePosition;
        log.push_back ({ block.runSample + offset,
                         timeline.projectPpqAt (block, offset),
                         timeline.timelinePpqAt (block, offset),
                         block.playing,
                         event.getMessage() });
    }
}

juce::MidiFile toMidiFile (const std::vector<LoggedEvent>& log, double startPpq, double bpm, int numerator, int denominator)
{
    constexpr int ticksPerQuarter = 960;
    juce::MidiMessageSequence track;
    track.addEvent (juce::MidiMessage::tempoMetaEvent (juce::roundToInt (60.0e6 / bpm)));
    track.addEvent (juce::MidiMessage::timeSignatureMetaEvent (numerator, denominator));

    for (const auto& event : log)
        track.addEvent (event.message.withTimeStamp (std::round ((event.timelinePpq - startPpq) * ticksPerQuarter)));

    juce::MidiFile file;
    file.setTicksPerQuarterNote (ticksPerQuarter);
    file.addTrack (track);
    return file;
}

} // namespace host

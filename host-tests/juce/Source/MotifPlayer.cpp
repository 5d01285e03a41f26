#include "MotifPlayer.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace host
{

MotifPlayer::MotifPlayer (const Options& options, const TempoMap& tempo) : live (options.live)
{
    if (options.motifPath.empty())
        return;

    juce::FileInputStream stream { juce::File::getCurrentWorkingDirectory().getChildFile (options.motifPath) };
    juce::MidiFile file;

    if (! stream.openedOk() || ! file.readFrom (stream) || file.getTimeFormat() <= 0)
        throw std::runtime_error ("not a MIDI file with musical time: " + options.motifPath);

    for (int track = 0; track < file.getNumTracks(); ++track)
    {
        for (const auto* holder : *file.getTrack (track))
        {
            const auto& message = holder->message;

            if (message.isMetaEvent() || message.isSysEx())
                continue;

            const auto positionPpq = options.motifAtPpq + message.getTimeStamp() / file.getTimeFormat();
            events.push_back ({ tempo.nearestSampleAt (positionPpq), message });
        }
    }

    std::ranges::stable_sort (events, [] (const Event& a, const Event& b)
    {
        if (a.sample != b.sample)
            return a.sample < b.sample;

        return a.message.isNoteOff() && ! b.message.isNoteOff();
    });
}

juce::MidiBuffer MotifPlayer::eventsOf (const Block& block)
{
    juce::MidiBuffer buffer;

    if (! block.playing)
        releaseSounding (0, buffer);

    for (const auto& segment : block.segments)
    {
        // A track's region starts anew in every pass; its sounding notes end with the pass.
        if (! live && segment.pass != currentPass)
            releaseSounding (segment.offsetSamples, buffer);

        currentPass = segment.pass;
        const auto first = live ? segment.timelineSample : segment.projectSample;

        for (const auto& event : events)
            if (event.sample >= first && event.sample < first + segment.lengthSamples)
                play (event.message, segment.offsetSamples + static_cast<int> (event.sample - first), buffer);
    }

    return buffer;
}

void MotifPlayer::play (const juce::MidiMessage& message, int offsetSamples, juce::MidiBuffer& buffer)
{
    const auto key = std::pair { message.getChannel(), message.getNoteNumber() };

    // The loop may begin inside a note: its end belongs to no beginning.
    if (message.isNoteOff() && sounding.erase (key) == 0)
        return;

    if (message.isNoteOn())
        sounding.insert (key);

    buffer.addEvent (message, offsetSamples);
}

void MotifPlayer::releaseSounding (int offsetSamples, juce::MidiBuffer& buffer)
{
    for (const auto& [channel, pitch] : sounding)
        buffer.addEvent (juce::MidiMessage::noteOff (channel, pitch), offsetSamples);

    sounding.clear();
}

} // namespace host

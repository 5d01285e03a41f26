namespace MidiMuse.Editor.Advice;

/// <summary>
/// How a host brings a plugin's MIDI output to a sound, in its own words. Sources: the hosts' manuals and forums, as
/// collected in plugin/docs/HOST-QUIRKS.md.
/// </summary>
internal static class HostRouting
{
    private static readonly (string NamePart, string Steps)[] Hosts =
    [
        ("live", "In Live: on a MIDI track with an instrument set MIDI From to this track, choose MidiMuse below it, and set Monitor to In."),
        ("fl studio", "In FL Studio: give MidiMuse and the instrument the same port number, MidiMuse as output port, the instrument as input port."),
        ("cubase", "In Cubase: on a MIDI or instrument track choose MidiMuse as the input and switch its monitor on."),
        ("nuendo", "In Nuendo: on a MIDI or instrument track choose MidiMuse as the input and switch its monitor on."),
        ("reaper", "In REAPER: put the instrument after MidiMuse on the same track, or send this track's MIDI to the instrument's track."),
        ("bitwig", "In Bitwig: on the instrument's track add a Note Receiver and choose MidiMuse's track as its source."),
        ("studio one", "In Studio One: on the instrument's track choose MidiMuse as the input and switch monitoring on."),
        ("ardour", "In Ardour: put the instrument after MidiMuse on the same track, or connect MidiMuse's MIDI output to it."),
        ("carla", "In Carla: connect MidiMuse's events-out to the instrument's events-in."),
        ("waveform", "In Waveform: put the instrument after MidiMuse on the same track."),
        ("renoise", "In Renoise: in MidiMuse's instrument settings choose the instrument that its MIDI output plays."),
    ];

    public static string Of(string hostName)
    {
        foreach (var (namePart, steps) in Hosts)
        {
            if (hostName.Contains(namePart, StringComparison.OrdinalIgnoreCase))
                return steps;
        }
        return "Route MidiMuse's MIDI output to a track with an instrument. Dragging the answer out as a clip works everywhere.";
    }
}

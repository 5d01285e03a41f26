using System.Globalization;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Time;

namespace MidiMuse.Host.Motifs;

/// <summary>
/// Writes notes as text: "c4q e4e. g#4s | c4+e4+g4h rq". A note is pitches joined by +, or r for a rest, then a length:
/// w h q e s t (whole to thirty-second), dotted with a point. Bar lines are checked.
/// </summary>
public static class NoteText
{
    private static readonly Dictionary<char, int> SemitonesOfStep =
        new() { ['c'] = 0, ['d'] = 2, ['e'] = 4, ['f'] = 5, ['g'] = 7, ['a'] = 9, ['b'] = 11 };

    /// <param name="velocity">Of a note on a weak place; strong ones are louder.</param>
    /// <param name="channel">0..15.</param>
    /// <exception cref="FormatException">A token is no note, or a bar does not add up.</exception>
    public static IReadOnlyList<ClipNote> Parse(string text, Meter meter, int velocity = 80, int channel = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        var notes = new List<ClipNote>();
        var ppq = 0.0;
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (token == "|")
            {
                if (Math.Abs(Math.IEEERemainder(ppq, meter.BarPpq)) > 1e-9)
                    throw new FormatException($"A bar of \"{text}\" ends at {ppq.ToString(CultureInfo.InvariantCulture)} quarters.");
                continue;
            }
            var (pitches, durationPpq) = Split(token);
            notes.AddRange(pitches.Select(pitch => new ClipNote(Tick(ppq), Tick(durationPpq), pitch, Accent(velocity, ppq, meter, notes.Count), channel)));
            ppq += durationPpq;
        }
        return notes;
    }

    private static (List<int> Pitches, double DurationPpq) Split(string token)
    {
        var isDotted = token.EndsWith('.');
        var body = isDotted ? token[..^1] : token;
        if (body.Length < 2)
            throw new FormatException($"\"{token}\" is no note.");
        var duration = body[^1] switch
        {
            'w' => 4.0,
            'h' => 2.0,
            'q' => 1.0,
            'e' => 0.5,
            's' => 0.25,
            't' => 0.125,
            _ => throw new FormatException($"\"{token}\" has no length."),
        };
        List<int> pitches = body[..^1] == "r" ? [] : [.. body[..^1].Split('+').Select(Pitch)];
        return (pitches, isDotted ? duration * 1.5 : duration);
    }

    /// <summary>"f#4" is 66; c4 is 60.</summary>
    private static int Pitch(string name)
    {
        var alteration = name.Length < 2 ? 0 : name[1] == '#' ? 1 : name[1] == 'b' ? -1 : 0;
        var octaveText = name.AsSpan(Math.Min(name.Length, alteration == 0 ? 1 : 2));
        return name.Length > 0
            && SemitonesOfStep.TryGetValue(name[0], out var semitones)
            && int.TryParse(octaveText, NumberStyles.Integer, CultureInfo.InvariantCulture, out var octave)
            ? ((octave + 1) * 12) + semitones + alteration
            : throw new FormatException($"\"{name}\" is no pitch.");
    }

    /// <summary>Down beats and beats are louder, and no two notes quite the same, as when somebody plays.</summary>
    private static int Accent(int velocity, double ppq, Meter meter, int index)
    {
        var inBar = ppq % meter.BarPpq;
        var isOnBeat = Math.Abs(Math.IEEERemainder(inBar, meter.BeatPpq)) < 1e-9;
        var accent = inBar < 1e-9 ? 14 : isOnBeat ? 6 : 0;
        return Math.Clamp(velocity + accent + ((index * 7 % 5) - 2), 1, 127);
    }

    private static long Tick(double ppq) => (long)Math.Round(ppq * Clip.DefaultTicksPerQuarter);
}

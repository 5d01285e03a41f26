using System.Globalization;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Testing;

/// <summary>
/// Short phrases in letters: <c>c4q e4q g4h r4q c4+e4+g4w</c>. A note is a name (with # or b), an octave (c4 is
/// MIDI 60) and a length: w, h, q, e, s, t (32nd), with a dot for half as much again. r rests; + makes chords.
/// </summary>
public static class Phrase
{
    public static TimelineNote[] Parse(string text, double startPpq = 0, byte velocity = 80, byte channel = 0)
    {
        var notes = new List<TimelineNote>();
        var positionPpq = startPpq;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var length = LengthPpq(word);
            foreach (var name in word.Split('+'))
            {
                if (name[0] != 'r')
                    notes.Add(new TimelineNote(positionPpq, positionPpq + (length * 0.95), channel, (byte)Pitch(name), velocity));
            }
            positionPpq += length;
        }
        return [.. notes];
    }

    private static int Pitch(string name)
    {
        var pitch = "c d ef g a b".IndexOf(name[0], StringComparison.Ordinal);
        var index = 1;
        if (name[index] == '#')
            (pitch, index) = (pitch + 1, index + 1);
        else if (name[index] == 'b')
            (pitch, index) = (pitch - 1, index + 1);
        return pitch + (12 * (int.Parse(name.AsSpan(index, 1), CultureInfo.InvariantCulture) + 1));
    }

    private static double LengthPpq(string word)
    {
        var dotted = word[^1] == '.';
        var length = word[dotted ? ^2 : ^1] switch
        {
            'w' => 4,
            'h' => 2,
            'q' => 1,
            'e' => 0.5,
            's' => 0.25,
            't' => 0.125,
            var other => throw new ArgumentException($"'{other}' is not a length."),
        };
        return dotted ? length * 1.5 : length;
    }
}

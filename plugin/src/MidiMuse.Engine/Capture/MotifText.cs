using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Capture;

/// <summary>
/// A motif as one line of text, so that it can be a text setting: meter, bars and channel, then each note as
/// onset:duration:pitch:velocity in grid ticks (24 a quarter) from the first bar line.
/// <c>4/4 1 bars ch 1 | 0:24:60:80 24:24:62:80</c>
/// </summary>
public static class MotifText
{
    private const int MostBars = 64;

    private const int MostNotes = 4096;

    public static string Write(Motif motif)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{motif.Meter} {motif.Bars} bars ch {motif.Channel + 1} |");
        foreach (var note in motif.ToGrid())
            text.Append(CultureInfo.InvariantCulture, $" {note.OnsetTick}:{note.DurationTicks}:{note.Pitch}:{note.Velocity}");
        return text.ToString();
    }

    /// <summary>The motif from position 0 on; false where the text is none.</summary>
    public static bool TryParse(string text, out Motif? motif)
    {
        motif = null;
        var halves = text.Split('|');
        if (halves.Length != 2)
            return false;
        var words = halves[0].Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 6 || words[3] != "bars" || words[4] != "ch"
            || !TryRead(words[0], 1, 64, out var numerator) || !TryRead(words[1], 1, 64, out var denominator) || !Meter.IsValid(numerator, denominator)
            || !TryRead(words[2], 1, MostBars, out var bars) || !TryRead(words[5], 1, 16, out var channel))
            return false;
        var meter = new Meter(numerator, denominator);
        if (!TryReadNotes(halves[1], GridTime.ToTick(bars * meter.BarPpq), (byte)(channel - 1), out var notes))
            return false;
        motif = new Motif(0, bars * meter.BarPpq, meter, notes);
        return true;
    }

    private static bool TryReadNotes(string text, long endTick, byte channel, out ImmutableArray<TimelineNote> notes)
    {
        var read = ImmutableArray.CreateBuilder<TimelineNote>();
        notes = [];
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split(':');
            if (parts.Length != 4 || read.Count == MostNotes
                || !TryRead(parts[0], 0, (int)endTick - 1, out var onset) || !TryRead(parts[1], 1, (int)endTick, out var duration)
                || !TryRead(parts[2], 0, 127, out var pitch) || !TryRead(parts[3], 1, 127, out var velocity))
                return false;
            read.Add(new TimelineNote(GridTime.ToPpq(onset), GridTime.ToPpq(onset + duration), channel, (byte)pitch, (byte)velocity));
        }
        if (read.Count == 0)
            return false;
        read.Sort(static (a, b) => (a.OnsetPpq, a.Pitch).CompareTo((b.OnsetPpq, b.Pitch)));
        notes = read.ToImmutable();
        return true;
    }

    private static bool TryRead(string text, int lowest, int highest, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= lowest && value <= highest;
}

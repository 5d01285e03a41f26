using System.Globalization;

namespace MidiMuse.Engine.Answers;

/// <summary>A note of the answer, by what tells it from the others.</summary>
/// <param name="OnsetPpq">Project position.</param>
public readonly record struct NoteRef(double OnsetPpq, byte Pitch)
{
    /// <summary>Positions are written with this many decimals, below a sample at any tempo.</summary>
    private const double TolerancePpq = 1e-4;

    public static NoteRef Of(in TimelineNote note) => new(note.OnsetPpq, note.Pitch);

    public bool Is(in TimelineNote note) => note.Pitch == Pitch && Math.Abs(note.OnsetPpq - OnsetPpq) < TolerancePpq;

    /// <summary>"17.5:64".</summary>
    public static bool TryParse(string text, out NoteRef note)
    {
        note = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !double.TryParse(text.AsSpan(0, colon), NumberStyles.Float, CultureInfo.InvariantCulture, out var onset) || !double.IsFinite(onset)
            || !byte.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var pitch) || pitch > 127)
            return false;
        note = new NoteRef(onset, pitch);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{OnsetPpq:0.#####}:{Pitch}");
}

/// <summary>Bars of an answer, both included, counted from 0.</summary>
public readonly record struct BarRange(int First, int Last)
{
    public bool Contains(int bar) => bar >= First && bar <= Last;

    /// <summary>"3" or "1-2", counted from 1.</summary>
    public static bool TryParse(string text, out BarRange range)
    {
        range = default;
        var parts = text.Split('-', 2);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) || first < 1)
            return false;
        var last = first;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out last) || last < first))
            return false;
        range = new BarRange(first - 1, last - 1);
        return true;
    }
}

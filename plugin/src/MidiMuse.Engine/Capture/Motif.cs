using System.Collections.Immutable;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Capture;

/// <summary>
/// What the player played, from the bar line where it began to the bar line where the answer begins. What was played
/// on while an accompaniment went with it are notes after the end. Immutable.
/// </summary>
public sealed record Motif(double StartPpq, double EndPpq, Meter Meter, ImmutableArray<TimelineNote> Notes)
{
    public int Bars => Math.Max(1, (int)Math.Round((EndPpq - StartPpq) / Meter.BarPpq));

    /// <summary>The channel that most notes came on.</summary>
    public byte Channel => Notes.IsEmpty
        ? (byte)0
        : Notes.GroupBy(note => note.Channel).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;

    /// <summary>The same, elsewhere on the timeline.</summary>
    public Motif MovedBy(double ppq) => ppq == 0 ? this : this with
    {
        StartPpq = StartPpq + ppq,
        EndPpq = EndPpq + ppq,
        Notes = [.. Notes.Select(note => note with { OnsetPpq = note.OnsetPpq + ppq, EndPpq = note.EndPpq + ppq })],
    };

    /// <summary>The notes on the grid, from the motif's start, sorted by onset, then pitch, without duplicates.</summary>
    public GridNote[] ToGrid() => PhraseGrid.Quantise(Notes.AsSpan(), StartPpq, EndPpq);
}

using System.Runtime.InteropServices;
using MidiMuse.Core.Events;

namespace MidiMuse.Models.Shards;

/// <summary>
/// A phrase as rows of a training shard: the Start event, one row a note, the End target where the piece is over,
/// and padding. uint8 [<see cref="Rows"/>, <see cref="Columns"/>]: the columns of the note event, then its conditions.
/// </summary>
public static class Segment
{
    public const int MostNotes = 256;

    public const int Rows = MostNotes + 1;

    public const int Columns = EventRow.Columns;

    public const int Bytes = Rows * Columns;

    /// <summary>Fills the rows after the last one, and the columns of the End row that mean nothing.</summary>
    public const byte Padding = 255;

    /// <param name="rows">Receives <see cref="Bytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The phrase has more than <see cref="MostNotes"/> notes.</exception>
    public static void Write(Phrase phrase, Span<byte> rows)
    {
        if (phrase.Notes.Count > MostNotes)
            throw new ArgumentException($"{phrase.Notes.Count} notes do not fit into a segment of {MostNotes}.", nameof(phrase));
        rows[..Bytes].Fill(Padding);
        var events = Events(phrase);
        var conditions = Conditions(phrase, events);
        for (var i = 0; i < events.Length; i++)
        {
            MemoryMarshal.Write(rows[(i * Columns)..], events[i]);
            MemoryMarshal.Write(rows[((i * Columns) + NoteEvent.Columns)..], conditions[i]);
        }
        if (phrase.EndsPiece && phrase.Notes.Count < MostNotes)
            rows[events.Length * Columns] = NoteEventVocabulary.TimeShiftEnd;
    }

    /// <summary>What holds at each event's onset.</summary>
    public static ConditionRow[] Conditions(Phrase phrase, ReadOnlySpan<NoteEvent> events)
    {
        var lane = PhraseConditions.Of(phrase);
        var rows = new ConditionRow[events.Length];
        long tick = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            tick += i == 0 ? 0 : NoteEventVocabulary.TimeShiftToTicks(events[i].TimeShift);
            rows[i] = ConditionRow.Of(lane.At(tick));
        }
        return rows;
    }

    /// <summary>The Start event, then one event a note.</summary>
    public static NoteEvent[] Events(Phrase phrase)
    {
        var events = new NoteEvent[phrase.Notes.Count + 1];
        var encoder = new NoteEventEncoder(phrase.Context);
        events[0] = encoder.Start;
        for (var i = 0; i < phrase.Notes.Count; i++)
            events[i + 1] = encoder.Encode(phrase.Notes[i], phrase.VelocityIsKnown);
        return events;
    }
}

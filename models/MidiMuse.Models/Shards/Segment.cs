using System.Runtime.InteropServices;
using MidiMuse.Core.Events;

namespace MidiMuse.Models.Shards;

/// <summary>
/// A phrase as rows of a training shard: the Start event, one row a note, the End target where the piece is over,
/// and padding. uint8 [<see cref="Rows"/>, <see cref="NoteEvent.Columns"/>].
/// </summary>
public static class Segment
{
    public const int MostNotes = 256;

    public const int Rows = MostNotes + 1;

    public const int Bytes = Rows * NoteEvent.Columns;

    /// <summary>Fills the rows after the last one, and the columns of the End row that mean nothing.</summary>
    public const byte Padding = 255;

    /// <param name="rows">Receives <see cref="Bytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The phrase has more than <see cref="MostNotes"/> notes.</exception>
    public static void Write(Phrase phrase, Span<byte> rows)
    {
        if (phrase.Notes.Count > MostNotes)
            throw new ArgumentException($"{phrase.Notes.Count} notes do not fit into a segment of {MostNotes}.", nameof(phrase));
        rows[..Bytes].Fill(Padding);
        var events = MemoryMarshal.Cast<byte, NoteEvent>(rows[..Bytes]);
        Events(phrase).CopyTo(events);
        if (phrase.EndsPiece && phrase.Notes.Count < MostNotes)
            events[phrase.Notes.Count + 1] = events[phrase.Notes.Count + 1] with { TimeShift = NoteEventVocabulary.TimeShiftEnd };
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

using System.Runtime.InteropServices;
using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Shards;
using MidiMuse.Models.Tests.Corpus;

namespace MidiMuse.Models.Tests.Shards;

public class PhraseCutterTests
{
    private const int Pieces = 40;

    [Fact]
    public void What_a_segment_decodes_to_is_what_was_encoded()
    {
        foreach (var (seed, _, phrase) in RandomPhrases())
        {
            var rows = new byte[Segment.Bytes];
            Segment.Write(phrase, rows);
            var decoded = Decode(EventsOf(rows), phrase.Notes.Count);
            var expected = phrase.Notes.Select(n => (n.OnsetTick, n.DurationTicks, n.Pitch, n.Velocity >> 2));
            Assert.True(expected.SequenceEqual(decoded), $"Seed {seed}: another music came back.");
        }
    }

    [Fact]
    public void Phrases_begin_in_the_bar_of_their_first_note_and_keep_to_the_limit()
    {
        foreach (var (seed, _, phrase) in RandomPhrases())
        {
            Assert.True(phrase.Notes[0].OnsetTick < phrase.Context.Meter.BarTicks, $"Seed {seed}: begins with an empty bar.");
            Assert.InRange(phrase.Notes.Count, PhraseCutter.FewestNotes, Segment.MostNotes);
        }
    }

    [Fact]
    public void No_note_of_a_long_stretch_is_lost_whatever_the_first_cut()
    {
        for (var seed = 0; seed < Pieces; seed++)
        {
            var piece = RandomPiece.Draw(seed) with { Meters = [new MeterChange(0, new Meter(7, 8))] };
            var part = Part.Of(piece).First();
            var expected = PhraseCutter.OnGrid(part.Notes, MeterStretch.Of(piece).Single()).Count;
            var cut = new PhraseCutter(Segment.MostNotes).Cut(piece, part, 64 + seed).Sum(p => p.Notes.Count);
            Assert.True(cut >= expected - PhraseCutter.FewestNotes * 20, $"Seed {seed}: {cut} of {expected} notes.");
        }
    }

    [Fact]
    public void A_phrase_stays_in_its_meter_and_takes_the_key_of_its_place()
    {
        var phrases = Cut(TinyCorpus.Parse(TinyCorpus.TwoMeters)[0], Role.Melody);
        Assert.Equal([new Meter(3, 4), new Meter(4, 4)], phrases.Select(p => p.Context.Meter));
        Assert.All(phrases, p => Assert.Equal(new Key(7, Mode.Major), p.Context.Key));
        Assert.Equal([0L, 24, 48, 72, 96, 120, 144, 168], phrases[0].Notes.Select(n => n.OnsetTick));
        Assert.Equal([0L, 24, 48, 72, 96, 120], phrases[1].Notes.Select(n => n.OnsetTick));
    }

    [Fact]
    public void Only_the_piece_s_last_note_is_followed_by_the_End_event()
    {
        var phrases = Cut(TinyCorpus.Parse(TinyCorpus.TwoMeters)[0], Role.Melody);
        Assert.Equal([false, true], phrases.Select(p => p.EndsPiece));
        var rows = new byte[Segment.Bytes];
        Segment.Write(phrases[1], rows);
        Assert.Equal(NoteEventVocabulary.TimeShiftStart, rows[0]);
        Assert.Equal(NoteEventVocabulary.TimeShiftEnd, rows[7 * Segment.Columns]);
        Assert.All(rows.Skip((7 * Segment.Columns) + 1), b => Assert.Equal(Segment.Padding, b));
        Segment.Write(phrases[0], rows);
        Assert.Equal(Segment.Padding, rows[9 * Segment.Columns]);
    }

    [Fact]
    public void Constant_velocity_is_written_as_unknown()
    {
        var rows = new byte[Segment.Bytes];
        Segment.Write(Cut(TinyCorpus.Parse(TinyCorpus.TwoMeters)[0], Role.Melody)[0], rows);
        Assert.Equal(NoteEventVocabulary.VelocityUnknown, EventsOf(rows)[1].Velocity);
        Segment.Write(Cut(TinyCorpus.Parse(TinyCorpus.OtherTier)[0], Role.Drums)[0], rows);
        Assert.Equal(25, EventsOf(rows)[1].Velocity);
    }

    [Fact]
    public void Both_hands_of_a_piano_are_one_part()
    {
        var piece = RandomPiece.Draw(1);
        var parts = Part.Of(piece).ToList();
        Assert.Equal([Role.Piano, Role.Drums], parts.Select(p => p.Role));
        Assert.Equal(piece.Tracks[0].Notes.Count + piece.Tracks[1].Notes.Count, parts[0].Notes.Count);
    }

    [Theory]
    [InlineData(0, Mode.Major, new[] { 60, 64, 67, 72, 65, 69, 67, 60 })]
    [InlineData(0, Mode.Minor, new[] { 57, 60, 64, 69, 62, 65, 68, 57 })]
    [InlineData(-3, Mode.Minor, new[] { 60, 63, 67, 72, 65, 68, 71, 60 })]
    public void The_mode_of_a_bare_signature_follows_the_notes(int fifths, Mode expected, int[] pitches) =>
        Assert.Equal(expected, RelativeMode.Of(fifths, [.. pitches.Select((p, i) => new GridNote(i * 24, 24, p, 80))]));

    private static List<Phrase> Cut(Piece piece, Role role) =>
        [.. new PhraseCutter(Segment.MostNotes).Cut(piece, Part.Of(piece).Single(p => p.Role == role), Segment.MostNotes)];

    private static IEnumerable<(int Seed, Piece Piece, Phrase Phrase)> RandomPhrases()
    {
        var cutter = new PhraseCutter(Segment.MostNotes);
        for (var seed = 0; seed < Pieces; seed++)
        {
            var piece = RandomPiece.Draw(seed);
            foreach (var phrase in Part.Of(piece).SelectMany(part => cutter.Cut(piece, part, 64 + seed)))
                yield return (seed, piece, Exact(phrase));
        }
    }

    /// <summary>Moves onsets so that every time shift is one of the classes: rounding is tested with the encoder.</summary>
    private static Phrase Exact(Phrase phrase)
    {
        var notes = phrase.Notes.ToArray();
        long moved = 0;
        for (var i = 0; i < notes.Length; i++)
        {
            var shift = phrase.Notes[i].OnsetTick - (i == 0 ? 0 : phrase.Notes[i - 1].OnsetTick);
            moved += NoteEventVocabulary.TimeShiftToTicks(NoteEventVocabulary.TimeShiftFromTicks(shift));
            notes[i] = notes[i] with { OnsetTick = moved };
        }
        return phrase with { Notes = notes };
    }

    /// <summary>The first nine columns of every row.</summary>
    private static NoteEvent[] EventsOf(byte[] rows) =>
        [.. Enumerable.Range(0, Segment.Rows).Select(row => MemoryMarshal.Read<NoteEvent>(rows.AsSpan(row * Segment.Columns)))];

    private static List<(long Onset, int Duration, int Pitch, int Velocity)> Decode(ReadOnlySpan<NoteEvent> events, int count)
    {
        var notes = new List<(long, int, int, int)>();
        long tick = 0;
        foreach (var e in events.Slice(1, count))
        {
            tick += NoteEventVocabulary.TimeShiftToTicks(e.TimeShift);
            notes.Add((tick, NoteEventVocabulary.DurationToTicks(e.Duration), e.Pitch, e.Velocity));
        }
        return notes;
    }
}

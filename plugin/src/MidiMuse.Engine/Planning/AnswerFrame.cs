using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// What the bars of an answer are made from: the motif, and the phrase that begins with it. Project positions; a
/// change of meter makes another frame. Immutable.
/// </summary>
/// <param name="MotifGrid">The motif in ticks from its own start, for repetitions and variations.</param>
/// <param name="MotifTicks">Its length.</param>
/// <param name="Head">What the phrase holds before the answer's bars, in ticks from <paramref name="StartPpq"/>.</param>
/// <param name="StartPpq">Tick 0 of the phrase, a bar line.</param>
/// <param name="Meter">Of the bars that are planned.</param>
/// <param name="Part">What is accompanied; null where the motif is answered.</param>
public sealed record AnswerFrame(Motif Motif, GridNote[] MotifGrid, long MotifTicks, GridNote[] Head, double StartPpq, Meter Meter, HeardPart? Part = null)
{
    /// <summary>How many bars of the new meter the model remembers after a change.</summary>
    private const int RememberedBars = 4;

    private readonly Lazy<(Key Key, double Confidence)?> _heardKey = new(() => HeardKeyOf(Motif, Part?.Notes ?? MotifGrid));

    public byte Channel { get; } = Motif.Channel;

    /// <summary>The motif's key and how sure that is, 0..1; null for drums.</summary>
    public (Key Key, double Confidence)? HeardKey => _heardKey.Value;

    public int MotifBars => (int)Math.Max(1, MotifTicks / Meter.BarTicks);

    /// <summary>The same for every frame of one answer in one meter, however much of the part was heard.</summary>
    private object Answer { get; init; } = new();

    /// <summary>Null where the motif has no notes.</summary>
    /// <param name="mode">An accompaniment is a phrase of its own: it begins with its own first note, and hears on.</param>
    public static AnswerFrame? Of(Motif motif, AnswerMode mode)
    {
        var grid = motif.ToGrid();
        if (grid.Length == 0)
            return null;
        var ticks = Math.Max(1, GridTime.ToTick(motif.EndPpq - motif.StartPpq));
        return mode == AnswerMode.Accompany
            ? new AnswerFrame(motif, grid, ticks, [], motif.EndPpq, motif.Meter, HeardPart.Of(motif))
            : new AnswerFrame(motif, grid, ticks, grid, motif.StartPpq, motif.Meter);
    }

    /// <summary>More of the part that is accompanied was heard.</summary>
    /// <param name="motif">Everything heard, from the same start on.</param>
    public AnswerFrame HearOn(Motif motif, double heardUntilPpq) =>
        new(motif, MotifGrid, MotifTicks, Head, StartPpq, Meter, HeardPart.Of(motif, heardUntilPpq)) { Answer = Answer };

    public bool IsOfSameAnswer(AnswerFrame other) => ReferenceEquals(Answer, other.Answer);

    /// <summary>The meter changes at a bar line: the phrase begins a few of the new bars before it.</summary>
    public AnswerFrame WithMeter(Meter meter, double barLinePpq)
    {
        var startPpq = barLinePpq - (RememberedBars * meter.BarPpq);
        var ticks = Math.Max(1, (MotifTicks + (meter.BarTicks / 2)) / meter.BarTicks) * meter.BarTicks;
        return this with
        {
            Meter = meter,
            MotifTicks = ticks,
            StartPpq = startPpq,
            Head = Part is null ? PhraseGrid.Quantise(Motif.Notes.AsSpan(), startPpq, Motif.EndPpq) : [],
            Answer = new object(),
        };
    }

    public long TickOf(double ppq) => GridTime.ToTick(ppq - StartPpq);

    /// <summary>The phrase up to a bar: the head, and the bars of the answer before it.</summary>
    /// <param name="phrase">Receives the notes; cleared first.</param>
    public void FillPhrase(IReadOnlyList<AnswerBar> bars, int count, List<GridNote> phrase)
    {
        phrase.Clear();
        phrase.AddRange(Head);
        for (var i = 0; i < count; i++)
        {
            foreach (var note in bars[i].Notes)
            {
                if (Quantise(note) is { OnsetTick: >= 0 } onGrid)
                    phrase.Add(onGrid);
            }
        }
    }

    public GridNote Quantise(TimelineNote note)
    {
        var onset = TickOf(note.OnsetPpq);
        return new GridNote(onset, (int)Math.Max(1, TickOf(note.EndPpq) - onset), note.Pitch, note.Velocity);
    }

    private static (Key Key, double Confidence)? HeardKeyOf(Motif motif, GridNote[] grid)
    {
        if (motif.Channel == MotifCharacter.DrumChannel || KeyFinder.Find(grid) is not { } found)
            return null;
        return (found.Key, KeyFinder.Confidence(found.Lead));
    }
}

using MidiMuse.Core.Notes;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Planning;

/// <summary>One bar that is to be made: everything that its notes follow from. Project positions.</summary>
public readonly record struct BarPlan
{
    public required AnswerFrame Frame { get; init; }

    public required MusicSettings Settings { get; init; }

    public required double StartPpq { get; init; }

    public required double EndPpq { get; init; }

    /// <summary>Number of the bar in its answer.</summary>
    public required int BarIndex { get; init; }

    /// <summary>Which draw of the bar: the candidate, and how often it was made anew.</summary>
    public required int Draw { get; init; }

    /// <summary>Bars of the answer, of which those before <see cref="BarIndex"/> have been heard by then.</summary>
    public required IReadOnlyList<AnswerBar> Bars { get; init; }

    /// <summary>Notes of the bar that are decided already, in phrase ticks, sorted by onset, then pitch.</summary>
    public GridNote[] Given { get; init; } = [];

    /// <summary>Where new notes may begin, in phrase ticks; null = anywhere in the bar.</summary>
    public IReadOnlyList<(long FromTick, long UntilTick)>? Windows { get; init; }

    public BarPlan()
    {
    }

    public long StartTick => Frame.TickOf(StartPpq);

    public long EndTick => Frame.TickOf(EndPpq);

    /// <summary>The first bar of the answer after this one that exists already, or null.</summary>
    public AnswerBar? Next => BarIndex + 1 < Bars.Count ? Bars[BarIndex + 1] : null;

    /// <summary>Bars until the answer's end, this one included; null where nobody knows.</summary>
    public int? BarsLeft => Settings.AnswerBarsFor(Frame.MotifBars) is { } bars && BarIndex < bars ? bars - BarIndex : null;
}

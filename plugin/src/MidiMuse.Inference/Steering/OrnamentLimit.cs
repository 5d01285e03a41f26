using MidiMuse.Core.Notes;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// Ornaments stay ornaments: of steps shorter than a 32nd note a quarter has no more than people write, or than the motif
/// has. After a few grace notes in a row one more is all but certain to a network, and it does not find its way out: an
/// answer asked to be dense ran up and down the keyboard at a note each 20 ms.
/// </summary>
public sealed class OrnamentLimit : BarSteering
{
    /// <summary>Short steps in a row in 99 % of held-out segments of up to 256 notes (tier A): melody and inner voices 3, bass and chords 0.</summary>
    private const int MostOfLine = 3;

    /// <summary>The same of piano music, which has cadenzas.</summary>
    private const int MostOfPiano = 11;

    private const int ShortTicks = 2;
    private const int WindowTicks = 24;

    private readonly int _most;
    private readonly int _onsetsBefore;
    private readonly List<long> _onsets = [];

    /// <param name="role">Not drums: flams and rolls are played as they come.</param>
    /// <param name="motif">Sorted by onset.</param>
    /// <param name="phrase">Motif and answer so far.</param>
    /// <param name="startTick">Of the bar that is to be made.</param>
    public OrnamentLimit(Role role, ReadOnlySpan<GridNote> motif, IReadOnlyList<GridNote> phrase, long startTick)
        : this(Math.Max(role == Role.Piano ? MostOfPiano : MostOfLine, MostWithin(motif)))
    {
        foreach (var note in phrase)
        {
            if (note.OnsetTick >= startTick - WindowTicks && note.OnsetTick < startTick)
                Added(note);
        }
        _onsetsBefore = _onsets.Count;
    }

    private OrnamentLimit(int most) => _most = most;

    public override bool SuitsFinishedNotes => false;

    public override void Begin(long startTick, long endTick) => _onsets.RemoveRange(_onsetsBefore, _onsets.Count - _onsetsBefore);

    public override bool MayBegin(long tick)
    {
        if (_onsets.Count == 0 || tick == _onsets[^1] || tick - _onsets[^1] > ShortTicks)
            return true;
        return 1 + ShortSteps(tick) <= _most;
    }

    public override void Added(in GridNote note)
    {
        if (_onsets.Count == 0 || note.OnsetTick > _onsets[^1])
            _onsets.Add(note.OnsetTick);
    }

    private static int MostWithin(ReadOnlySpan<GridNote> motif)
    {
        var limit = new OrnamentLimit(0);
        var most = 0;
        foreach (var note in motif)
        {
            limit.Added(note);
            most = Math.Max(most, limit.ShortSteps(note.OnsetTick));
        }
        return most;
    }

    /// <summary>Among the onsets of the quarter up to a tick.</summary>
    private int ShortSteps(long tick)
    {
        var count = 0;
        for (var i = _onsets.Count - 1; i > 0 && _onsets[i - 1] >= tick - WindowTicks; i--)
        {
            if (_onsets[i] - _onsets[i - 1] <= ShortTicks)
                count++;
        }
        return count;
    }
}

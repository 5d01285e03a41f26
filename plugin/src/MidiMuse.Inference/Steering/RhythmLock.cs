using MidiMuse.Core.Notes;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// The motif's rhythm with new pitches: notes begin where the motif's do and last as long, chords have at most as
/// many notes. Where legato needs more voices than there are, the earlier note ends as the later one begins.
/// </summary>
public sealed class RhythmLock(MotifPattern motif, int maxPolyphony) : BarSteering
{
    private readonly List<GridNote> _notes = [];
    private readonly List<Attack> _attacks = [];

    public override void Begin(long startTick, long endTick)
    {
        // One bar more, because its first notes may need the voices of the last ones here.
        motif.CopyTo(startTick, endTick + (endTick - startTick), _notes);
        _attacks.Clear();
        foreach (var note in _notes)
        {
            if (_attacks.Count == 0 || _attacks[^1].OnsetTick != note.OnsetTick)
                _attacks.Add(new Attack(note.OnsetTick, note.EndTick, 1));
            else
                _attacks[^1] = new Attack(note.OnsetTick, Math.Max(_attacks[^1].EndTick, note.EndTick), Math.Min(maxPolyphony, _attacks[^1].Notes + 1));
        }
        for (var i = 1; i < _attacks.Count; i++)
            FreeVoices(i);
    }

    public override bool MayBegin(long tick) => Find(tick) is not null;

    public override long LatestOnset(in NextNote coming)
    {
        foreach (var attack in _attacks)
        {
            if (attack.OnsetTick >= coming.StartTick && attack.OnsetTick > coming.LastOnsetTick)
                return attack.OnsetTick;
        }
        return long.MaxValue;
    }

    public override int MostNotesAt(long tick) => Find(tick)?.Notes ?? 0;

    public override (int Shortest, int Longest) Durations(in NextNote coming)
    {
        if (Find(coming.OnsetTick) is not { } attack)
            return (1, int.MaxValue);
        var ticks = (int)Math.Max(1, attack.EndTick - attack.OnsetTick);
        return (ticks, ticks);
    }

    private Attack? Find(long tick)
    {
        foreach (var attack in _attacks)
        {
            if (attack.OnsetTick == tick)
                return attack;
        }
        return null;
    }

    private void FreeVoices(int index)
    {
        var onset = _attacks[index].OnsetTick;
        var voices = _attacks[index].Notes;
        for (var i = 0; i < index; i++)
            voices += _attacks[i].EndTick > onset ? _attacks[i].Notes : 0;
        for (var i = 0; i < index && voices > maxPolyphony; i++)
        {
            if (_attacks[i].EndTick <= onset)
                continue;
            voices -= _attacks[i].Notes;
            _attacks[i] = _attacks[i] with { EndTick = onset };
        }
    }

    private readonly record struct Attack(long OnsetTick, long EndTick, int Notes);
}

using MidiMuse.Core.Events;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Steering;

/// <summary>
/// The motif's contour with a new rhythm: note by note the line goes up, down or stays as the motif's highest notes
/// do (its Parsons code: Parsons, The Directory of Tunes and Musical Themes, 1975). The answer is a line. Only where
/// the permitted pitches end, or a repeated pitch is not permitted, does the line turn on its own.
/// </summary>
public sealed class ContourLock : BarSteering
{
    /// <summary>Nats for each semitone by which an interval differs in size from the motif's.</summary>
    private const double SizeNats = 0.5;

    /// <summary>Nats for each semitone away from the motif's pitch, so that the line does not drift out of the range.</summary>
    private const double DriftNats = 0.1;

    /// <summary>Nats against the very distance between onsets that the motif has at this point of its contour.</summary>
    private const double SameRhythmNats = 3;

    private readonly int[] _pitches;
    private readonly long[] _distances;
    private readonly int _firstIndex;
    private int _index;
    private long _lastOnsetTick;

    /// <param name="onsetsBefore">Onsets of the answer before this bar.</param>
    public ContourLock(MotifPattern motif, int onsetsBefore)
    {
        var pitches = new List<int>();
        var onsets = new List<long>();
        foreach (var note in motif.Notes)
        {
            if (onsets.Count > 0 && onsets[^1] == note.OnsetTick)
            {
                pitches[^1] = note.Pitch;
                continue;
            }
            onsets.Add(note.OnsetTick);
            pitches.Add(note.Pitch);
        }
        _pitches = [.. pitches];
        _distances = new long[_pitches.Length];
        for (var i = 0; i < _distances.Length; i++)
            _distances[i] = i == 0 ? onsets[0] + motif.LengthTicks - onsets[^1] : onsets[i] - onsets[i - 1];
        _firstIndex = _pitches.Length == 0 ? 0 : onsetsBefore % _pitches.Length;
    }

    public override void Begin(long startTick, long endTick)
    {
        _index = _firstIndex;
        _lastOnsetTick = long.MinValue;
    }

    public override int MostNotesAt(long tick) => 1;

    public override ClassMask LimitPitches(in NextNote coming, long tick, in ClassMask pitches)
    {
        if (_pitches.Length == 0 || coming.LastPitch < 0)
            return pitches;
        var kept = Math.Sign(Interval) switch
        {
            > 0 => pitches & ClassMask.Range(coming.LastPitch + 1, NoteEventVocabulary.PitchTargets - 1),
            < 0 => pitches & ClassMask.Range(0, coming.LastPitch - 1),
            _ => pitches & ClassMask.Range(coming.LastPitch, coming.LastPitch),
        };
        return kept.IsEmpty ? pitches : kept;
    }

    public override double OnsetNats(in NextNote coming, long tick)
    {
        if (_pitches.Length < 2 || coming.LastOnsetTick == long.MinValue)
            return 0;
        return tick - coming.LastOnsetTick == _distances[_index] ? -SameRhythmNats : 0;
    }

    public override void WeighPitches(in NextNote coming, Span<float> logits)
    {
        if (_pitches.Length == 0 || coming.LastPitch < 0)
            return;
        var size = Math.Abs(Interval);
        for (var pitch = 0; pitch < logits.Length; pitch++)
        {
            var difference = Math.Abs(Math.Abs(pitch - coming.LastPitch) - size);
            logits[pitch] -= (float)((SizeNats * difference) + (DriftNats * Math.Abs(pitch - _pitches[_index])));
        }
    }

    public override void Added(in Core.Notes.GridNote note)
    {
        if (_pitches.Length == 0 || note.OnsetTick == _lastOnsetTick)
            return;
        _lastOnsetTick = note.OnsetTick;
        _index = (_index + 1) % _pitches.Length;
    }

    /// <summary>The motif's interval to the note that is due, in semitones; to its first note from its last.</summary>
    private int Interval => _pitches[_index] - _pitches[(_index + _pitches.Length - 1) % _pitches.Length];
}

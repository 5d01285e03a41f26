namespace MidiMuse.Core.Audio;

/// <summary>
/// The most likely course of notes and silence through the frames: a Viterbi search over thirds of a semitone and
/// "no pitch", in the manner of the note models of Tony (Mauch et al., "Computer-aided melody note transcription
/// using the Tony software", TENOR 2015). Works forward with every frame; only the way back waits for the question.
/// </summary>
internal sealed class NoteTracker
{
    public const int BinsPerSemitone = 3;

    private const int Bins = ((PitchAnalysis.HighestPitch - PitchAnalysis.LowestPitch) * BinsPerSemitone) + 1;
    private const int Silence = Bins;

    /// <summary>Vibrato and scooping: a voice strays this much from its note, in semitones.</summary>
    private const float Spread = 0.45f;

    // Costs in nats. A change of note without an onset must be worth about 80 ms of wrong pitch.
    private const float ChangeCost = 11f;
    private const float OnsetRelief = 6f;
    private const float StartCost = 5f;
    private const float StartRelief = 3f;
    private const float EndCost = 3f;
    private const float LeapCostPerBin = 0.03f;
    private const float VoicedFloor = 0.012f;
    private const float SilentFloor = 0.03f;

    private readonly List<ushort[]> _back = []; // [frame][state] the state before
    private readonly Stack<ushort[]> _spare = new();
    private readonly LevelGate _gate = new();
    private readonly OnsetPicker _onsets = new();
    private readonly float[] _nearest = new float[Bins];
    private readonly ushort[] _nearestFrom = new ushort[Bins];
    private readonly float[] _likelihood = new float[Bins];
    private float[] _cost = new float[Bins + 1];
    private float[] _next = new float[Bins + 1];

    public NoteTracker() => Reset();

    /// <summary>Frames that can be traced back.</summary>
    public int Count => _back.Count;

    public static double PitchOf(int bin) => PitchAnalysis.LowestPitch + (bin / (double)BinsPerSemitone);

    public void Reset()
    {
        Forget(_back.Count);
        _gate.Reset();
        _onsets.Reset();
        Array.Fill(_cost, 1000f);
        _cost[Silence] = 0;
    }

    /// <summary>Forgets the oldest frames; the search itself goes on.</summary>
    public void Forget(int frames)
    {
        for (var i = 0; i < frames; i++)
            _spare.Push(_back[i]);
        _back.RemoveRange(0, frames);
    }

    public void Add(in AudioFrame frame)
    {
        var gate = _gate.Open(frame.LevelDb);
        var onset = _onsets.Strength(frame.Onset);
        var back = _spare.TryPop(out var spare) ? spare : new ushort[Bins + 1];
        Weigh(frame.Pitch, gate);
        FindNearest();
        var fromSilence = _cost[Silence] + StartCost - (StartRelief * onset);
        var change = ChangeCost - (OnsetRelief * onset);
        var (best, bestState) = (_cost[Silence], Silence);
        var least = float.PositiveInfinity;
        for (var bin = 0; bin < Bins; bin++)
        {
            var (cost, from) = (_cost[bin], bin);
            if (cost + EndCost < best)
                (best, bestState) = (cost + EndCost, bin);
            if (_nearest[bin] + change < cost)
                (cost, from) = (_nearest[bin] + change, _nearestFrom[bin]);
            if (fromSilence < cost)
                (cost, from) = (fromSilence, Silence);
            back[bin] = (ushort)from;
            _next[bin] = cost - MathF.Log(_likelihood[bin]);
            least = Math.Min(least, _next[bin]);
        }
        back[Silence] = (ushort)bestState;
        _next[Silence] = best - MathF.Log(SilentFloor + ((1 - (gate * frame.Pitch.Voicing)) * 0.5f));
        least = Math.Min(least, _next[Silence]);
        for (var state = 0; state <= Bins; state++)
            _next[state] -= least;
        (_cost, _next) = (_next, _cost);
        _back.Add(back);
    }

    /// <summary>The bin of each frame, -1 for silence, by everything heard so far.</summary>
    public int[] Trace()
    {
        var path = new int[_back.Count];
        var state = 0;
        for (var candidate = 1; candidate <= Bins; candidate++)
        {
            if (_cost[candidate] < _cost[state])
                state = candidate;
        }
        for (var frame = path.Length - 1; frame >= 0; frame--)
        {
            path[frame] = state == Silence ? -1 : state;
            state = _back[frame][state];
        }
        return path;
    }

    private void Weigh(in PitchCandidates pitch, float gate)
    {
        Array.Fill(_likelihood, VoicedFloor * gate + 1e-4f);
        for (var i = 0; i < pitch.Count; i++)
        {
            var candidate = pitch[i];
            var centre = (candidate.Pitch - PitchAnalysis.LowestPitch) * BinsPerSemitone;
            const int Reach = (int)(Spread * 3.5f * BinsPerSemitone) + 1;
            var first = Math.Max(0, (int)centre - Reach);
            var last = Math.Min(Bins - 1, (int)centre + Reach);
            for (var bin = first; bin <= last; bin++)
            {
                var distance = (bin - centre) / (Spread * BinsPerSemitone);
                _likelihood[bin] += gate * candidate.Probability * MathF.Exp(-0.5f * distance * distance);
            }
        }
    }

    /// <summary>For each bin the cheapest bin to come from, where leaps cost by their size: a distance transform in two passes.</summary>
    private void FindNearest()
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            (_nearest[bin], _nearestFrom[bin]) = (_cost[bin], (ushort)bin);
            if (bin > 0 && _nearest[bin - 1] + LeapCostPerBin < _nearest[bin])
                (_nearest[bin], _nearestFrom[bin]) = (_nearest[bin - 1] + LeapCostPerBin, _nearestFrom[bin - 1]);
        }
        for (var bin = Bins - 2; bin >= 0; bin--)
        {
            if (_nearest[bin + 1] + LeapCostPerBin < _nearest[bin])
                (_nearest[bin], _nearestFrom[bin]) = (_nearest[bin + 1] + LeapCostPerBin, _nearestFrom[bin + 1]);
        }
    }
}

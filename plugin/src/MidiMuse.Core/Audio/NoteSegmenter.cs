namespace MidiMuse.Core.Audio;

/// <summary>From the course of pitch bins to notes: glides and scoops find their note, repetitions are told apart.</summary>
internal readonly ref struct NoteSegmenter
{
    private const int ShortestFrames = 6;      // 48 ms
    private const int GlideFrames = 10;        // 80 ms
    private const int RepetitionFrames = 8;    // 64 ms between repetitions
    private const int DropoutFrames = 4;       // a consonant or a burst of noise inside a note
    private const int LongFrames = 12;         // 96 ms: what the search tells apart for so long are two notes
    private const double SamePitch = 0.6;      // semitones
    private const int EarlyFrames = 4;         // an onset before the first pitched frame; what is earlier is breath
    private const int LateFrames = 6;
    private const int GlideBackFrames = 10;
    private const double LeftPitch = 0.35;     // semitones: a glide has left the note
    private const float RepetitionRiseDb = 2.5f;
    private const float QuietestDb = 26;       // below the loudest note: hum and what the room still holds

    private readonly ReadOnlySpan<AudioFrame> _frames;
    private readonly long _firstFrame;
    private readonly List<(int Frame, float Strength)> _onsets;

    /// <param name="firstFrame">Number of the first frame since the start.</param>
    public NoteSegmenter(ReadOnlySpan<AudioFrame> frames, long firstFrame)
    {
        _frames = frames;
        _firstFrame = firstFrame;
        _onsets = OnsetPicker.Peaks(frames);
    }

    /// <param name="path">[frame] bin, or -1 for silence.</param>
    public List<AudioNote> Notes(ReadOnlySpan<int> path)
    {
        var runs = Runs(path);
        Join(runs);
        AbsorbGlides(runs);
        Join(runs);
        runs = SplitRepetitions(runs);
        Snap(runs);
        runs.RemoveAll(static run => run.End - run.Start < ShortestFrames);
        return ToNotes(runs);
    }

    private List<Run> Runs(ReadOnlySpan<int> path)
    {
        var runs = new List<Run>();
        for (var start = 0; start < path.Length;)
        {
            var end = start + 1;
            while (end < path.Length && path[end] == path[start])
                end++;
            if (path[start] >= 0)
                runs.Add(MakeRun(start, end, NoteTracker.PitchOf(path[start])));
            start = end;
        }
        return runs;
    }

    /// <summary>A run with the median of its frames' pitches near the expected one.</summary>
    private Run MakeRun(int start, int end, double expected)
    {
        var pitches = new List<float>(end - start);
        var voicing = 0.0;
        for (var i = start; i < end; i++)
        {
            var candidates = _frames[i].Pitch;
            var best = -1;
            for (var c = 0; c < candidates.Count; c++)
            {
                if (Math.Abs(candidates[c].Pitch - expected) < 1.5 && (best < 0 || candidates[c].Probability > candidates[best].Probability))
                    best = c;
            }
            if (best < 0)
                continue;
            pitches.Add(candidates[best].Pitch);
            voicing += candidates[best].Probability;
        }
        pitches.Sort();
        return new Run(start, end, pitches.Count == 0 ? expected : pitches[pitches.Count / 2], voicing / (end - start));
    }

    /// <summary>Neighbours of one pitch without an onset between them are one note.</summary>
    private void Join(List<Run> runs)
    {
        for (var i = 0; i + 1 < runs.Count;)
        {
            var (left, right) = (runs[i], runs[i + 1]);
            var isOne = right.Start - left.End <= DropoutFrames
                && Math.Abs(right.Pitch - left.Pitch) < (Math.Min(left.Frames, right.Frames) > LongFrames ? SamePitch / 2 : SamePitch)
                && !HasOnset(left.End - 3, right.Start + 3, 0.35f);
            if (!isOne)
            {
                i++;
                continue;
            }
            runs[i] = MakeRun(left.Start, right.End, left.Frames > right.Frames ? left.Pitch : right.Pitch);
            runs.RemoveAt(i + 1);
        }
    }

    /// <summary>A short run on the way from one note to the next, or into the first, is no note.</summary>
    private static void AbsorbGlides(List<Run> runs)
    {
        for (var i = 0; i + 1 < runs.Count;)
        {
            var (run, next) = (runs[i], runs[i + 1]);
            var touchesNext = next.Start - run.End <= 1;
            var hasBefore = i > 0 && run.Start - runs[i - 1].End <= 1;
            var isOnTheWay = hasBefore
                ? (run.Pitch - runs[i - 1].Pitch) * (next.Pitch - run.Pitch) > 0
                : Math.Abs(next.Pitch - run.Pitch) < 4;
            if (run.Frames > GlideFrames || !touchesNext || !isOnTheWay || next.Frames <= run.Frames)
            {
                i++;
                continue;
            }
            if (hasBefore)
                runs[i - 1] = runs[i - 1] with { End = (run.Start + run.End) / 2 };
            runs[i + 1] = next with { Start = hasBefore ? (run.Start + run.End) / 2 : run.Start };
            runs.RemoveAt(i);
        }
    }

    private List<Run> SplitRepetitions(List<Run> runs)
    {
        var split = new List<Run>(runs.Count);
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            var start = run.Start;
            var isSlidFrom = i + 1 < runs.Count && runs[i + 1].Start - run.End <= 1;
            var last = run.End - (isSlidFrom ? GlideFrames : ShortestFrames); // what follows at once is the next note's own onset
            foreach (var (frame, strength) in _onsets)
            {
                if (frame - start < RepetitionFrames || frame > last || !IsRepetition(frame, strength))
                    continue;
                split.Add(MakeRun(start, frame, run.Pitch));
                start = frame;
            }
            split.Add(start == run.Start ? run : MakeRun(start, run.End, run.Pitch));
        }
        return split;
    }

    /// <summary>The sound grows again after it had become softer.</summary>
    private bool IsRepetition(int frame, float strength)
    {
        var softest = float.PositiveInfinity;
        var loudest = float.NegativeInfinity;
        for (var i = Math.Max(0, frame - 8); i <= frame; i++)
            softest = Math.Min(softest, _frames[i].LevelDb);
        for (var i = frame; i <= Math.Min(_frames.Length - 1, frame + 8); i++)
            loudest = Math.Max(loudest, _frames[i].LevelDb);
        var riseDb = loudest - softest;
        return riseDb > RepetitionRiseDb && (strength * 10) + riseDb > 7;
    }

    /// <summary>Notes begin at the onset that is nearest to their first pitched frame.</summary>
    private void Snap(List<Run> runs)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            var touches = i > 0 && run.Start - runs[i - 1].End <= 1;
            if (touches)
                run = runs[i] = run with { Start = GlideStart(runs[i - 1], run) };
            var earliest = run.Start - (touches ? 2 * EarlyFrames : EarlyFrames);
            if (i > 0)
                earliest = Math.Max(runs[i - 1].Start + ShortestFrames, earliest);
            var best = -1;
            var bestScore = 0f;
            foreach (var (frame, strength) in _onsets)
            {
                if (frame < earliest || frame > run.Start + LateFrames || frame > run.End - ShortestFrames)
                    continue;
                var score = strength + 0.05f - (0.04f * Math.Abs(frame - run.Start));
                if (score > bestScore)
                    (best, bestScore) = (frame, score);
            }
            if (best >= 0)
                run = runs[i] = run with { Start = best, OnsetStrength = bestScore };
            if (i > 0 && (touches || runs[i - 1].End > run.Start))
                runs[i - 1] = runs[i - 1] with { End = run.Start };
        }
    }

    /// <summary>A note that is slid to begins where the pitch leaves the note before.</summary>
    private int GlideStart(Run before, Run run)
    {
        var direction = Math.Sign(run.Pitch - before.Pitch);
        var start = run.Start;
        var earliest = Math.Max(before.Start + ShortestFrames, run.Start - GlideBackFrames);
        for (var frame = run.Start - 1; frame >= earliest; frame--)
        {
            var pitch = Strongest(_frames[frame].Pitch);
            if (double.IsNaN(pitch) || (pitch - before.Pitch) * direction > LeftPitch)
                start = frame;
            else
                break;
        }
        return start;
    }

    private static double Strongest(in PitchCandidates candidates)
    {
        var best = -1;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (best < 0 || candidates[i].Probability > candidates[best].Probability)
                best = i;
        }
        return best < 0 ? double.NaN : candidates[best].Pitch;
    }

    private bool HasOnset(int from, int to, float least)
    {
        foreach (var (frame, strength) in _onsets)
        {
            if (frame >= from && frame <= to && strength >= least)
                return true;
        }
        return false;
    }

    private List<AudioNote> ToNotes(List<Run> runs)
    {
        var notes = new List<AudioNote>(runs.Count);
        if (runs.Count == 0)
            return notes;
        var tuning = Tuning(runs);
        var levels = new float[runs.Count];
        for (var i = 0; i < runs.Count; i++)
            levels[i] = Loudness(runs[i]);
        var loudest = levels.Max();
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            if (levels[i] < loudest - QuietestDb)
                continue;
            var pitch = Math.Clamp((int)Math.Round(run.Pitch - tuning), 0, 127);
            notes.Add(new AudioNote(
                (_firstFrame + run.Start) * AnalysisFormat.FrameSeconds,
                (_firstFrame + run.End) * AnalysisFormat.FrameSeconds,
                pitch,
                100 * (run.Pitch - pitch),
                VelocityOf(levels[i] - loudest),
                Confidence(run, run.Pitch - tuning - pitch)));
        }
        return notes;
    }

    /// <summary>How far the whole line lies off 440 Hz, in semitones: the circular mean of the notes' fractions.</summary>
    private static double Tuning(List<Run> runs)
    {
        double sin = 0, cos = 0;
        foreach (var run in runs)
        {
            var weight = Math.Min(run.Frames, 60) * run.Voicing;
            sin += weight * Math.Sin(2 * Math.PI * run.Pitch);
            cos += weight * Math.Cos(2 * Math.PI * run.Pitch);
        }
        return Math.Atan2(sin, cos) / (2 * Math.PI);
    }

    private float Loudness(Run run)
    {
        var loudest = float.NegativeInfinity;
        for (var i = run.Start; i < Math.Min(run.End, run.Start + 25); i++)
            loudest = Math.Max(loudest, _frames[i].LevelDb);
        return loudest;
    }

    /// <summary>The square law that most instruments follow (Dannenberg, "The interpretation of MIDI velocity", ICMC 2006).</summary>
    private static int VelocityOf(double belowLoudestDb) => Math.Clamp((int)Math.Round(112 * Math.Pow(10, belowLoudestDb / 40)), 1, 127);

    /// <summary>Clear pitch, in tune with the rest of the line, long enough to be meant.</summary>
    private static double Confidence(Run run, double deviation)
    {
        var inTune = Math.Exp(-0.5 * deviation * deviation / (0.3 * 0.3));
        var length = 1 - Math.Exp(-(run.Frames - 3) / 6.0);
        return Math.Clamp(Math.Sqrt(run.Voicing) * inTune * length * (run.OnsetStrength > 0 ? 1 : 0.85), 0, 1);
    }

    /// <summary>Frames [Start, End) of one pitch.</summary>
    private readonly record struct Run(int Start, int End, double Pitch, double Voicing)
    {
        public float OnsetStrength { get; init; }

        public int Frames => End - Start;
    }
}

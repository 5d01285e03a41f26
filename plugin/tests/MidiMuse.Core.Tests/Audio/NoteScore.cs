using MidiMuse.Core.Audio;

namespace MidiMuse.Core.Tests.Audio;

/// <summary>
/// Notes found against notes sung, in the manner of MIREX: each found note is matched with at most one sung note of
/// the same pitch (whole semitone) whose onset is within 50 ms.
/// </summary>
internal sealed class NoteScore
{
    public const double ToleranceSeconds = 0.05;

    private readonly List<double> _onsetErrors = [];
    private readonly List<(double Confidence, bool IsRight)> _found = [];

    public int Sung { get; private set; }

    public int Found { get; private set; }

    public int Matched { get; private set; }

    /// <summary>Sung notes whose onset was found with a pitch of other octaves.</summary>
    public int OctaveErrors { get; private set; }

    public int OnGrid { get; private set; }

    public double Precision => Found == 0 ? 0 : Matched / (double)Found;

    public double Recall => Sung == 0 ? 0 : Matched / (double)Sung;

    public double F1 => Matched == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>Share of the sung notes with the right pitch on the right grid position.</summary>
    public double GridRecall => Sung == 0 ? 0 : OnGrid / (double)Sung;

    public double MedianOnsetErrorMs => _onsetErrors.Count == 0 ? 0 : 1000 * _onsetErrors.OrderBy(Math.Abs).ElementAt(_onsetErrors.Count / 2);

    public double MeanOnsetErrorMs => _onsetErrors.Count == 0 ? 0 : 1000 * _onsetErrors.Average();

    public double PrecisionOf(Func<double, bool> confidence)
    {
        var chosen = _found.Where(found => confidence(found.Confidence)).ToArray();
        return chosen.Length == 0 ? double.NaN : chosen.Count(found => found.IsRight) / (double)chosen.Length;
    }

    public double ShareOf(Func<double, bool> confidence) => _found.Count == 0 ? 0 : _found.Count(found => confidence(found.Confidence)) / (double)_found.Count;

    public void Add(IReadOnlyList<SungNote> sung, IReadOnlyList<AudioNote> found)
    {
        Sung += sung.Count;
        Found += found.Count;
        var taken = new bool[found.Count];
        foreach (var note in sung)
        {
            var best = Nearest(note, found, taken, static (a, b) => a == b);
            if (best < 0)
            {
                if (Nearest(note, found, taken, static (a, b) => a != b && (a - b) % 12 == 0) >= 0)
                    OctaveErrors++;
                continue;
            }
            taken[best] = true;
            Matched++;
            _onsetErrors.Add(found[best].OnsetSeconds - note.OnsetSeconds);
        }
        for (var i = 0; i < found.Count; i++)
            _found.Add((found[i].Confidence, taken[i]));
    }

    /// <summary>After quantisation: the exact position counts.</summary>
    public void AddGrid(RandomMelody melody, IReadOnlyList<AudioNote> found, GridNoteTiming[] timing)
    {
        var heard = new HashSet<(long, int)>(found.Select((note, i) => ((long)Math.Round(timing[i].OnsetPpq * 24), note.Pitch)));
        OnGrid += melody.Grid.Count(note => heard.Contains(((long)Math.Round(note.OnsetPpq * 24), note.Pitch)));
    }

    private static int Nearest(SungNote note, IReadOnlyList<AudioNote> found, bool[] taken, Func<int, int, bool> pitches)
    {
        var best = -1;
        var bestError = ToleranceSeconds;
        for (var i = 0; i < found.Count; i++)
        {
            var error = Math.Abs(found[i].OnsetSeconds - note.OnsetSeconds);
            if (taken[i] || error > bestError || !pitches(found[i].Pitch, note.Pitch))
                continue;
            (best, bestError) = (i, error);
        }
        return best;
    }
}

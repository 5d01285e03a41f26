using System.Runtime.InteropServices;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Models.Evaluation;

/// <summary>
/// An overfitted model on purpose: a Markov model of high order that has learnt a few pieces by heart, so that most
/// contexts have a single follower. The originality meter must notice it.
/// </summary>
public sealed class MemorisedContinuation : IContinuation
{
    private const int HighestOrder = 8;

    private const int MostNotes = 8192;

    private readonly List<GridNote[]> _phrases = [];
    private readonly Dictionary<ulong, List<(int Phrase, int Next)>> _followers = [];

    /// <param name="phrases">Of one role; sorted by onset, then pitch.</param>
    public MemorisedContinuation(IEnumerable<IReadOnlyList<GridNote>> phrases)
    {
        foreach (var phrase in phrases)
        {
            var notes = phrase.ToArray();
            for (var next = 1; next < notes.Length; next++)
            {
                for (var order = 1; order <= Math.Min(HighestOrder, next); order++)
                {
                    ref var followers = ref CollectionsMarshal.GetValueRefOrAddDefault(_followers, Context(notes.AsSpan(next - order, order)), out _);
                    (followers ??= []).Add((_phrases.Count, next));
                }
            }
            _phrases.Add(notes);
        }
    }

    public string Name => "overfitted Markov";

    public IReadOnlyList<GridNote> Answer(Excerpt excerpt, ulong seed)
    {
        var random = new Xoshiro256(seed);
        var history = excerpt.Prime.ToList();
        var answer = new List<GridNote>();
        while (answer.Count < MostNotes)
        {
            if (Next(CollectionsMarshal.AsSpan(history), ref random) is not { } note)
                break;
            // What falls before the answer's first bar is passed over in silence.
            if (note.OnsetTick >= excerpt.EndTick)
                break;
            history.Add(note);
            if (note.OnsetTick >= excerpt.PrimeTicks)
                answer.Add(note);
        }
        return answer;
    }

    /// <summary>A follower of the longest context that was learnt, moved to where the history has arrived.</summary>
    private GridNote? Next(ReadOnlySpan<GridNote> history, ref Xoshiro256 random)
    {
        for (var order = Math.Min(HighestOrder, history.Length); order >= 1; order--)
        {
            if (!_followers.TryGetValue(Context(history[^order..]), out var followers))
                continue;
            var (phrase, next) = followers[(int)(random.NextDouble() * followers.Count)];
            var (learnt, before) = (_phrases[phrase][next], _phrases[phrase][next - 1]);
            return learnt with
            {
                OnsetTick = history[^1].OnsetTick + learnt.OnsetTick - before.OnsetTick,
                Pitch = Math.Clamp(history[^1].Pitch + learnt.Pitch - before.Pitch, 0, 127),
            };
        }
        return null;
    }

    /// <summary>Intervals, times between onsets and durations: the same in every key.</summary>
    private static ulong Context(ReadOnlySpan<GridNote> notes)
    {
        var hash = 14695981039346656037UL;
        for (var i = 0; i < notes.Length; i++)
        {
            Add(notes[i].DurationTicks);
            if (i == 0)
                continue;
            Add(notes[i].Pitch - notes[i - 1].Pitch);
            Add((int)(notes[i].OnsetTick - notes[i - 1].OnsetTick));
        }
        return hash;

        void Add(int value) => hash = unchecked((hash ^ (uint)value) * 1099511628211UL); // FNV-1a
    }
}

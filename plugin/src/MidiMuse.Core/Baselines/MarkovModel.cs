using System.Runtime.InteropServices;
using MidiMuse.Core.Events;

namespace MidiMuse.Core.Baselines;

/// <summary>
/// A Markov model of variable order over note events. Every attribute has a list of features, the most telling first;
/// each prefix of that list is a context, and a longer context backs off to the next shorter one by the rule of Witten
/// and Bell (IEEE Transactions on Information Theory 37, 1991, method C): a context seen N times with T different
/// followers gives T of N + T parts to the shorter context. The shortest backs off to the uniform distribution, so that
/// every class has a probability above 0 and the classes' sum is 1.
/// </summary>
public sealed class MarkovModel
{
    private const int MostFeatures = 8;

    private readonly Dictionary<ulong, Total> _totals = [];
    private readonly Dictionary<ulong, int> _counts = [];

    /// <summary>Number of contexts and followers stored.</summary>
    public long Size => (long)_totals.Count + _counts.Count;

    public static int ClassesOf(NoteAspect aspect) => aspect switch
    {
        NoteAspect.Time => NoteEventVocabulary.TimeShiftTargets,
        NoteAspect.Pitch => NoteEventVocabulary.PitchTargets,
        NoteAspect.Duration => NoteEventVocabulary.DurationTargets,
        _ => NoteEventVocabulary.VelocityTargets,
    };

    /// <summary>Learns a phrase. Unknown velocities are passed over.</summary>
    /// <param name="events">The Start event, then the notes.</param>
    /// <param name="endsPiece">The piece is over after the last note.</param>
    public void Learn(ReadOnlySpan<NoteEvent> events, bool endsPiece)
    {
        for (var i = 1; i < events.Length; i++)
        {
            var history = events[..i];
            Count(NoteAspect.Time, history, events[i], events[i].TimeShift);
            Count(NoteAspect.Pitch, history, events[i], events[i].Pitch);
            Count(NoteAspect.Duration, history, events[i], events[i].Duration);
            if (events[i].Velocity < NoteEventVocabulary.VelocityTargets)
                Count(NoteAspect.Velocity, history, events[i], events[i].Velocity);
        }
        if (endsPiece)
            Count(NoteAspect.Time, events, default, NoteEventVocabulary.TimeShiftEnd);
    }

    /// <param name="history">The Start event, then the notes so far; at least the Start event.</param>
    /// <param name="next">The attributes of the next event that are chosen already, and where it begins.</param>
    /// <param name="probabilities">Receives one value a class, <see cref="ClassesOf"/> in all.</param>
    public void Distribution(NoteAspect aspect, ReadOnlySpan<NoteEvent> history, in NoteEvent next, Span<double> probabilities)
    {
        var classes = ClassesOf(aspect);
        probabilities[..classes].Fill(1.0 / classes);
        Span<ulong> contexts = stackalloc ulong[MostFeatures];
        foreach (var context in contexts[..Contexts(aspect, history, next, contexts)])
        {
            if (!_totals.TryGetValue(context, out var total))
                return;
            double parts = total.Count + total.Followers;
            for (var c = 0; c < classes; c++)
                probabilities[c] = (_counts.GetValueOrDefault(Mix(context, (ulong)c)) + (total.Followers * probabilities[c])) / parts;
        }
    }

    /// <summary>One value of <see cref="Distribution"/>, without the others.</summary>
    public double Probability(NoteAspect aspect, ReadOnlySpan<NoteEvent> history, in NoteEvent next, int follower)
    {
        var probability = 1.0 / ClassesOf(aspect);
        Span<ulong> contexts = stackalloc ulong[MostFeatures];
        foreach (var context in contexts[..Contexts(aspect, history, next, contexts)])
        {
            if (!_totals.TryGetValue(context, out var total))
                break;
            var count = _counts.GetValueOrDefault(Mix(context, (ulong)follower));
            probability = (count + (total.Followers * probability)) / (total.Count + total.Followers);
        }
        return probability;
    }

    private void Count(NoteAspect aspect, ReadOnlySpan<NoteEvent> history, in NoteEvent next, int follower)
    {
        Span<ulong> contexts = stackalloc ulong[MostFeatures];
        foreach (var context in contexts[..Contexts(aspect, history, next, contexts)])
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, Mix(context, (ulong)follower), out _);
            ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_totals, context, out _);
            total = new Total(total.Count + 1, total.Followers + (count == 0 ? 1 : 0));
            count++;
        }
    }

    /// <summary>The contexts of an attribute, shortest first, each as a hash of its features.</summary>
    private static int Contexts(NoteAspect aspect, ReadOnlySpan<NoteEvent> history, in NoteEvent next, Span<ulong> contexts)
    {
        var last = history[^1];
        Span<int> features = stackalloc int[MostFeatures];
        var count = 0;
        features[count++] = last.Role;
        switch (aspect)
        {
            case NoteAspect.Time:
                features[count++] = (last.Position * NoteEventVocabulary.MeterClasses) + last.Meter;
                features[count++] = last.Duration;
                features[count++] = last.TimeShift;
                for (var back = 2; back <= 3; back++)
                    features[count++] = Back(history, back).TimeShift;
                break;
            case NoteAspect.Pitch:
                features[count++] = last.Key;
                features[count++] = last.Pitch;
                features[count++] = next.TimeShift == 0 ? 1 : 0;
                for (var back = 2; back <= 4; back++)
                    features[count++] = Back(history, back).Pitch;
                break;
            case NoteAspect.Duration:
                features[count++] = next.TimeShift;
                features[count++] = last.Duration;
                features[count++] = next.Position;
                features[count++] = Back(history, 2).Duration;
                break;
            default:
                features[count++] = last.Velocity;
                features[count++] = next.Position;
                features[count++] = next.Pitch;
                features[count++] = Back(history, 2).Velocity;
                break;
        }
        var hash = Mix(0x9E3779B97F4A7C15, (ulong)aspect);
        for (var i = 0; i < count; i++)
            contexts[i] = hash = Mix(hash, (ulong)features[i]);
        return count;
    }

    /// <summary>The event so many before the next one; before the phrase, its Start event.</summary>
    private static NoteEvent Back(ReadOnlySpan<NoteEvent> history, int back) => history[Math.Max(0, history.Length - back)];

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): 64 bits make collisions negligible.</summary>
    private static ulong Mix(ulong hash, ulong value)
    {
        var x = unchecked((hash ^ (value + 1)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return x ^ (x >> 31);
    }

    private readonly record struct Total(int Count, int Followers);
}

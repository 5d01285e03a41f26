using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Models.Evaluation;

/// <summary>How well one condition is followed in four bars, means over excerpts.</summary>
/// <param name="TrueGiven">Error where the model was told what the real continuation is like.</param>
/// <param name="TrueNotGiven">Error of the same target where it was told nothing.</param>
/// <param name="OtherGiven">Error where it was told something else than what really followed; null for chords.</param>
/// <param name="OtherNotGiven">Error of that target where it was told nothing.</param>
public sealed record ControlRow(string Model, Role Role, string Condition, int Excerpts, Estimate TrueGiven, Estimate TrueNotGiven, Estimate? OtherGiven, Estimate? OtherNotGiven);

/// <summary>
/// Control error: the distance in classes between what was asked and what the answer measures
/// (<see cref="PhraseCharacter"/>). For chords: the share of the answer's sounding time that is no chord tone.
/// </summary>
public static class ControlReport
{
    /// <summary>Classes between what really followed and the other value that is asked.</summary>
    private const int OtherDistance = 2;

    private static readonly Column[] Columns =
    [
        new("density", c => c.Density, (c, v) => c with { Density = v }, ConditionVocabulary.DensityClasses - 1),
        new("register", c => c.Register, (c, v) => c with { Register = v }, ConditionVocabulary.RegisterClasses - 1),
        new("polyphony", c => c.Polyphony, (c, v) => c with { Polyphony = v }, ConditionVocabulary.PolyphonyClasses - 1),
        new("valence", c => c.Valence, (c, v) => c with { Valence = v }, ConditionVocabulary.ValenceClasses - 1),
        new("energy", c => c.Energy, (c, v) => c with { Energy = v }, ConditionVocabulary.EnergyClasses - 1),
    ];

    /// <summary>Answers that <see cref="Rows"/> draws for so many excerpts.</summary>
    public static int Draws(int excerpts) => excerpts * (2 + (2 * Columns.Length));

    /// <param name="progress">Called after each answer.</param>
    public static IEnumerable<ControlRow> Rows(string name, INoteEventModel model, SamplerSettings sampler, Role role, IReadOnlyList<Excerpt> excerpts, Action progress)
    {
        var continuation = new NetworkContinuation(name, model, sampler);
        var plain = excerpts.Select((e, i) => Draw(e, i, ConditionLane.Empty)).ToList();
        foreach (var column in Columns)
        {
            var errors = new List<(double True, double Plain, double Other, double PlainOther)>();
            for (var i = 0; i < excerpts.Count; i++)
            {
                var (before, after) = (Measure(excerpts[i], excerpts[i].Prime), Measure(excerpts[i], excerpts[i].Truth));
                if (column.Get(after) == 0)
                    continue;
                var other = Other(column.Get(after), column.Highest);
                errors.Add((
                    Error(Draw(excerpts[i], i, Lane(column, excerpts[i], before, column.Get(after))), column.Get(after)),
                    Error(plain[i], column.Get(after)),
                    Error(Draw(excerpts[i], i, Lane(column, excerpts[i], before, other)), other),
                    Error(plain[i], other)));

                double Error(IReadOnlyList<GridNote> answer, int target) => Math.Abs(column.Get(Measure(excerpts[i], answer)) - target);
            }
            if (errors.Count > 0)
                yield return new ControlRow(name, role, column.Name, errors.Count, Mean(errors.Select(e => e.True)), Mean(errors.Select(e => e.Plain)), Mean(errors.Select(e => e.Other)), Mean(errors.Select(e => e.PlainOther)));
        }
        var harmony = excerpts.Select((e, i) => (Excerpt: e, Number: i)).Where(e => role != Role.Drums && e.Excerpt.Chords.Entries.Count > 0)
            .Select(e => (Given: NoChordTones(Draw(e.Excerpt, e.Number, e.Excerpt.Chords), e.Excerpt.Chords), Plain: NoChordTones(plain[e.Number], e.Excerpt.Chords)))
            .Where(e => e.Given is not null && e.Plain is not null).ToList();
        if (harmony.Count > 0)
            yield return new ControlRow(name, role, "chord", harmony.Count, Mean(harmony.Select(h => h.Given!.Value)), Mean(harmony.Select(h => h.Plain!.Value)), null, null);

        IReadOnlyList<GridNote> Draw(Excerpt excerpt, int number, ConditionLane told)
        {
            progress();
            return continuation.Answer(excerpt with { Context = excerpt.Context with { Conditions = told } }, (ulong)number + 1);
        }
    }

    private static int Other(int value, int highest) => value + OtherDistance <= highest ? value + OtherDistance : value - OtherDistance;

    /// <summary>What the prime is like, then what is asked.</summary>
    private static ConditionLane Lane(Column column, Excerpt excerpt, in NoteConditions before, int asked) => new(
    [
        (0, column.Set(NoteConditions.NotGiven, (byte)column.Get(before))),
        (excerpt.PrimeTicks, column.Set(NoteConditions.NotGiven, (byte)asked)),
    ]);

    private static NoteConditions Measure(Excerpt excerpt, IReadOnlyList<GridNote> notes) =>
        PhraseCharacter.Of(notes.ToArray(), Excerpt.Bars * (long)excerpt.Context.Meter.BarTicks, excerpt.Context.Key?.Mode, excerpt.VelocityIsKnown)?.ToConditions(excerpt.Context.Role)
        ?? NoteConditions.NotGiven;

    /// <summary>Of the time in which notes sound over a known chord, the share of those that are not in it.</summary>
    private static double? NoChordTones(IReadOnlyList<GridNote> notes, ConditionLane chords)
    {
        double all = 0, foreign = 0;
        foreach (var note in notes)
        {
            if (chords.At(note.OnsetTick).Chord is not { IsNone: false } chord)
                continue;
            all += note.DurationTicks;
            foreign += chord.Contains(note.Pitch) ? 0 : note.DurationTicks;
        }
        return all == 0 ? null : foreign / all;
    }

    private static Estimate Mean(IEnumerable<double> values) => Bootstrap.Ratio([.. values.Select(v => (v, 1.0))])!.Value;

    private sealed record Column(string Name, Func<NoteConditions, int> Get, Func<NoteConditions, byte, NoteConditions> Set, int Highest);
}

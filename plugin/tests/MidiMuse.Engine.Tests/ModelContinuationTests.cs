using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Tests;

/// <summary>With the shipped Transformer. Oracle: a continuation that has done nothing else before.</summary>
public sealed class ModelContinuationTests
{
    private const int Bar = 96;

    private static readonly PhraseContext Context = new(Meter.CommonTime, Role.Melody, new Key(0, Mode.Major));
    private static readonly GridNote[] Motif = Quarters(0, 60, 62, 64, 65, 67, 65, 64, 62);
    private static readonly GridNote[] Descent = Quarters(3 * Bar, 72, 71, 69, 67);

    [Fact]
    public void A_bar_that_is_given_up_leaves_no_trace()
    {
        using var model = Open();
        var asked = 0;
        Assert.Equal(ComposeOutcome.TooLate, Compose(model, [], () => ++asked > 2).Outcome);
        using var fresh = Open();
        Assert.Equal(Compose(fresh, []).Notes, Compose(model, []).Notes);
    }

    [Fact]
    public void A_bar_before_a_known_future_is_another_one_and_leaves_no_trace()
    {
        using var model = Open();
        var plain = Compose(model, []);
        model.Hear(Context, Motif, () => false);
        var between = Compose(model, Descent);
        Assert.Equal(ComposeOutcome.Complete, between.Outcome);
        Assert.NotEqual(plain.Notes, between.Notes);
        Assert.All(between.Notes, note => Assert.InRange(note.OnsetTick, 2 * Bar, (3 * Bar) - 1));
        Assert.Equal(plain.Notes, Compose(model, []).Notes);
        using var fresh = Open();
        Assert.Equal(between.Notes, Compose(fresh, Descent).Notes);
    }

    [Fact]
    public void A_bar_of_many_takes_leaves_no_trace_between_two_parts_either()
    {
        using var model = Open();
        var plain = Compose(model, []);
        var agreed = Compose(model, [], takes: 5);
        var between = Compose(model, Descent, takes: 5);
        Assert.Equal(plain.Notes, Compose(model, []).Notes);
        using var fresh = Open();
        Assert.Equal(between.Notes, Compose(fresh, Descent, takes: 5).Notes);
        Assert.Equal(agreed.Notes, Compose(fresh, [], takes: 5).Notes);
        Assert.NotEqual(agreed.Notes, between.Notes);
    }

    [Fact]
    public void Conditions_that_change_later_leave_what_was_read_before()
    {
        var before = new ConditionLane([(0, new NoteConditions { Density = 3 })]);
        var after = new ConditionLane([(0, new NoteConditions { Density = 3 }), (2 * Bar, new NoteConditions { Density = 8 })]);
        using var model = Open();
        model.Hear(Context with { Conditions = before }, Motif, () => false);
        model.Hear(Context with { Conditions = after }, Motif, () => false);
        var changed = Draw(model, []);

        using var fresh = Open();
        fresh.Hear(Context with { Conditions = after }, Motif, () => false);
        Assert.Equal(Draw(fresh, []).Notes, changed.Notes);
    }

    [Fact]
    public void Guidance_is_heard_where_something_is_told_and_nowhere_else()
    {
        using var model = Open();
        var plain = Compose(model, []);
        model.Guide(3);
        Assert.Equal(plain.Notes, Compose(model, []).Notes);

        var high = Context with { Conditions = new ConditionLane([(2 * Bar, new NoteConditions { Register = 7, Density = 7 })]) };
        var guided = Told(model, high);
        model.Guide(1);
        var told = Told(model, high);
        Assert.NotEqual(told.Notes, guided.Notes);
        Assert.Equal(plain.Notes, Compose(model, []).Notes);
        using var fresh = Open();
        fresh.Guide(3);
        Assert.Equal(guided.Notes, Told(fresh, high).Notes);

        static (ComposeOutcome Outcome, GridNote[] Notes) Told(ModelContinuation model, PhraseContext context)
        {
            model.Hear(context, Motif, () => false);
            return Draw(model, []);
        }
    }

    private static GridNote[] Quarters(long fromTick, params int[] pitches) =>
        [.. pitches.Select((pitch, i) => new GridNote(fromTick + (i * 24), 24, pitch, 80))];

    private static ModelContinuation Open() => new(SharedModel.Acquire(Path.Combine(Root(), "models", "weights", "transformer")));

    private static (ComposeOutcome Outcome, GridNote[] Notes) Compose(ModelContinuation model, GridNote[] future, Func<bool>? isTooLate = null, int takes = 1)
    {
        model.Hear(Context, Motif, () => false);
        return Draw(model, future, isTooLate, takes);
    }

    private static (ComposeOutcome Outcome, GridNote[] Notes) Draw(ModelContinuation model, GridNote[] future, Func<bool>? isTooLate = null, int takes = 1)
    {
        var notes = new List<GridNote>();
        var order = new BarOrder
        {
            StartTick = 2 * Bar,
            EndTick = 3 * Bar,
            BarIndex = 0,
            Seed = 5,
            Takes = takes,
            Temperature = 0.9,
            TopP = 0.95,
            Constraints = NoteConstraints.None,
            Future = future,
        };
        var outcome = model.ComposeBar(order, notes, isTooLate ?? (() => false), out _);
        return (outcome, [.. notes]);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MidiMuse.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must run from within the repository.");
    }
}

using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Models;

namespace MidiMuse.Engine.Tests;

public sealed class ModelChoiceTests
{
    private static readonly PhraseContext Context = new(Meter.CommonTime, Role.Melody, null);

    [Fact]
    public void The_chosen_model_hears_and_another_is_opened_when_it_is_asked_for()
    {
        var (first, second) = (new Recorder("first"), new Recorder("second"));
        var opened = 0;
        using var choice = new ModelChoice(() => first, () => { opened++; return second; });
        choice.Hear(Context, [], () => false);
        Assert.Equal((1, 0, 0, "first"), (first.Hearings, second.Hearings, opened, choice.Identity));
        choice.Use(1);
        choice.Use(1);
        choice.Hear(Context, [], () => false);
        Assert.Equal((1, 1, 1, "second"), (first.Hearings, second.Hearings, opened, choice.Identity));
        choice.Use(0);
        Assert.Equal("first", choice.Identity);
    }

    [Fact]
    public void A_model_that_cannot_be_opened_says_why_and_leaves_the_others_playing()
    {
        using var choice = new ModelChoice(() => new Recorder("first"), () => throw new ModelException(ModelFault.Missing, "It is not there."));
        choice.Use(1);
        Assert.Equal("It is not there.", choice.Fault);
        Assert.Equal(ComposeOutcome.Failed, choice.ComposeBar(default, [], () => false, out _));
        choice.Use(0);
        Assert.Null(choice.Fault);
        choice.Use(99);
        Assert.Equal("It is not there.", choice.Fault);
    }

    [Fact]
    public void Every_opened_model_is_disposed()
    {
        var (first, second) = (new Recorder("first"), new Recorder("second"));
        var choice = new ModelChoice(() => first, () => second);
        choice.Use(1);
        choice.Dispose();
        Assert.True(first.IsDisposed && second.IsDisposed);
    }

    private sealed class Recorder(string identity) : IContinuationModel
    {
        public string Identity => identity;

        public string? Fault => null;

        public int Hearings { get; private set; }

        public bool IsDisposed { get; private set; }

        public bool Hear(PhraseContext context, ReadOnlySpan<GridNote> notes, Func<bool> mustGiveUp)
        {
            Hearings++;
            return true;
        }

        public ComposeOutcome ComposeBar(in BarOrder order, List<GridNote> notes, Func<bool> isTooLate, out double logLikelihood)
        {
            logLikelihood = 0;
            return ComposeOutcome.Complete;
        }

        public void Dispose() => IsDisposed = true;
    }
}

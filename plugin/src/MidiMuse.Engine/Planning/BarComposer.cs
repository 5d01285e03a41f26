using System.Diagnostics;
using System.Runtime.InteropServices;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Planning;

/// <summary>Makes one bar from its plan: by the model, or as a variation of the motif. Keeps nothing between bars. [engine]</summary>
public sealed class BarComposer(IContinuationModel? model)
{
    /// <summary>How far ahead a bar in the middle of an answer looks.</summary>
    private const int FutureBars = 4;

    private readonly List<GridNote> _phrase = [];
    private readonly List<GridNote> _draft = [];
    private readonly MotifFallback _fallback = new();
    private (AnswerFrame? Frame, MotifPattern Pattern, Groove Groove) _motif = (null, new MotifPattern([], 1), Groove.None);
    private (AnswerFrame? Frame, MusicSettings Settings, MotifCharacter? Character) _last;

    /// <summary>What a note of the last bar took the model; for the player to see, nothing is decided by it.</summary>
    public double NoteMilliseconds { get; private set; }

    public bool HasModel => model is { Fault: null };

    /// <summary>Lets the model read what has been played so far, so that little is left to do at the bar line.</summary>
    public void Prefill(Motif soFar, in MusicSettings settings, Func<bool> mustGiveUp)
    {
        Choose(settings);
        if (HasModel && AnswerFrame.Of(soFar, settings.Mode) is { } frame)
            model!.Hear(ContextOf(frame, CharacterOf(frame, settings), settings, untilTick: 0), frame.Head, mustGiveUp);
    }

    public MotifCharacter CharacterOf(AnswerFrame frame, in MusicSettings settings)
    {
        if (_last.Character is { } known && ReferenceEquals(_last.Frame, frame) && _last.Settings == settings)
            return known;
        var character = MotifCharacter.Of(frame, settings);
        _last = (frame, settings, character);
        return character;
    }

    /// <summary>The bar without the model.</summary>
    public AnswerBar Fallback(in BarPlan plan)
    {
        plan.Frame.FillPhrase(plan.Bars, plan.BarIndex, _phrase);
        var bar = SituationOf(plan);
        _fallback.Fill(ContextOf(plan), bar, ControlsOf(plan, bar), _draft);
        return Finish(plan, bar, BarOrigin.Fallback, 0);
    }

    /// <summary>Null where the model is missing, has failed or was stopped by <paramref name="isTooLate"/>.</summary>
    public AnswerBar? TryCompose(in BarPlan plan, Func<bool> isTooLate)
    {
        Choose(plan.Settings);
        if (!HasModel)
            return null;
        plan.Frame.FillPhrase(plan.Bars, plan.BarIndex, _phrase);
        var bar = SituationOf(plan);
        if (plan is { Windows.Count: 0, Given.Length: > 0 })
        {
            _draft.Clear(); // nothing is new in it
            return Finish(plan, bar, BarOrigin.Repeated, 0);
        }
        var controls = ControlsOf(plan, bar);
        if (model!.Patterns is { } patterns && !bar.Character.Accompanies && patterns.Makes(plan, bar.Character) && patterns.TryFill(plan, bar.Character, controls.Constraints, _phrase, _draft)
            && (_draft.Count > 0 || IsRestOfMotif(bar)))
        {
            _fallback.Fit(ContextOf(plan), bar, controls, _draft);
            return Finish(plan, bar, BarOrigin.Model, 0);
        }
        if (!model.Hear(ContextOf(plan), CollectionsMarshal.AsSpan(_phrase), isTooLate))
            return null;
        var order = new BarOrder
        {
            StartTick = plan.StartTick,
            EndTick = plan.EndTick,
            BarIndex = plan.BarIndex,
            Draw = plan.Draw,
            Seed = plan.Settings.Seed,
            Takes = plan.Settings.Takes,
            Temperature = plan.Settings.Temperature,
            TopP = plan.Settings.TopP,
            Constraints = controls.Constraints,
            Steering = controls.Steering,
            Future = FutureOf(plan),
            Given = controls.Given,
        };
        var started = Stopwatch.GetTimestamp();
        if (model.ComposeBar(order, _draft, isTooLate, out var logLikelihood) != ComposeOutcome.Complete)
            return null;
        if (_draft.Count > 0)
            NoteMilliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds / _draft.Count;
        return Finish(plan, bar, BarOrigin.Model, logLikelihood);
    }

    private void Choose(in MusicSettings settings)
    {
        model?.Use(settings.EngineModel);
        model?.Guide(settings.Guidance);
    }

    /// <summary>A rest that is varied is a rest; any other bar that a pattern leaves empty is the model's.</summary>
    private static bool IsRestOfMotif(in BarSituation bar)
    {
        var notes = new List<GridNote>();
        bar.Motif.CopyTo(bar.StartTick, bar.EndTick, notes);
        return bar.Settings.Material == Material.Variation && notes.Count == 0;
    }

    private PhraseContext ContextOf(in BarPlan plan) => ContextOf(plan.Frame, CharacterOf(plan.Frame, plan.Settings), plan.Settings, plan.EndTick);

    private PhraseContext ContextOf(AnswerFrame frame, MotifCharacter character, in MusicSettings settings, long untilTick) =>
        new(frame.Meter, character.Role, character.Key) { Conditions = BarConditions.Of(character, settings, frame.Meter, PatternOf(frame).Pattern, untilTick) };

    /// <summary>The notes of the next bars that exist already.</summary>
    private static GridNote[] FutureOf(in BarPlan plan)
    {
        var frame = plan.Frame;
        return [.. plan.Bars.Skip(plan.BarIndex + 1).Take(FutureBars).SelectMany(bar => bar.Notes).Select(frame.Quantise)];
    }

    private (MotifPattern Pattern, Groove Groove) PatternOf(AnswerFrame frame)
    {
        if (!ReferenceEquals(_motif.Frame, frame))
            _motif = (frame, new MotifPattern(frame.MotifGrid, frame.MotifTicks, frame.TickOf(frame.Motif.EndPpq)), Groove.Of(frame.Motif));
        return (_motif.Pattern, _motif.Groove);
    }

    /// <summary>The phrase must have been filled up to the bar.</summary>
    private BarSituation SituationOf(in BarPlan plan) => new()
    {
        Settings = plan.Settings,
        Character = CharacterOf(plan.Frame, plan.Settings),
        Motif = PatternOf(plan.Frame).Pattern,
        Phrase = _phrase,
        Meter = plan.Frame.Meter,
        StartTick = plan.StartTick,
        EndTick = plan.EndTick,
        BarsLeft = plan.BarsLeft,
    };

    /// <summary>Notes that a command keeps go before those that a control keeps.</summary>
    private static BarControls ControlsOf(in BarPlan plan, in BarSituation bar)
    {
        var controls = BarControls.For(bar);
        return plan.Given.Length > 0 ? controls with { Given = plan.Given } : controls;
    }

    private AnswerBar Finish(in BarPlan plan, in BarSituation bar, BarOrigin origin, double logLikelihood)
    {
        var voices = bar.Character.Constraints.MaxPolyphony;
        if (plan.Given.Length > 0 || plan.Windows is not null)
            GivenNotes.Merge(_draft, plan.Given, plan.Windows, voices);
        if (plan.Next is { } next)
            GivenNotes.TrimBefore(_draft, next.Notes.Select(plan.Frame.Quantise), voices);
        var channel = bar.Character.Accompanies ? Accompaniment.ChannelFor(bar.Character.Role, plan.Frame.Channel) : plan.Frame.Channel;
        var notes = BarPerformance.Of(_draft, plan.Given, bar, PatternOf(plan.Frame).Groove, plan.Frame.StartPpq, channel);
        return new AnswerBar(plan.StartPpq, plan.EndPpq, origin, logLikelihood, notes);
    }
}

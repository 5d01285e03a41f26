using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Planning;

/// <summary>Makes one bar from its plan: by the model, or as a variation of the motif. Keeps nothing between bars. [engine]</summary>
public sealed class BarComposer(IContinuationModel? model)
{
    /// <summary>How far ahead a bar in the middle of an answer looks.</summary>
    private const int FutureBars = 4;

    private readonly List<GridNote> _phrase = [];
    private readonly List<GridNote> _draft = [];
    private (AnswerFrame? Frame, MusicSettings Settings, MotifCharacter? Character) _last;

    /// <summary>What a note of the last bar took the model; for the player to see, nothing is decided by it.</summary>
    public double NoteMilliseconds { get; private set; }

    public bool HasModel => model is { Fault: null };

    /// <summary>Lets the model read what has been played so far, so that little is left to do at the bar line.</summary>
    public void Prefill(Motif soFar, in MusicSettings settings, Func<bool> mustGiveUp)
    {
        model?.Use(settings.EngineModel);
        if (HasModel && AnswerFrame.Of(soFar) is { } frame)
            model!.Hear(ContextOf(frame, CharacterOf(frame, settings)), frame.Head, mustGiveUp);
    }

    public MotifCharacter CharacterOf(AnswerFrame frame, in MusicSettings settings)
    {
        if (_last.Character is { } known && ReferenceEquals(_last.Frame, frame) && _last.Settings == settings)
            return known;
        var character = MotifCharacter.Of(frame.Motif, frame.MotifGrid, settings);
        _last = (frame, settings, character);
        return character;
    }

    /// <summary>The bar without the model.</summary>
    public AnswerBar Fallback(in BarPlan plan)
    {
        var character = CharacterOf(plan.Frame, plan.Settings);
        MotifVariation.Fill(plan.Frame.MotifGrid, plan.Frame.MotifTicks, plan.StartTick, plan.EndTick, character.Constraints.Pitches, character.Role != Role.Drums, _draft);
        return Finish(plan, character, BarOrigin.Fallback, 0);
    }

    /// <summary>Null where the model is missing, has failed or was stopped by <paramref name="isTooLate"/>.</summary>
    public AnswerBar? TryCompose(in BarPlan plan, Func<bool> isTooLate)
    {
        model?.Use(plan.Settings.EngineModel);
        if (!HasModel)
            return null;
        var character = CharacterOf(plan.Frame, plan.Settings);
        if (plan is { Windows.Count: 0, Given.Length: > 0 })
        {
            _draft.Clear(); // nothing is new in it
            return Finish(plan, character, BarOrigin.Repeated, 0);
        }
        plan.Frame.FillPhrase(plan.Bars, plan.BarIndex, _phrase);
        if (model!.Patterns is { } patterns && patterns.Makes(plan, character) && patterns.TryFill(plan, character, ConstraintsOf(plan, character), _phrase, _draft))
            return Finish(plan, character, BarOrigin.Model, 0);
        if (!model.Hear(ContextOf(plan.Frame, character), CollectionsMarshal.AsSpan(_phrase), isTooLate))
            return null;
        var order = new BarOrder
        {
            StartTick = plan.StartTick,
            EndTick = plan.EndTick,
            BarIndex = plan.BarIndex,
            Draw = plan.Draw,
            Seed = plan.Settings.Seed,
            Temperature = plan.Settings.Temperature,
            TopP = plan.Settings.TopP,
            Constraints = ConstraintsOf(plan, character),
            Future = FutureOf(plan),
            Given = plan.Given,
        };
        var started = Stopwatch.GetTimestamp();
        if (model.ComposeBar(order, _draft, isTooLate, out var logLikelihood) != ComposeOutcome.Complete)
            return null;
        if (_draft.Count > 0)
            NoteMilliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds / _draft.Count;
        return Finish(plan, character, BarOrigin.Model, logLikelihood);
    }

    private static PhraseContext ContextOf(AnswerFrame frame, MotifCharacter character) => new(frame.Meter, character.Role, character.Key);

    private static NoteConstraints ConstraintsOf(in BarPlan plan, MotifCharacter character) =>
        plan.IsLast ? character.Constraints with { MaxRingOverTicks = 0 } : character.Constraints;

    /// <summary>The notes of the next bars that exist already.</summary>
    private static GridNote[] FutureOf(in BarPlan plan)
    {
        var frame = plan.Frame;
        return [.. plan.Bars.Skip(plan.BarIndex + 1).Take(FutureBars).SelectMany(bar => bar.Notes).Select(frame.Quantise)];
    }

    private AnswerBar Finish(in BarPlan plan, MotifCharacter character, BarOrigin origin, double logLikelihood)
    {
        if (plan.Given.Length > 0 || plan.Windows is not null)
            GivenNotes.Merge(_draft, plan.Given, plan.Windows, character.Constraints.MaxPolyphony);
        if (plan.Next is { } next)
            GivenNotes.TrimBefore(_draft, next.Notes.Select(plan.Frame.Quantise), character.Constraints.MaxPolyphony);
        var notes = ImmutableArray.CreateBuilder<TimelineNote>(_draft.Count);
        foreach (var note in _draft)
            notes.Add(PhraseGrid.ToTimeline(note, plan.Frame.StartPpq, plan.Frame.Channel));
        return new AnswerBar(plan.StartPpq, plan.EndPpq, origin, logLikelihood, notes.DrainToImmutable());
    }
}

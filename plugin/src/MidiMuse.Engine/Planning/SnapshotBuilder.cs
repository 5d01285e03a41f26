using System.Collections.Immutable;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Planning;

/// <summary>Takes down what can be seen of a loop at one moment. [engine]</summary>
internal static class SnapshotBuilder
{
    public static EngineSnapshot Build(EngineLoop loop, IContinuationModel? model, string? problem)
    {
        var planner = loop.Planner;
        var answer = planner.Answer;
        var settings = loop.Settings.ForBars();
        var character = answer.Frame is { } frame ? MotifCharacter.Of(frame, settings) : null;
        return new EngineSnapshot
        {
            Version = loop.Version,
            ContentVersion = loop.ContentVersion,
            Phase = loop.Phase,
            Guidance = GuidanceOf(loop, model, problem),
            Motif = answer.Frame?.Motif,
            MotifInTheMaking = loop.MotifInTheMaking,
            Audio = loop.Audio,
            Answer = answer.ToImmutable(),
            Tail = planner.Lines.Ahead(loop.Candidate, settings),
            Candidates = CandidatesOf(loop, answer, character?.Role ?? Role.Melody),
            CurrentCandidate = loop.Candidate,
            Kept = loop.Editor.Kept,
            IsComparing = loop.Editor.IsComparing,
            Locked = [.. answer.Locked.Select(note => NoteRef.Of(note))],
            BarsInTheMaking = loop.Editor.BarsInTheMaking,
            IsMuted = answer.IsMuted,
            Redone = (answer.Take, answer.Edits),
            History = loop.Editor.History.Entries,
            CanUndo = loop.Editor.CanUndo,
            CanRedo = loop.Editor.CanRedo,
            Texts = loop.Texts.All,
            Controllers = loop.Controllers.Mappings,
            Learning = loop.Controllers.Learning,
            Tempos = loop.Tempos.Points,
            Key = character?.Key,
            Role = character?.Role,
            Chords = character?.Chords,
            ModelIdentity = model?.Identity,
            Devices = model?.Devices,
            NoteMilliseconds = planner.NoteMilliseconds,
            Problem = problem ?? model?.Fault,
        };
    }

    private static ImmutableArray<Candidate> CandidatesOf(EngineLoop loop, CurrentAnswer answer, Role role)
    {
        var count = loop.Parameters.Index(ParameterId.Candidates);
        if (answer.Frame is not { } frame || answer.Count == 0 || count == 1)
            return [];
        var wanted = Math.Min(Math.Max(answer.Count, loop.BarsWanted), AnswerLines.LongestBars);
        return CandidateRanking.Rank(frame, Enumerable.Range(0, count)
            .Select(index => (Index: index, Bars: loop.Planner.Lines.Find(index)?.Bars ?? []))
            .Where(line => line.Bars.Count > 0)
            .Select(line => new CandidateLine(line.Index, line.Bars, wanted, loop.Likenesses.Of(frame, role, line.Index, line.Bars))));
    }

    private static Guidance GuidanceOf(EngineLoop loop, IContinuationModel? model, string? problem)
    {
        if (problem is not null || model is not { Fault: null })
            return Guidance.NoModel;
        if (loop.Parameters.IsOn(ParameterId.Bypass))
            return Guidance.Bypassed;
        return loop.Phase switch
        {
            EnginePhase.Capturing => Guidance.GoOnPlaying,
            EnginePhase.Answering => Guidance.Listen,
            EnginePhase.Waiting => Guidance.PlayMotif,
            _ when loop.Planner.BarCount > 0 => Guidance.TakeAnswer,
            _ => loop.Parameters.IsOn(ParameterId.Arm) ? Guidance.StartTransport : Guidance.SwitchArmOn,
        };
    }
}

using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Commands;

/// <summary>Does what a command says, at the position that the loop has reached. [engine]</summary>
public sealed class CommandExecutor(EngineLoop loop)
{
    private AnswerEditor Editor => loop.Editor;

    public CommandReply Execute(EngineCommand command) => command switch
    {
        SetParameter set => Set(set),
        ApplySettings settings => Apply(settings),
        SetText text => Set(text.Key, text.Text),
        ChooseCandidate choose => Choose(choose.Candidate),
        StepCandidate step => Choose(Wrap(loop.Candidate + step.Steps)),
        Compare => Unmuted(Editor.Compare()),
        LockNotes locked => Editor.Lock((_, note) => locked.Notes.Any(reference => reference.Is(note)), locked.IsLocked),
        LockBars locked => Editor.Lock((bar, _) => locked.Bars.Contains(bar), locked.IsLocked),
        Regenerate regenerate => Editor.Regenerate(regenerate.Bars, loop.FirstFreeBar),
        RegenerateNotes regenerate => Editor.RegenerateNotes(regenerate.Notes),
        Accept => Unmuted(Editor.Accept()),
        Reject => Editor.Reject(),
        Undo => Step(Editor.Undo(), "There is nothing to undo."),
        Redo => Step(Editor.Redo(), "There is nothing to redo."),
        MarkFavourite mark => OrNoEntry(Editor.History.Mark(mark.HistoryId, mark.IsFavourite), mark.HistoryId),
        ForgetAnswer forget => OrNoEntry(Editor.History.Forget(forget.HistoryId), forget.HistoryId),
        Recall recall => RecallEntry(recall.HistoryId),
        LoadMotif load => loop.BeginLoaded(load.Motif, load.Audio),
        CaptureChords => TakeChords(),
        StopAfterCommit => Muted(),
        PlayAgain => Unmuted(CommandReply.Done),
        LearnController learn => Learn(learn.ParameterId),
        CancelLearning => Done(loop.Controllers.Cancel),
        ForgetController forget => loop.Controllers.Forget(forget.ParameterId) ? CommandReply.Done : CommandReply.Refused("No controller moves that parameter."),
        _ => CommandReply.Refused("This version does not know that command."),
    };

    public void ApplyProgram(int index)
    {
        if (index >= 0 && index < FactoryPrograms.All.Count)
            SetAll(FactoryPrograms.All[index].Values.Select(value => KeyValuePair.Create(value.Key, value.Plain)));
    }

    private static CommandReply Done(Action action)
    {
        action();
        return CommandReply.Done;
    }

    private static CommandReply OrNoEntry(bool isFound, int id) => isFound ? CommandReply.Done : CommandReply.Refused($"The history has no answer {id}.");

    private int Wrap(int candidate)
    {
        var count = loop.Parameters.Index(ParameterId.Candidates);
        return ((candidate % count) + count) % count;
    }

    private CommandReply Set(SetParameter set)
    {
        if (ParameterTable.Find(set.Id) is not { ReadOnly: false })
            return CommandReply.Refused("That parameter cannot be set.");
        loop.SetAndTell(set.Id, set.Normalised);
        return CommandReply.Done;
    }

    private CommandReply Set(string key, string text)
    {
        if (TextTable.Find(key) is not { } definition)
            return CommandReply.Refused($"'{key}' is no text.");
        if (text.Length > TextTable.MaximumLength)
            return CommandReply.Refused($"{definition.Title} is too long.");
        if (text.Length > 0 && definition.Problem(text) is { } problem)
            return CommandReply.Refused(problem);
        loop.Texts.Set(key, text);
        return CommandReply.Done;
    }

    private CommandReply Apply(ApplySettings settings)
    {
        Editor.PushStep(withSettings: true);
        SetAll(settings.Values);
        foreach (var (key, text) in settings.Texts)
            Set(key, text);
        return CommandReply.Done;
    }

    private void SetAll(IEnumerable<KeyValuePair<string, double>> values)
    {
        foreach (var (key, plain) in values)
        {
            if (ParameterTable.Find(key) is { ReadOnly: false, Momentary: false, SelectsProgram: false } definition && double.IsFinite(plain))
                SetIfOther(definition, definition.ToNormalised(plain));
        }
    }

    private void SetIfOther(ParameterDefinition definition, double normalised)
    {
        if (definition.ToPlain(loop.Parameters.Normalised(definition.Id)) != definition.ToPlain(normalised))
            loop.SetAndTell(definition.Id, normalised);
    }

    private CommandReply TakeChords()
    {
        if ((loop.MotifInTheMaking ?? loop.Planner.Motif) is not { } motif || ChordCapture.Of(motif) is not { } lane)
            return CommandReply.Refused("Nothing was played yet that has chords.");
        var text = lane.ToString();
        var reply = Apply(new ApplySettings("captured chords", [KeyValuePair.Create("chordSource", (double)ChordSource.Given)], [KeyValuePair.Create(TextTable.Chords, text)]));
        return reply.Ok ? reply with { Message = text } : reply;
    }

    private CommandReply Choose(int candidate)
    {
        if (candidate is < 0 or >= AnswerLines.MostCandidates)
            return CommandReply.Refused($"There are candidates 1 to {AnswerLines.MostCandidates}.");
        loop.SetAndTell(ParameterId.Candidate, ParameterTable.Find(ParameterId.Candidate)!.ToNormalised(candidate + 1));
        loop.ReviseAtOnce();
        return CommandReply.Done;
    }

    /// <summary>Undo and Redo bring back the settings as well, where the step was one of settings.</summary>
    private CommandReply Step(AnswerMemento? memento, string refusal)
    {
        if (memento is null)
            return CommandReply.Refused(refusal);
        loop.TellCandidate(memento.Candidate);
        if (memento.Settings is { } settings)
            SetAll(settings.Where(IsMusic));
        if (memento.Texts is { } texts)
            loop.Texts.Replace(texts);
        return Unmuted(CommandReply.Done);
    }

    private CommandReply RecallEntry(int id)
    {
        if (Editor.History.Find(id) is not { } entry)
            return OrNoEntry(false, id);
        var reply = Editor.Recall(entry);
        if (!reply.Ok)
            return reply;
        loop.TellCandidate(entry.Candidate);
        SetAll(entry.Settings.Where(IsMusic));
        loop.Texts.Replace(entry.Texts);
        return Unmuted(reply);
    }

    /// <summary>Going back to an answer does not switch the instance on or off, or its MIDI to another channel.</summary>
    private static bool IsMusic(KeyValuePair<string, double> setting) =>
        ParameterTable.Find(setting.Key) is { Role: AudioRole.None, Automatable: true, Id: not (ParameterId.Arm or ParameterId.Candidate) };

    private CommandReply Muted()
    {
        loop.Mute();
        return CommandReply.Done;
    }

    private CommandReply Unmuted(CommandReply reply)
    {
        if (reply.Ok)
            loop.Unmute();
        return reply;
    }

    private CommandReply Learn(uint parameterId)
    {
        if (ParameterTable.Find(parameterId) is not { ReadOnly: false })
            return CommandReply.Refused("That parameter cannot be moved.");
        loop.Controllers.Learn(parameterId);
        return CommandReply.Done;
    }
}

using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Midi;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Commands;

/// <summary>Does what a command or a parameter says, at the position that the loop has reached. [engine]</summary>
public sealed class CommandExecutor(
    EngineMoment moment,
    AnswerPlanner planner,
    AnswerEditor editor,
    MotifCapture capture,
    MotifCycle cycle,
    LoadedMotif loaded,
    SpareTimeWork spareTime,
    ControllerMap controllers,
    ICommandSink sink)
{
    public CommandReply Execute(EngineCommand command)
    {
        var reply = Reply(command);
        if (moment.IsRendering)
            spareTime.Finish();
        spareTime.Deliver();
        if (command is not Commands.SetParameter)
            moment.ChangeContent();
        return reply;
    }

    public void SetParameter(uint id, double normalised)
    {
        var before = moment.Parameters.Normalised(id);
        if (!moment.Parameters.Set(id, normalised))
            return;
        var wasOn = before >= 0.5;
        var isOn = moment.Parameters.Normalised(id) >= 0.5;
        switch (id)
        {
            case ParameterId.Arm when wasOn != isOn:
                cycle.ChangeArm(isOn);
                break;
            case ParameterId.Clear when !wasOn && isOn:
                cycle.Clear();
                break;
            case ParameterId.Panic when !wasOn && isOn:
            case ParameterId.Bypass when !wasOn && isOn:
                cycle.End();
                break;
            case ParameterId.Bypass when wasOn && !isOn:
                cycle.ListenAgain();
                break;
            case ParameterId.KeepForMorph when !wasOn && isOn:
                KeepForMorph();
                break;
            case ParameterId.Program:
                ApplyProgram(moment.Parameters.Index(ParameterId.Program));
                break;
            case ParameterId.SustainPedal when !isOn:
                capture.ReleasePedals(moment.NowPpq);
                break;
            case ParameterId.Candidate when before != moment.Parameters.Normalised(id):
                spareTime.TakeCandidate((int)ParameterTable.Find(id)!.ToPlain(before) - 1);
                break;
            default:
                if (!wasOn && isOn && AnswerParameters.CommandOf(id) is { } command)
                    Execute(command);
                break;
        }
    }

    /// <summary>Sets a parameter on the engine's own account: the host is told.</summary>
    public void SetAndTell(uint id, double normalised)
    {
        SetParameter(id, normalised);
        sink.SendParameter(id, normalised);
    }

    private CommandReply Reply(EngineCommand command) => command switch
    {
        SetParameter set => Set(set),
        ApplySettings settings => Apply(settings),
        SetText text => Set(text.Key, text.Text),
        ChooseCandidate choose => Choose(choose.Candidate),
        StepCandidate step => Choose(Wrap(moment.Candidate + step.Steps)),
        Compare => Unmuted(editor.Compare()),
        LockNotes locked => editor.Lock((_, note) => locked.Notes.Any(reference => reference.Is(note)), locked.IsLocked),
        LockBars locked => editor.Lock((bar, _) => locked.Bars.Contains(bar), locked.IsLocked),
        Regenerate regenerate => editor.Regenerate(regenerate.Bars, cycle.FirstFreeBar),
        RegenerateNotes regenerate => editor.RegenerateNotes(regenerate.Notes),
        Accept => Unmuted(editor.Accept()),
        Reject => editor.Reject(),
        Undo => Step(editor.Undo(), "There is nothing to undo."),
        Redo => Step(editor.Redo(), "There is nothing to redo."),
        MarkFavourite mark => OrNoEntry(editor.History.Mark(mark.HistoryId, mark.IsFavourite), mark.HistoryId),
        ForgetAnswer forget => OrNoEntry(editor.History.Forget(forget.HistoryId), forget.HistoryId),
        Recall recall => RecallEntry(recall.HistoryId),
        LoadMotif load => loaded.Begin(load.Motif, load.Audio),
        CaptureChords => TakeChords(),
        StopAfterCommit => Muted(),
        PlayAgain => Unmuted(CommandReply.Done),
        LearnController learn => Learn(learn.ParameterId),
        CancelLearning => Done(controllers.Cancel),
        ForgetController forget => controllers.Forget(forget.ParameterId) ? CommandReply.Done : CommandReply.Refused("No controller moves that parameter."),
        _ => CommandReply.Refused("This version does not know that command."),
    };

    private static CommandReply Done(Action action)
    {
        action();
        return CommandReply.Done;
    }

    private static CommandReply OrNoEntry(bool isFound, int id) => isFound ? CommandReply.Done : CommandReply.Refused($"The history has no answer {id}.");

    private void ApplyProgram(int index)
    {
        if (index >= 0 && index < FactoryPrograms.All.Count)
            SetAll(FactoryPrograms.All[index].Values.Select(value => KeyValuePair.Create(value.Key, value.Plain)));
    }

    private int Wrap(int candidate)
    {
        var count = moment.Parameters.Index(ParameterId.Candidates);
        return ((candidate % count) + count) % count;
    }

    private CommandReply Set(SetParameter set)
    {
        if (ParameterTable.Find(set.Id) is not { ReadOnly: false })
            return CommandReply.Refused("That parameter cannot be set.");
        SetAndTell(set.Id, set.Normalised);
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
        moment.Texts.Set(key, text);
        return CommandReply.Done;
    }

    private CommandReply Apply(ApplySettings settings)
    {
        editor.PushStep(withSettings: true);
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
        if (definition.ToPlain(moment.Parameters.Normalised(definition.Id)) != definition.ToPlain(normalised))
            SetAndTell(definition.Id, normalised);
    }

    private CommandReply TakeChords()
    {
        if ((cycle.MotifInTheMaking ?? planner.Motif) is not { } motif || ChordCapture.Of(motif) is not { } lane)
            return CommandReply.Refused("Nothing was played yet that has chords.");
        var text = lane.ToString();
        var reply = Apply(new ApplySettings("captured chords", [KeyValuePair.Create("chordSource", (double)ChordSource.Given)], [KeyValuePair.Create(TextTable.Chords, text)]));
        return reply.Ok ? reply with { Message = text } : reply;
    }

    private CommandReply Choose(int candidate)
    {
        if (candidate is < 0 or >= AnswerLines.MostCandidates)
            return CommandReply.Refused($"There are candidates 1 to {AnswerLines.MostCandidates}.");
        SetAndTell(ParameterId.Candidate, ParameterTable.Find(ParameterId.Candidate)!.ToNormalised(candidate + 1));
        cycle.ReviseAtOnce();
        return CommandReply.Done;
    }

    /// <summary>The answer is another candidate's already: only the parameter has to follow.</summary>
    private void TellCandidate(int candidate)
    {
        var normalised = ParameterTable.Find(ParameterId.Candidate)!.ToNormalised(candidate + 1);
        moment.Parameters.Set(ParameterId.Candidate, normalised);
        sink.SendParameter(ParameterId.Candidate, normalised);
        editor.WantedCandidate = null;
    }

    /// <summary>The motif of the moment is what later motifs are morphed into.</summary>
    private void KeepForMorph()
    {
        if (planner.Motif is not { Notes.IsEmpty: false } motif)
            return;
        moment.Texts.Set(TextTable.Morph, MotifText.Write(motif));
        moment.ChangeContent();
    }

    /// <summary>Undo and Redo bring back the settings as well, where the step was one of settings.</summary>
    private CommandReply Step(AnswerMemento? memento, string refusal)
    {
        if (memento is null)
            return CommandReply.Refused(refusal);
        TellCandidate(memento.Candidate);
        if (memento.Settings is { } settings)
            SetAll(settings.Where(IsMusic));
        if (memento.Texts is { } texts)
            moment.Texts.Replace(texts);
        return Unmuted(CommandReply.Done);
    }

    private CommandReply RecallEntry(int id)
    {
        if (editor.History.Find(id) is not { } entry)
            return OrNoEntry(false, id);
        var reply = editor.Recall(entry);
        if (!reply.Ok)
            return reply;
        TellCandidate(entry.Candidate);
        SetAll(entry.Settings.Where(IsMusic));
        moment.Texts.Replace(entry.Texts);
        return Unmuted(reply);
    }

    /// <summary>Going back to an answer does not switch the instance on or off, or its MIDI to another channel.</summary>
    private static bool IsMusic(KeyValuePair<string, double> setting) =>
        ParameterTable.Find(setting.Key) is { Role: AudioRole.None, Automatable: true, Id: not (ParameterId.Arm or ParameterId.Candidate) };

    /// <summary>The answer is a clip elsewhere now: it is not played here as well.</summary>
    private CommandReply Muted()
    {
        if (moment.Phase == EnginePhase.Answering)
            cycle.End();
        SetAndTell(ParameterId.Arm, 0);
        cycle.Mute();
        return CommandReply.Done;
    }

    private CommandReply Unmuted(CommandReply reply)
    {
        if (reply.Ok)
            cycle.Unmute();
        return reply;
    }

    private CommandReply Learn(uint parameterId)
    {
        if (ParameterTable.Find(parameterId) is not { ReadOnly: false })
            return CommandReply.Refused("That parameter cannot be moved.");
        controllers.Learn(parameterId);
        return CommandReply.Done;
    }
}

using System.Collections.Immutable;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Candidates;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Answers;

/// <summary>
/// What the player does with an answer: make bars or notes anew, lock, keep, compare, go back and forth, recall.
/// Bars to be made are taken up one by one (<see cref="TryMakeNext"/>), so that nothing else has to wait. [engine]
/// </summary>
/// <param name="model">Its identity, for the history.</param>
public sealed class AnswerEditor(EngineMoment moment, AnswerPlanner planner, BarComposer composer, string? model)
{
    private readonly UndoSteps _steps = new();
    private readonly Queue<Regeneration> _toMake = new();
    private readonly List<int> _changed = [];
    private AnswerMemento? _kept;

    public AnswerHistory History { get; } = new();

    public bool CanUndo => _steps.CanUndo;

    public bool CanRedo => _steps.CanRedo;

    /// <summary>What Compare compares with.</summary>
    public ImmutableArray<AnswerBar>? Kept => _kept?.Bars;

    public bool IsComparing { get; private set; }

    public bool HasWork => _toMake.Count > 0;

    /// <summary>The candidate that was chosen and whose bars the finished answer has not got yet.</summary>
    public int? WantedCandidate { get; set; }

    public ImmutableArray<int> BarsInTheMaking => [.. _toMake.Select(item => item.Bar)];

    private CurrentAnswer Answer => planner.Answer;

    /// <summary>Bars that were changed since this was last asked; negative where the whole answer is another one.</summary>
    public int[] TakeChanged()
    {
        if (_changed.Count == 0)
            return [];
        int[] changed = [.. _changed.Distinct().Order()];
        _changed.Clear();
        return changed;
    }

    public void RememberNow() => History.Remember(Answer, moment.Parameters, moment.Texts, model);

    /// <summary>The present state as a step of Undo.</summary>
    public void PushStep(bool withSettings = false) => _steps.Push(Memento(withSettings));

    /// <summary>The same, before another candidate was chosen.</summary>
    public void PushStep(int candidateBefore) => _steps.Push(Memento(withSettings: false) with { Candidate = candidateBefore });

    public CommandReply Regenerate(BarRange? bars, int firstFreeBar)
    {
        if (Refusal() is { } refusal)
            return CommandReply.Refused(refusal);
        var range = bars ?? new BarRange(firstFreeBar, Answer.Count - 1);
        if (range.First >= Answer.Count)
            return CommandReply.Refused($"The answer has {Answer.Count} bars.");
        PushStep();
        // The whole answer: the candidates are others as well. Some bars: what comes after them stays what it was.
        var draw = bars is null ? AnswerLines.DrawOf(moment.Candidate, ++Answer.Take) : NextEdit();
        if (bars is null)
            planner.Lines.FollowHeard(moment.Candidate, default);
        _toMake.Clear();
        for (var bar = range.First; bar <= Math.Min(range.Last, Answer.Count - 1); bar++)
            _toMake.Enqueue(new Regeneration(bar, draw, [], []));
        return CommandReply.Done;
    }

    public CommandReply RegenerateNotes(ImmutableArray<NoteRef> notes)
    {
        if (Refusal() is { } refusal)
            return CommandReply.Refused(refusal);
        var items = new List<Regeneration>();
        for (var i = 0; i < Answer.Count; i++)
        {
            var bar = Answer.Bars[i];
            var asked = bar.Notes.Where(note => notes.Any(reference => reference.Is(note)) && !Answer.Locked.Contains(note)).ToArray();
            if (asked.Length > 0)
                items.Add(new Regeneration(i, 0, [.. bar.Notes.Except(asked)], [.. asked.Select(note => (note.OnsetPpq, Math.Max(note.EndPpq, note.OnsetPpq + GridTick)))]));
        }
        if (items.Count == 0)
            return CommandReply.Refused("There are no such notes that are not locked.");
        PushStep();
        var draw = NextEdit();
        _toMake.Clear();
        foreach (var item in items)
            _toMake.Enqueue(item with { Draw = draw });
        return CommandReply.Done;
    }

    /// <summary>The bars of an answer that does not exist yet, for a motif that was loaded while nothing plays.</summary>
    public void MakeAll(int bars)
    {
        _toMake.Clear();
        for (var bar = 0; bar < bars; bar++)
            _toMake.Enqueue(new Regeneration(bar, AnswerLines.DrawOf(moment.Candidate, Answer.Take), [], []));
    }

    /// <summary>Makes the next bar that waits.</summary>
    /// <returns>False where nothing waits or the model was stopped.</returns>
    public bool TryMakeNext(in MusicSettings settings, Func<bool> mustGiveUp)
    {
        if (!_toMake.TryPeek(out var next) || Answer.Frame is null || next.Bar > Answer.Count)
        {
            _toMake.Clear();
            return false;
        }
        var plan = PlanOf(next, settings);
        var bar = composer.HasModel ? composer.TryCompose(plan, mustGiveUp) : composer.Fallback(plan);
        if (bar is null && composer.HasModel)
            return false; // stopped: the bar still waits
        _toMake.Dequeue();
        bar ??= composer.Fallback(plan);
        if (!next.Windows.IsEmpty && bar.Notes.Length <= plan.Given.Length && next.Attempt + 1 < Regeneration.MostAttempts)
        {
            // Nothing fell into the gaps: another draw, before the bars after it.
            Requeue(next with { Attempt = next.Attempt + 1, Draw = NextEdit() });
            return true;
        }
        if (!next.Windows.IsEmpty && bar.Notes.Length <= plan.Given.Length)
            return true; // the old notes stay: a hole is not what was asked for
        Put(next.Bar, bar, settings);
        if (_toMake.Count == 0)
            RememberNow();
        return true;
    }

    /// <summary>The candidate's bars become the answer's, from a bar on.</summary>
    public bool TryTakeCandidate(int candidate, int firstBar, in MusicSettings settings, Func<bool> mustGiveUp)
    {
        if (Answer.Count == 0 || planner.Lines.TryGet(candidate, Answer.Count - 1, settings, mustGiveUp) is null)
            return false;
        for (var i = firstBar; i < Answer.Count; i++)
        {
            var bar = planner.Lines.Find(candidate)!.Bars[i];
            if (!ReferenceEquals(bar, Answer.Bars[i]))
            {
                Answer.Replace(i, bar);
                _changed.Add(i);
            }
        }
        return true;
    }

    public CommandReply Lock(Func<int, TimelineNote, bool> isMeant, bool isLocked)
    {
        var notes = Answer.Bars.SelectMany((bar, index) => bar.Notes.Where(note => isMeant(index, note))).ToArray();
        if (notes.Length == 0)
            return CommandReply.Refused("There are no such notes in the answer.");
        PushStep();
        foreach (var note in notes)
        {
            if (isLocked)
                Answer.Lock(note);
            else
                Answer.Unlock(NoteRef.Of(note));
        }
        planner.Lines.FollowHeard(moment.Candidate, default); // the other candidates are made again around the locked notes
        return CommandReply.Done;
    }

    public CommandReply Accept()
    {
        if (History.Remember(Answer, moment.Parameters, moment.Texts, model) is not { } id)
            return CommandReply.Refused("There is no answer yet.");
        History.Mark(id, isFavourite: true);
        _kept = Memento(withSettings: false);
        IsComparing = false;
        return CommandReply.Done;
    }

    /// <summary>The kept answer comes back; where nothing was kept, there is silence.</summary>
    public CommandReply Reject()
    {
        if (Answer.Count == 0)
            return CommandReply.Refused("There is no answer yet.");
        RememberNow();
        PushStep();
        if (_kept is { } kept && !kept.Bars.SequenceEqual(Answer.Bars))
        {
            Install(kept);
            return CommandReply.Done;
        }
        _toMake.Clear();
        Answer.TrimTo(0);
        Answer.ReplaceLocks([]);
        planner.Forget();
        _changed.Add(-1);
        return CommandReply.Done;
    }

    public CommandReply Compare()
    {
        if (_kept is not { } kept)
            return CommandReply.Refused("Nothing was accepted yet that could be compared.");
        var other = Memento(withSettings: false);
        Install(kept);
        _kept = other;
        IsComparing = !IsComparing;
        return CommandReply.Done;
    }

    /// <returns>The memento that was installed; null where there was none.</returns>
    public AnswerMemento? Undo() => Installed(_steps.Undo(step => Memento(step.Settings is not null)));

    public AnswerMemento? Redo() => Installed(_steps.Redo(step => Memento(step.Settings is not null)));

    public CommandReply Recall(HistoryEntry entry)
    {
        var mode = (AnswerMode)(int)entry.Settings.GetValueOrDefault(ParameterTable.Find(ParameterId.Mode)!.Key);
        if (AnswerFrame.Of(entry.Motif, mode) is not { } frame)
            return CommandReply.Refused("That answer has no motif.");
        RememberNow();
        PushStep(withSettings: true);
        var settings = moment.Settings.ForBars();
        Install(new AnswerMemento(frame, entry.Bars, [.. entry.Bars.Select(_ => settings)], [], Take: 0, Edits: 0, entry.Candidate));
        return CommandReply.Done;
    }

    /// <summary>Another answer stands here now: what was asked of the one before is void.</summary>
    public void Begin()
    {
        _toMake.Clear();
        _changed.Clear();
        WantedCandidate = null;
    }

    public void Restore(ImmutableArray<HistoryEntry> history)
    {
        Begin();
        _steps.Clear();
        _kept = null;
        IsComparing = false;
        History.Restore(history);
    }

    private const double GridTick = 1.0 / Core.Time.GridTime.TicksPerQuarter;

    private string? Refusal()
    {
        if (Answer.Count == 0)
            return "There is no answer yet.";
        return composer.HasModel ? null : "There is no model that could make it.";
    }

    private int NextEdit() => AnswerLines.DrawOfEdit(++Answer.Edits);

    private void Requeue(Regeneration first)
    {
        Regeneration[] rest = [first, .. _toMake];
        _toMake.Clear();
        foreach (var item in rest)
            _toMake.Enqueue(item);
    }

    private void Put(int index, AnswerBar bar, in MusicSettings settings)
    {
        if (index == Answer.Count)
        {
            Answer.Add(bar, settings);
            planner.Lines.Heard(moment.Candidate, index, bar, settings);
        }
        else
        {
            Answer.Replace(index, bar);
            Answer.SetSettings(index, settings);
            planner.Lines.Find(moment.Candidate)?.Replace(index, bar, settings, Answer.Count);
        }
        _changed.Add(index);
    }

    private BarPlan PlanOf(Regeneration item, in MusicSettings settings)
    {
        var frame = Answer.Frame!;
        var isNew = item.Bar == Answer.Count;
        var startPpq = isNew ? Answer.EndPpq : Answer.Bars[item.Bar].StartPpq;
        var endPpq = isNew ? startPpq + frame.Meter.BarPpq : Answer.Bars[item.Bar].EndPpq;
        GridNote[] given = [.. Answer.LockedIn(startPpq, endPpq).Concat(item.Kept.Select(frame.Quantise)).Distinct().OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch)];
        return new BarPlan
        {
            Frame = frame,
            Settings = settings,
            StartPpq = startPpq,
            EndPpq = endPpq,
            BarIndex = item.Bar,
            Draw = item.Draw,
            Bars = Answer.Bars,
            Given = given,
            Windows = item.Windows.IsEmpty ? null : [.. item.Windows.Select(window => (frame.TickOf(window.FromPpq), Math.Max(frame.TickOf(window.UntilPpq), frame.TickOf(window.FromPpq) + 1)))],
        };
    }

    private AnswerMemento Memento(bool withSettings)
    {
        var now = moment.Settings.ForBars();
        return new AnswerMemento(
            Answer.Frame,
            Answer.ToImmutable(),
            [.. Enumerable.Range(0, Answer.Count).Select(bar => Answer.SettingsOf(bar, now))],
            [.. Answer.Locked],
            Answer.Take,
            Answer.Edits,
            moment.Candidate,
            withSettings ? AnswerHistory.SettingsOf(moment.Parameters) : null,
            withSettings ? moment.Texts.All : null);
    }

    private AnswerMemento? Installed(AnswerMemento? memento)
    {
        if (memento is not null)
        {
            RememberNow();
            Install(memento);
        }
        return memento;
    }

    /// <summary>The same motif: bar by bar, and while it is still answered, what was decided since then stays. Another one: as a whole.</summary>
    private void Install(AnswerMemento memento)
    {
        _toMake.Clear();
        var isSame = memento.Frame is { } frame && Answer.Frame is { } present && frame.IsOfSameAnswer(present);
        if (isSame)
        {
            for (var i = 0; i < Math.Min(Answer.Count, memento.Bars.Length); i++)
                PutBack(i, memento);
            for (var i = Answer.Count; i < memento.Bars.Length; i++)
            {
                Answer.Add(memento.Bars[i], memento.BarSettings[i]);
                _changed.Add(i);
            }
            if (moment.Phase != EnginePhase.Answering && Answer.Count > memento.Bars.Length)
            {
                Answer.TrimTo(memento.Bars.Length);
                _changed.Add(-1);
            }
        }
        else
        {
            Answer.Clear();
            if (memento.Frame is { } other)
                Answer.Begin(other);
            for (var i = 0; i < memento.Bars.Length; i++)
                Answer.Add(memento.Bars[i], memento.BarSettings[i]);
            planner.Forget();
            _changed.Add(-1);
        }
        Answer.ReplaceLocks(memento.Locked);
        Answer.Take = memento.Take;
        Answer.Edits = Math.Max(Answer.Edits, memento.Edits);
        if (Answer.Frame is not null)
            planner.Lines.FollowHeard(memento.Candidate, moment.Settings.ForBars());
    }

    private void PutBack(int index, AnswerMemento memento)
    {
        if (ReferenceEquals(Answer.Bars[index], memento.Bars[index]))
            return;
        Answer.Replace(index, memento.Bars[index]);
        Answer.SetSettings(index, memento.BarSettings[index]);
        _changed.Add(index);
    }
}

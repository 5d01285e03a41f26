using System.Collections.Immutable;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.History;

/// <summary>An answer as it was, to go back to. Immutable.</summary>
/// <param name="Settings">Parameters as plain values, where the step changed them; else null.</param>
public sealed record AnswerMemento(
    AnswerFrame? Frame,
    ImmutableArray<AnswerBar> Bars,
    ImmutableArray<MusicSettings> BarSettings,
    ImmutableArray<TimelineNote> Locked,
    int Take,
    int Edits,
    int Candidate,
    ImmutableSortedDictionary<string, double>? Settings = null,
    ImmutableSortedDictionary<string, string>? Texts = null);

/// <summary>Steps back and forth. Bounded. [engine]</summary>
public sealed class UndoSteps
{
    public const int MostSteps = 64;

    private readonly List<AnswerMemento> _undo = [];
    private readonly List<AnswerMemento> _redo = [];

    public bool CanUndo => _undo.Count > 0;

    public bool CanRedo => _redo.Count > 0;

    /// <summary>Something is about to change; what was undone before cannot be redone any more.</summary>
    public void Push(AnswerMemento before)
    {
        _redo.Clear();
        Add(_undo, before);
    }

    public AnswerMemento? Undo(Func<AnswerMemento, AnswerMemento> now) => Step(_undo, _redo, now);

    public AnswerMemento? Redo(Func<AnswerMemento, AnswerMemento> now) => Step(_redo, _undo, now);

    public void Clear()
    {
        _undo.Clear();
        _redo.Clear();
    }

    /// <param name="now">Gives the present state, with settings where the step's memento has them.</param>
    private static AnswerMemento? Step(List<AnswerMemento> from, List<AnswerMemento> to, Func<AnswerMemento, AnswerMemento> now)
    {
        if (from.Count == 0)
            return null;
        var memento = from[^1];
        from.RemoveAt(from.Count - 1);
        Add(to, now(memento));
        return memento;
    }

    private static void Add(List<AnswerMemento> steps, AnswerMemento memento)
    {
        if (steps.Count == MostSteps)
            steps.RemoveAt(0);
        steps.Add(memento);
    }
}

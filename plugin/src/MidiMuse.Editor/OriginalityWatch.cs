using System.Collections.Immutable;
using MidiMuse.Engine;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Clips;

namespace MidiMuse.Editor;

/// <summary>
/// Measures the answer whenever it is another one, on a thread of the pool: the editor shows the last result and never
/// waits. The training music is read from its file when the first answer is there. <see cref="Of"/> is [ui].
/// </summary>
internal sealed class OriginalityWatch(IEngineControl engine)
{
    private ImmutableArray<AnswerBar> _measured = [];
    private AnswerOriginality? _latest;
    private int _isMeasuring;

    /// <summary>Of this answer or, while it is being measured, of the last one; null without an answer or without the training music.</summary>
    public AnswerOriginality? Of(EngineSnapshot snapshot)
    {
        if (snapshot.Answer.IsEmpty)
            return null;
        if (!IsSame(snapshot.Answer) && Interlocked.CompareExchange(ref _isMeasuring, 1, 0) == 0)
            Begin(snapshot);
        return Volatile.Read(ref _latest);
    }

    private void Begin(EngineSnapshot snapshot)
    {
        _measured = snapshot.Answer;
        ThreadPool.QueueUserWorkItem(_ => Measure(snapshot));
    }

    private void Measure(EngineSnapshot snapshot)
    {
        if (engine.TrainingMusic is { } music)
            Volatile.Write(ref _latest, AnswerOriginality.Of(AnswerClip.OriginalityOf(snapshot, music), music));
        Volatile.Write(ref _isMeasuring, 0);
    }

    private bool IsSame(ImmutableArray<AnswerBar> answer)
    {
        if (answer.Length != _measured.Length)
            return false;
        for (var i = 0; i < answer.Length; i++)
        {
            if (!ReferenceEquals(answer[i], _measured[i]))
                return false;
        }
        return true;
    }
}

using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// The events that a Transformer remembers, beside what it made of them: which ones a checkpoint holds, and what must
/// be read again when the memory is full.
/// </summary>
/// <remarks>
/// A model remembers as many events as it was trained with, and not one more. With the event that fills the memory the
/// oldest bars are forgotten: a Start event on the bar line of the oldest one that stays, and what followed it, are read
/// again, just as a segment begins in training. Where that happens depends on the events alone, so a phrase reads the same
/// however it comes in; a motif that fills the memory does so while it is played, not at the bar line where the answer begins.
/// </remarks>
internal sealed class EventMemory
{
    /// <summary>Events that stay at most when the oldest are forgotten.</summary>
    public const int KeptAtMost = 128;

    private readonly NoteEvent[] _events;
    private readonly ConditionRow[] _conditions;

    public EventMemory(int capacity)
    {
        _events = new NoteEvent[capacity];
        _conditions = new ConditionRow[capacity];
    }

    public int Count { get; private set; }

    /// <summary>So many events from the start were read at once, when what was before them was forgotten.</summary>
    public int ReadAtOnce { get; private set; }

    /// <summary>So many events may be added before the oldest must be forgotten.</summary>
    public int Room => _events.Length - Count;

    public ReadOnlySpan<NoteEvent> Events => _events.AsSpan(0, Count);

    public ReadOnlySpan<ConditionRow> Conditions => _conditions.AsSpan(0, Count);

    public void Clear() => Count = ReadAtOnce = 0;

    public void CopyFrom(EventMemory other)
    {
        other.Events.CopyTo(_events);
        other.Conditions.CopyTo(_conditions);
        Count = other.Count;
        ReadAtOnce = other.ReadAtOnce;
    }

    /// <summary>How many events from the start are the same in another memory, and were read in the same way.</summary>
    public int CommonPrefix(EventMemory other)
    {
        if (ReadAtOnce != other.ReadAtOnce)
            return 0;
        var most = Math.Min(Count, other.Count);
        var events = Events[..most].CommonPrefixLength(other.Events[..most]);
        return Conditions[..events].CommonPrefixLength(other.Conditions[..events]);
    }

    public void Add(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        events.CopyTo(_events.AsSpan(Count));
        conditions.CopyTo(_conditions.AsSpan(Count));
        Count += events.Length;
    }

    /// <summary>Forgets the oldest bars. Everything that is left must be read again.</summary>
    public void Forget()
    {
        var first = Count - KeptAtMost;
        while (first < Count - 1 && !BeginsBar(_events[first], _events[first - 1]))
            first++;
        // A bar of more notes than may stay is cut where it must be.
        if (first >= Count - 1)
            first = Count - KeptAtMost;
        var (begin, conditions) = (_events[first], _conditions[first]);
        var kept = Count - first;
        if (begin.TimeShift == NoteEventVocabulary.TimeShiftStart)
        {
            Move(first, 0, kept);
            Count = ReadAtOnce = kept;
            return;
        }
        Move(first, 1, kept);
        // The first event's place in its bar is the time since the bar line, on which the Start event stands.
        _events[1] = begin with { TimeShift = (byte)NoteEventVocabulary.TimeShiftFromTicks(begin.Position) };
        _events[0] = begin with
        {
            TimeShift = NoteEventVocabulary.TimeShiftStart,
            Pitch = NoteEventVocabulary.PitchStart,
            Duration = NoteEventVocabulary.DurationStart,
            Velocity = NoteEventVocabulary.VelocityStart,
            Position = 0,
        };
        _conditions[0] = conditions;
        Count = ReadAtOnce = kept + 1;
    }

    private static bool BeginsBar(in NoteEvent note, in NoteEvent before) =>
        note.BarPhase != before.BarPhase || note.TimeShift == NoteEventVocabulary.TimeShiftStart;

    private void Move(int from, int to, int count)
    {
        Array.Copy(_events, from, _events, to, count);
        Array.Copy(_conditions, from, _conditions, to, count);
    }
}

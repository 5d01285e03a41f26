using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Inference.Models;

/// <summary>
/// One reader's place in one phrase: the note events that a model has seen so far, and the model's opinion on the
/// next one. [engine] Used by one thread at a time. After it is created, nothing allocates on the managed heap.
/// </summary>
/// <remarks>
/// The next event is asked for attribute by attribute, each head seeing the classes chosen before it:
/// <see cref="TimeLogits"/>, <see cref="PitchLogits"/>, <see cref="DurationLogits"/>, <see cref="VelocityLogits"/>,
/// then <see cref="Step(int, int, int, int)"/> makes the chosen event part of the phrase. A head may be asked again
/// with another choice. The spans stay valid until the same head runs again or the phrase moves on.
/// </remarks>
public abstract class NoteEventSession : IDisposable
{
    /// <summary>Number of checkpoints that a session holds.</summary>
    public const int SlotCount = 16;

    /// <summary>The longest time shift of the vocabulary, in grid ticks.</summary>
    public static readonly int LongestTimeShiftTicks = NoteEventVocabulary.TimeShiftToTicks(NoteEventVocabulary.TimeShiftValues - 1);

    private const int ChunkNotes = 32;

    private readonly Place[] _saved = new Place[SlotCount];

    private int _testDelayMilliseconds;
    private Place _place;
    private IDisposable? _keepAlive;
    private Head _answered = Head.None;
    private bool _disposed;

    protected NoteEventSession()
    {
    }

    private enum Head
    {
        None,
        Time,
        Pitch,
        Duration,
        Velocity,
    }

    /// <summary>The phrase's constants, as given to <see cref="Reset"/>.</summary>
    public PhraseContext Context => _place.Context;

    /// <summary>
    /// Where the next time shift counts from, in grid ticks from the phrase's start: the onset of the last event (0
    /// before the first note), later by the silence that was skipped since.
    /// </summary>
    public long PositionTick => _place.Encoder.PositionTick + _place.SkippedTicks;

    /// <summary>Pitch of the last event, -1 before the first note.</summary>
    public int LastPitch => _place.LastPitch;

    /// <summary>Number of notes that the session has seen since <see cref="Reset"/>.</summary>
    public long NoteCount => _place.NoteCount;

    /// <summary>Logits of the next event's time shift.</summary>
    public ReadOnlySpan<float> TimeLogits // logits [130] f32
    {
        get
        {
            Require(Head.Time);
            return StateTimeLogits;
        }
    }

    /// <summary>The state's time logits; valid after a reset, a step or a restore.</summary>
    protected internal abstract ReadOnlySpan<float> StateTimeLogits { get; }

    /// <summary>Begins a phrase: forgets everything and reads the Start event.</summary>
    public void Reset(in PhraseContext context)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _place = new Place(context);
        ClearState();
        Consume(_place.Encoder.Start);
    }

    /// <summary>
    /// From now on these conditions hold along the phrase; what was read before keeps what it was read with. A session
    /// whose model has vocabulary 1 takes them and does not listen.
    /// </summary>
    public void Tell(ConditionLane conditions)
    {
        Require(Head.Time);
        _place.Context = _place.Context with { Conditions = conditions };
    }

    /// <summary>
    /// Begins another part of an arrangement for infilling: after the past come the given future and then the middle
    /// that is to be filled, each read like a phrase that begins on its own bar line.
    /// </summary>
    /// <param name="barLineTick">Grid ticks from the phrase's start.</param>
    /// <exception cref="NotSupportedException">The model has not learnt to infill.</exception>
    public void BeginPart(SegmentClass segment, long barLineTick)
    {
        Require(Head.Time);
        if (!CanInfill)
            throw new NotSupportedException("This model has not learnt to infill.");
        _place.Segment = segment;
        _place.SkippedTicks = 0;
        _place.LastPitch = -1;
        _place.Encoder.MoveTo(barLineTick);
        Consume(_place.Encoder.Start);
    }

    /// <summary>Whether the model has learnt <see cref="BeginPart"/>.</summary>
    public virtual bool CanInfill => false;

    /// <summary>Reads a note that the phrase contains; notes come sorted by onset, then pitch.</summary>
    /// <param name="velocityIsKnown">False where the source has no dynamics.</param>
    public void Step(in GridNote note, bool velocityIsKnown = true)
    {
        Require(Head.Time);
        Consume(Encode(note, velocityIsKnown));
    }

    /// <summary>Reads an event given by its classes, as the sampler chose them.</summary>
    public void Step(int timeShift, int pitch, int duration, int velocity)
    {
        Require(Head.Time);
        CheckTimeShift(timeShift);
        var note = AtItsPlace(_place.Encoder.Append(timeShift, pitch, duration, velocity));
        Count(note);
        Consume(note);
    }

    /// <summary>Reads an event that was encoded elsewhere. Its place in the bar is taken as it is.</summary>
    public void Step(in NoteEvent note)
    {
        Require(Head.Time);
        Advance(note);
        Consume(note);
    }

    /// <summary>Reads many notes; the same as a step for each.</summary>
    public void Prefill(ReadOnlySpan<GridNote> notes, bool velocityIsKnown = true)
    {
        Require(Head.Time);
        Span<NoteEvent> events = stackalloc NoteEvent[ChunkNotes];
        Span<ConditionRow> conditions = stackalloc ConditionRow[ChunkNotes];
        while (!notes.IsEmpty)
        {
            var count = Math.Min(notes.Length, ChunkNotes);
            for (var i = 0; i < count; i++)
            {
                events[i] = Encode(notes[i], velocityIsKnown);
                conditions[i] = ConditionsHere();
            }
            Consume(events[..count], conditions[..count]);
            notes = notes[count..];
        }
    }

    /// <summary>Reads many events that were encoded elsewhere; the same as a step for each.</summary>
    public void Prefill(ReadOnlySpan<NoteEvent> events)
    {
        Require(Head.Time);
        Span<ConditionRow> conditions = stackalloc ConditionRow[ChunkNotes];
        while (!events.IsEmpty)
        {
            var count = Math.Min(events.Length, ChunkNotes);
            for (var i = 0; i < count; i++)
            {
                Advance(events[i]);
                conditions[i] = ConditionsHere();
            }
            Consume(events[..count], conditions[..count]);
            events = events[count..];
        }
    }

    /// <summary>Logits of the next event's pitch, given its time shift.</summary>
    public ReadOnlySpan<float> PitchLogits(int timeShift) // logits [128] f32
    {
        Require(Head.Time);
        CheckTimeShift(timeShift);
        var tick = PositionTick + NoteEventVocabulary.TimeShiftToTicks(timeShift);
        var (position, barPhase) = PlaceInBar(tick);
        var chord = Chord.ClassOf(ConditionsAt(tick).Chord);
        var logits = RunPitchHead(timeShift, position, barPhase, chord);
        _answered = Head.Pitch;
        return logits;
    }

    /// <summary>Logits of the next event's duration, given its pitch.</summary>
    public ReadOnlySpan<float> DurationLogits(int pitch) // logits [72] f32
    {
        Require(Head.Pitch);
        CheckClass(pitch, NoteEventVocabulary.PitchTargets, nameof(pitch));
        var logits = RunDurationHead(pitch);
        _answered = Head.Duration;
        return logits;
    }

    /// <summary>Logits of the next event's velocity, given its duration.</summary>
    public ReadOnlySpan<float> VelocityLogits(int duration) // logits [32] f32
    {
        Require(Head.Duration);
        CheckClass(duration, NoteEventVocabulary.DurationTargets, nameof(duration));
        var logits = RunVelocityHead(duration);
        _answered = Head.Velocity;
        return logits;
    }

    /// <summary>Keeps the phrase so far in a checkpoint.</summary>
    /// <param name="slot">0..<see cref="SlotCount"/>-1; what it held is overwritten.</param>
    public void Save(int slot)
    {
        Require(Head.Time);
        CheckClass(slot, SlotCount, nameof(slot));
        _saved[slot] = _place;
        SaveState(slot);
    }

    /// <summary>Goes back to a checkpoint; it can be restored again.</summary>
    /// <exception cref="InvalidOperationException">The slot holds nothing.</exception>
    public void Restore(int slot)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckClass(slot, SlotCount, nameof(slot));
        if (!_saved[slot].IsStarted)
            throw new InvalidOperationException($"Checkpoint {slot} holds nothing.");
        _place = _saved[slot];
        RestoreState(slot);
        _answered = Head.Time;
    }

    /// <summary>
    /// Shortens a silence that is too long for the vocabulary, so that the next onset can be anywhere in a bar.
    /// Metrical position and bar phase of what follows stay true; only the silence that the model sees is shorter
    /// than it was.
    /// </summary>
    /// <param name="barStartTick">No event lies between the last one and this tick.</param>
    /// <param name="barEndTick">Where the bar ends.</param>
    public void SkipSilence(long barStartTick, long barEndTick)
    {
        Require(Head.Time);
        Skip(barStartTick, barEndTick);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Dispose(disposing: true);
        _keepAlive?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes another session's place in the phrase; the caller copies what the model remembers.</summary>
    internal void Join(NoteEventSession other)
    {
        other.Require(Head.Time);
        _place = other._place;
        _answered = Head.Time;
    }

    /// <summary>What must outlive the session; disposed after it.</summary>
    internal void KeepAlive(IDisposable resource) => _keepAlive = resource;

    /// <summary>From now on each event takes longer to read; only <see cref="SharedModel"/> asks for it.</summary>
    internal void SlowDownForTests(int milliseconds) => _testDelayMilliseconds = milliseconds;

    protected abstract void Dispose(bool disposing);

    /// <summary>Back to the state before the first event. The Start event follows.</summary>
    protected internal abstract void ClearState();

    /// <summary>Reads at least one event; afterwards <see cref="StateTimeLogits"/> are those after the last one.</summary>
    /// <param name="conditions">What held at each event's onset, as many as events.</param>
    protected internal abstract void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions);

    /// <param name="chord">Model class of the chord at the new onset.</param>
    protected internal abstract ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord);

    protected internal abstract ReadOnlySpan<float> RunDurationHead(int pitch);

    protected internal abstract ReadOnlySpan<float> RunVelocityHead(int duration);

    /// <summary>Copies everything that the next event depends on, the time logits included.</summary>
    protected internal abstract void SaveState(int slot);

    protected internal abstract void RestoreState(int slot);

    private static void CheckTimeShift(int timeShift) =>
        CheckClass(timeShift, NoteEventVocabulary.TimeShiftValues, nameof(timeShift));

    private static void CheckClass(int value, int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, count, name);
    }

    private void Consume(in NoteEvent note)
    {
        var conditions = ConditionsHere();
        Consume(new ReadOnlySpan<NoteEvent>(in note), new ReadOnlySpan<ConditionRow>(in conditions));
    }

    private void Consume(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        _answered = Head.None;
        if (_testDelayMilliseconds > 0)
            Thread.Sleep(_testDelayMilliseconds * events.Length);
        Read(events, conditions);
        _answered = Head.Time;
    }

    private NoteEvent Encode(in GridNote note, bool velocityIsKnown)
    {
        // As the generator does for the whole bar, so that a phrase reads the same whoever made its notes.
        var barStart = note.OnsetTick - (note.OnsetTick % _place.BarTicks);
        Skip(barStart, barStart + _place.BarTicks);
        var inPhrase = note with { OnsetTick = note.OnsetTick - _place.SkippedTicks };
        var encoded = AtItsPlace(_place.Encoder.Encode(inPhrase, velocityIsKnown));
        Count(encoded);
        return encoded;
    }

    private void Advance(in NoteEvent note)
    {
        CheckTimeShift(note.TimeShift);
        _place.Encoder.Append(note.TimeShift, note.Pitch, note.Duration, note.Velocity);
        Count(note);
    }

    private void Count(in NoteEvent note)
    {
        _place.LastPitch = note.Pitch;
        _place.NoteCount++;
    }

    private void Skip(long barStartTick, long barEndTick)
    {
        // Whole bars where two fit into the longest time shift, else quarters: the last event must stay before the bar.
        var unitTicks = _place.BarTicks <= LongestTimeShiftTicks / 2 ? _place.BarTicks : GridTime.TicksPerQuarter;
        var reachTick = Math.Min(barEndTick, barStartTick + (LongestTimeShiftTicks / 2));
        var beyondTicks = reachTick - PositionTick - LongestTimeShiftTicks;
        if (beyondTicks > 0)
            _place.SkippedTicks += (beyondTicks + unitTicks - 1) / unitTicks * unitTicks;
    }

    /// <summary>The conditions at the last event's onset.</summary>
    private ConditionRow ConditionsHere() => ConditionRow.Of(ConditionsAt(PositionTick) with { Segment = _place.Segment });

    /// <summary>A chord means nothing to drums and would only confuse them.</summary>
    private NoteConditions ConditionsAt(long tick)
    {
        var conditions = _place.Context.Conditions.At(tick);
        return _place.Context.Role == Role.Drums ? conditions with { Chord = null } : conditions;
    }

    private NoteEvent AtItsPlace(in NoteEvent note)
    {
        var (position, barPhase) = PlaceInBar(PositionTick);
        return note with { Position = (byte)position, BarPhase = (byte)barPhase };
    }

    private (int Position, int BarPhase) PlaceInBar(long tick) =>
        (NoteEventVocabulary.PositionFromTicks(tick % _place.BarTicks), (int)(tick / _place.BarTicks % NoteEventVocabulary.BarPhases));

    private void Require(Head head)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_answered < head)
            throw new InvalidOperationException($"The session must be past {head} for this; it is at {_answered}.");
    }

    /// <summary>Where in the phrase the session is; what the model itself remembers is kept beside it.</summary>
    private struct Place
    {
        public PhraseContext Context;
        public readonly int BarTicks;
        public readonly bool IsStarted;
        public NoteEventEncoder Encoder;
        public long SkippedTicks;
        public long NoteCount;
        public int LastPitch;
        public SegmentClass Segment;

        public Place(PhraseContext context)
        {
            Context = context;
            BarTicks = Math.Max(1, context.Meter.BarTicks);
            Encoder = new NoteEventEncoder(context);
            IsStarted = true;
            LastPitch = -1;
        }
    }
}

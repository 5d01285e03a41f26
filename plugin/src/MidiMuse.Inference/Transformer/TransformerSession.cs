using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// One sequence with caches of its own. Going back to a checkpoint shortens the sequence: a cache's rows up to there are
/// still what they were, unless something else was read into them since; then only what differs is read again.
/// </summary>
/// <remarks>
/// Where the oldest bars are forgotten, what stays is read into a second cache, and the first keeps what it has: a bar that
/// is drawn sixteen times from the same checkpoint, and fills the memory each time, reads it again once and not sixteen times.
/// </remarks>
internal sealed class TransformerSession : NoteEventSession
{
    private readonly IEventHeads _heads;
    private readonly EventMemory _wanted;
    private readonly float[] _context;    // [D] f32
    private readonly float[] _timeLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.TimeShiftTargets);
    private readonly Checkpoint[] _checkpoints = new Checkpoint[SlotCount];
    private Sequence _present;
    private Sequence _other;

    public TransformerSession(TransformerModel model)
    {
        _context = BoundGraph.Buffer<float>(model.Width);
        _wanted = new EventMemory(model.Description.Capacity);
        for (var i = 0; i < _checkpoints.Length; i++)
            _checkpoints[i] = new Checkpoint(model);
        (_present, _other) = (new Sequence(model), new Sequence(model));
        _heads = model.CreateHeads(_context);
    }

    public override bool CanInfill => true;

    protected internal override ReadOnlySpan<float> StateTimeLogits => _timeLogits;

    internal EventMemory Memory => _present.Memory;

    protected internal override void ClearState() => Memory.Clear();

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        while (!events.IsEmpty)
        {
            var count = Math.Min(Memory.Room, events.Length);
            if (count < Memory.Room)
                Append(events, conditions);
            else
                AppendAndForget(events[..count], conditions[..count]);
            events = events[count..];
            conditions = conditions[count..];
        }
    }

    protected internal override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord) =>
        _heads.Pitch(timeShift, position, barPhase, chord);

    protected internal override ReadOnlySpan<float> RunDurationHead(int pitch) => _heads.Duration(pitch);

    protected internal override ReadOnlySpan<float> RunVelocityHead(int duration) => _heads.Velocity(duration);

    protected internal override void SaveState(int slot)
    {
        var checkpoint = _checkpoints[slot];
        checkpoint.Memory.CopyFrom(Memory);
        _context.CopyTo(checkpoint.Context, 0);
        _timeLogits.CopyTo(checkpoint.TimeLogits, 0);
    }

    protected internal override void RestoreState(int slot)
    {
        var checkpoint = _checkpoints[slot];
        if (_other.Memory.CommonPrefix(checkpoint.Memory) > Memory.CommonPrefix(checkpoint.Memory))
            Switch();
        BecomeLike(checkpoint.Memory, mostAlike: checkpoint.Memory.Count);
        checkpoint.Context.CopyTo(_context, 0);
        checkpoint.TimeLogits.CopyTo(_timeLogits, 0);
    }

    protected override void Dispose(bool disposing)
    {
        _present.Backbone.Dispose();
        _other.Backbone.Dispose();
        _heads.Dispose();
    }

    private void Append(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        var first = Memory.Count;
        Memory.Add(events, conditions);
        _present.Backbone.Read(Memory, first, _context, _timeLogits);
    }

    /// <summary>With these events the memory is full: what stays of it all is read into the other cache.</summary>
    private void AppendAndForget(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        _wanted.CopyFrom(Memory);
        _wanted.Add(events, conditions);
        _wanted.Forget();
        Switch();
        BecomeLike(_wanted, mostAlike: _wanted.Count - 1); // the last is read in any case: its context is what counts now
    }

    /// <summary>Reads what the present cache does not have of a memory.</summary>
    private void BecomeLike(EventMemory wanted, int mostAlike)
    {
        var alike = Math.Min(Memory.CommonPrefix(wanted), mostAlike);
        Memory.CopyFrom(wanted);
        if (alike < Memory.Count)
            _present.Backbone.Read(Memory, alike, _context, _timeLogits);
    }

    private void Switch() => (_present, _other) = (_other, _present);

    /// <summary>Events, and what a backbone made of them.</summary>
    private sealed class Sequence(TransformerModel model)
    {
        public EventMemory Memory { get; } = new(model.Description.Capacity);

        public IBackbone Backbone { get; } = model.CreateBackbone();
    }

    private sealed class Checkpoint(TransformerModel model)
    {
        public EventMemory Memory { get; } = new(model.Description.Capacity);

        public float[] Context { get; } = new float[model.Width]; // [D] f32

        public float[] TimeLogits { get; } = new float[NoteEventVocabulary.TimeShiftTargets];
    }
}

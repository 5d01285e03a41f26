using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// One sequence with a cache of its own. Going back to a checkpoint shortens the sequence: the cache's rows up to there
/// are still what they were, unless something else was read into them since; then only what differs is read again.
/// </summary>
internal sealed class TransformerSession : NoteEventSession
{
    private readonly IBackbone _backbone;
    private readonly IEventHeads _heads;
    private readonly float[] _context;    // [D] f32
    private readonly float[] _timeLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.TimeShiftTargets);
    private readonly Checkpoint[] _checkpoints = new Checkpoint[SlotCount];

    public TransformerSession(TransformerModel model)
    {
        _context = BoundGraph.Buffer<float>(model.Width);
        Memory = new EventMemory(model.Description.Capacity);
        for (var i = 0; i < _checkpoints.Length; i++)
            _checkpoints[i] = new Checkpoint(model);
        _backbone = model.CreateBackbone();
        _heads = model.CreateHeads(_context);
    }

    public override bool CanInfill => true;

    protected internal override ReadOnlySpan<float> StateTimeLogits => _timeLogits;

    internal EventMemory Memory { get; }

    protected internal override void ClearState() => Memory.Clear();

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        while (!events.IsEmpty)
        {
            var count = Memory.Room(events);
            if (count == 0)
            {
                Memory.Forget();
                _backbone.Read(Memory, 0, _context, _timeLogits);
                continue;
            }
            var first = Memory.Count;
            Memory.Add(events[..count], conditions[..count]);
            _backbone.Read(Memory, first, _context, _timeLogits);
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
        var same = Memory.CommonPrefix(checkpoint.Memory);
        Memory.CopyFrom(checkpoint.Memory);
        if (same < Memory.Count)
            _backbone.Read(Memory, same, _context, _timeLogits);
        checkpoint.Context.CopyTo(_context, 0);
        checkpoint.TimeLogits.CopyTo(_timeLogits, 0);
    }

    protected override void Dispose(bool disposing)
    {
        _backbone.Dispose();
        _heads.Dispose();
    }

    private sealed class Checkpoint(TransformerModel model)
    {
        public EventMemory Memory { get; } = new(model.Description.Capacity);

        public float[] Context { get; } = new float[model.Width]; // [D] f32

        public float[] TimeLogits { get; } = new float[NoteEventVocabulary.TimeShiftTargets];
    }
}

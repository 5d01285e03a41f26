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
    /// <summary>Largest first; the last is a single step.</summary>
    private static readonly int[] ChunkSteps = [16, 4, 1];

    public static readonly int EventsOfAllChunks = ChunkSteps.Sum();

    private readonly BackboneRun[] _runs;
    private readonly EventHeads _heads;
    private readonly float[] _context;    // [D] f32
    private readonly float[] _timeLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.TimeShiftTargets);
    private readonly Checkpoint[] _checkpoints = new Checkpoint[SlotCount];

    public TransformerSession(TransformerModel model)
    {
        Cache = new KeyValueCache(model, batch: 1);
        _context = BoundGraph.Buffer<float>(model.Width);
        Memory = new EventMemory(model.Description.Capacity);
        _runs = new BackboneRun[ChunkSteps.Length];
        for (var i = 0; i < _runs.Length; i++)
            _runs[i] = new BackboneRun(model, Cache, batch: 1, ChunkSteps[i]);
        for (var i = 0; i < _checkpoints.Length; i++)
            _checkpoints[i] = new Checkpoint(model);
        _heads = new EventHeads(model.Heads, _context);
    }

    public override bool CanInfill => true;

    protected internal override ReadOnlySpan<float> StateTimeLogits => _timeLogits;

    internal KeyValueCache Cache { get; }

    internal EventMemory Memory { get; }

    internal ReadOnlySpan<float> HeadContext => _context;

    protected internal override void ClearState() => Memory.Clear();

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        while (!events.IsEmpty)
        {
            var count = Memory.Room(events);
            if (count == 0)
            {
                Memory.Forget();
                ReadAgain(from: 0);
                continue;
            }
            var first = Memory.Count;
            Memory.Add(events[..count], conditions[..count]);
            ReadAgain(first);
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
            ReadAgain(same);
        checkpoint.Context.CopyTo(_context, 0);
        checkpoint.TimeLogits.CopyTo(_timeLogits, 0);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var run in _runs)
            run.Dispose();
        _heads.Dispose();
    }

    /// <summary>Runs the model over the remembered events from one on.</summary>
    private void ReadAgain(int from)
    {
        var events = Memory.Events;
        var conditions = Memory.Conditions;
        foreach (var run in _runs)
        {
            while (events.Length - from >= run.Steps)
            {
                run.Set(0, events[from..], conditions[from..], from);
                run.Run();
                from += run.Steps;
                if (from == events.Length)
                    run.CopyLast(0, _context, _timeLogits);
            }
        }
    }

    private sealed class Checkpoint(TransformerModel model)
    {
        public EventMemory Memory { get; } = new(model.Description.Capacity);

        public float[] Context { get; } = new float[model.Width]; // [D] f32

        public float[] TimeLogits { get; } = new float[NoteEventVocabulary.TimeShiftTargets];
    }
}

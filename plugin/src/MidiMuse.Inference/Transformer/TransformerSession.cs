using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// One sequence with a cache of its own. Going back to a checkpoint shortens the sequence: the cache's rows up to there
/// are still what they were, unless something else was read into them since; then only what differs is read again.
/// </summary>
/// <remarks>
/// Several events at once give sums in another order than one after the other, and how many notes wait to be read depends
/// on when the engine wakes up. So notes are read one by one, and only what stays when the oldest bars are forgotten,
/// which depends on the notes alone, is read in chunks: a phrase is the same to the bit however it comes in.
/// </remarks>
internal sealed class TransformerSession : NoteEventSession
{
    /// <summary>Largest first; the last is a single step.</summary>
    private static readonly int[] ChunkSteps = [16, 4, 1];

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

    /// <summary>Runs the model over the remembered events from one on, or from the first where that was read with others at once.</summary>
    private void ReadAgain(int from)
    {
        if (from < Memory.ReadAtOnce)
        {
            from = 0;
            foreach (var run in _runs)
            {
                while (Memory.ReadAtOnce - from >= run.Steps)
                    from = Read(run, from);
            }
        }
        while (from < Memory.Count)
            from = Read(_runs[^1], from);
    }

    private int Read(BackboneRun run, int from)
    {
        run.Set(0, Memory.Events[from..], Memory.Conditions[from..], from);
        run.Run();
        if (from + run.Steps == Memory.Count)
            run.CopyLast(0, _context, _timeLogits);
        return from + run.Steps;
    }

    private sealed class Checkpoint(TransformerModel model)
    {
        public EventMemory Memory { get; } = new(model.Description.Capacity);

        public float[] Context { get; } = new float[model.Width]; // [D] f32

        public float[] TimeLogits { get; } = new float[NoteEventVocabulary.TimeShiftTargets];
    }
}

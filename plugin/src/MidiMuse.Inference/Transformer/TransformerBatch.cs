using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// Several sequences that go on from one session's phrase, each its own way, and step together: the weights are read
/// once for all of them. [engine] After it is created, nothing allocates on the managed heap.
/// </summary>
internal sealed class TransformerBatch : CandidateBatch
{
    private readonly KeyValueCache _cache;
    private readonly BackboneRun _run;
    private readonly Sequence[] _sequences;

    public TransformerBatch(TransformerModel model, int size)
    {
        _cache = new KeyValueCache(model, size);
        _run = new BackboneRun(model, _cache, size, steps: 1);
        _sequences = new Sequence[size];
        for (var i = 0; i < size; i++)
            _sequences[i] = new Sequence(model);
    }

    public override int Size => _sequences.Length;

    public override NoteEventSession this[int index] => _sequences[index];

    public override void Begin(NoteEventSession phrase)
    {
        if (phrase is not TransformerSession source)
            throw new ArgumentException("The phrase is another model's.", nameof(phrase));
        for (var i = 0; i < _sequences.Length; i++)
        {
            _cache.CopyFrom(source.Cache, source.Memory.Count, i);
            _sequences[i].Follow(source);
        }
    }

    public override void Advance()
    {
        for (var i = 0; i < _sequences.Length; i++)
            _sequences[i].Hand(_run, i);
        _run.Run();
        for (var i = 0; i < _sequences.Length; i++)
            _sequences[i].Take(_run, i);
    }

    protected override void Dispose(bool disposing)
    {
        _run.Dispose();
        foreach (var sequence in _sequences)
            sequence.Dispose();
    }

    /// <summary>One sequence. What it reads waits until the batch advances.</summary>
    private sealed class Sequence : NoteEventSession
    {
        private readonly float[] _context; // [D] f32
        private readonly float[] _timeLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.TimeShiftTargets);
        private readonly EventHeads _heads;
        private readonly EventMemory _memory;
        private bool _isWaiting;

        public Sequence(TransformerModel model)
        {
            _context = BoundGraph.Buffer<float>(model.Width);
            _heads = new EventHeads(model.Heads, _context);
            _memory = new EventMemory(model.Description.Capacity);
        }

        protected internal override ReadOnlySpan<float> StateTimeLogits => _timeLogits;

        public void Follow(TransformerSession source)
        {
            Join(source);
            _memory.CopyFrom(source.Memory);
            source.HeadContext.CopyTo(_context);
            source.StateTimeLogits.CopyTo(_timeLogits);
            _isWaiting = false;
        }

        /// <summary>Gives the waiting event to the run, or the last one again: that writes the row that is there.</summary>
        public void Hand(BackboneRun run, int index)
        {
            var last = _memory.Count - 1;
            run.Set(index, _memory.Events[last..], _memory.Conditions[last..], last);
        }

        public void Take(BackboneRun run, int index)
        {
            if (_isWaiting)
                run.CopyLast(index, _context, _timeLogits);
            _isWaiting = false;
        }

        protected internal override void ClearState() => throw new NotSupportedException("A candidate begins with its phrase.");

        protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
        {
            if (_isWaiting || events.Length != 1)
                throw new InvalidOperationException("A candidate reads one event between two steps of its batch.");
            if (_memory.IsFull)
                throw new ModelException(ModelFault.RuntimeFailed, "A candidate has more notes than the model remembers.");
            _memory.Add(events, conditions);
            _isWaiting = true;
        }

        protected internal override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord) =>
            _heads.Pitch(timeShift, position, barPhase, chord);

        protected internal override ReadOnlySpan<float> RunDurationHead(int pitch) => _heads.Duration(pitch);

        protected internal override ReadOnlySpan<float> RunVelocityHead(int duration) => _heads.Velocity(duration);

        protected internal override void SaveState(int slot) => throw new NotSupportedException("Candidates have no checkpoints.");

        protected internal override void RestoreState(int slot) => throw new NotSupportedException("Candidates have no checkpoints.");

        protected override void Dispose(bool disposing) => _heads.Dispose();
    }
}

using MidiMuse.Core.Events;
using MidiMuse.Inference.Heads;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Lstm;

/// <summary>
/// State h and c live in two buffers each; a run reads one pair and writes the other, and there is a binding for
/// each direction, so the state is never copied between steps.
/// </summary>
/// <remarks>
/// Many events are read in chunks, which takes about a quarter of the time of single steps: the weights of the input
/// gates are read once for a whole chunk. Chunks must not change a bit of the result, because how many notes wait
/// to be read depends on when the engine wakes up. ONNX Runtime's CPU kernels (1.31) keep to that, and
/// Prefilling_a_phrase_is_bit_for_bit_the_same_as_stepping_through_it holds them to it.
/// </remarks>
internal sealed class LstmSession : NoteEventSession
{
    /// <summary>Largest first; the last is a single step.</summary>
    private static readonly int[] ChunkSteps = [16, 4, 1];

    public static readonly int EventsOfAllChunks = ChunkSteps.Sum();

    private readonly float[][] _h;       // 2 x [layers, 1, hidden] f32
    private readonly float[][] _c;       // 2 x [layers, 1, hidden] f32
    private readonly float[] _context;   // [D] f32
    private readonly float[] _timeLogits; // [130] f32
    private readonly float[] _saved;     // [slots, h + c + context + time logits] f32

    private readonly Chunk[] _chunks;
    private readonly GraphHeads _heads;

    /// <summary>Which of the two h and c buffers holds the state.</summary>
    private int _current;

    public LstmSession(LstmModel model)
    {
        var (layers, hidden, width) = (model.Description.Layers, model.Description.Hidden, model.Description.Context);
        _h = [BoundGraph.Buffer<float>(layers * hidden), BoundGraph.Buffer<float>(layers * hidden)];
        _c = [BoundGraph.Buffer<float>(layers * hidden), BoundGraph.Buffer<float>(layers * hidden)];
        _context = BoundGraph.Buffer<float>(width);
        _timeLogits = BoundGraph.Buffer<float>(NoteEventVocabulary.TimeShiftTargets);
        _saved = new float[SlotCount * SlotLength];
        _chunks = new Chunk[ChunkSteps.Length];
        for (var i = 0; i < _chunks.Length; i++)
            _chunks[i] = new Chunk(model, ChunkSteps[i], _h, _c);

        _heads = new GraphHeads(model.Heads, _context);
    }

    protected internal override ReadOnlySpan<float> StateTimeLogits => _timeLogits;

    private int SlotLength => _h[0].Length + _c[0].Length + _context.Length + _timeLogits.Length;

    protected internal override void ClearState()
    {
        Array.Clear(_h[_current]);
        Array.Clear(_c[_current]);
    }

    protected internal override void Read(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions)
    {
        foreach (var chunk in _chunks)
        {
            while (events.Length >= chunk.Steps)
            {
                chunk.Run(events[..chunk.Steps], conditions[..chunk.Steps], _current);
                _current ^= 1;
                events = events[chunk.Steps..];
                conditions = conditions[chunk.Steps..];
                if (events.IsEmpty)
                    chunk.CopyLast(_context, _timeLogits);
            }
        }
    }

    protected internal override ReadOnlySpan<float> RunPitchHead(int timeShift, int position, int barPhase, int chord) =>
        _heads.Pitch(timeShift, position, barPhase, chord);

    protected internal override ReadOnlySpan<float> RunDurationHead(int pitch) => _heads.Duration(pitch);

    protected internal override ReadOnlySpan<float> RunVelocityHead(int duration) => _heads.Velocity(duration);

    protected internal override void SaveState(int slot)
    {
        var rest = SlotOf(slot);
        Put(_h[_current], ref rest);
        Put(_c[_current], ref rest);
        Put(_context, ref rest);
        Put(_timeLogits, ref rest);
    }

    protected internal override void RestoreState(int slot)
    {
        var rest = SlotOf(slot);
        Take(_h[_current], ref rest);
        Take(_c[_current], ref rest);
        Take(_context, ref rest);
        Take(_timeLogits, ref rest);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var chunk in _chunks)
            chunk.Dispose();
        _heads.Dispose();
    }

    private static void Put(float[] part, ref Span<float> rest)
    {
        part.CopyTo(rest);
        rest = rest[part.Length..];
    }

    private static void Take(float[] part, ref Span<float> rest)
    {
        rest[..part.Length].CopyTo(part);
        rest = rest[part.Length..];
    }

    private Span<float> SlotOf(int slot) => _saved.AsSpan(slot * SlotLength, SlotLength);

    /// <summary>The backbone bound for a fixed number of steps, from either pair of state buffers to the other.</summary>
    private sealed class Chunk : IDisposable
    {
        private readonly long[] _events;      // [steps, 1, 18] int64
        private readonly float[] _context;    // [steps, 1, D] f32
        private readonly float[] _timeLogits; // [steps, 1, 130] f32
        private readonly BoundGraph[] _graphs;

        public Chunk(LstmModel model, int steps, float[][] h, float[][] c)
        {
            Steps = steps;
            _events = BoundGraph.Buffer<long>(steps * EventRow.Columns);
            _context = BoundGraph.Buffer<float>(steps * model.Description.Context);
            _timeLogits = BoundGraph.Buffer<float>(steps * NoteEventVocabulary.TimeShiftTargets);
            _graphs = [Bind(model, h, c, 0), Bind(model, h, c, 1)];
        }

        public int Steps { get; }

        /// <param name="events">As many as <see cref="Steps"/>.</param>
        /// <param name="from">Which of the state buffers is read; the other is written.</param>
        public void Run(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions, int from)
        {
            for (var i = 0; i < events.Length; i++)
                EventRow.Write(events[i], conditions[i], _events.AsSpan(i * EventRow.Columns, EventRow.Columns));
            _graphs[from].Run();
        }

        public void CopyLast(Span<float> context, Span<float> timeLogits)
        {
            _context.AsSpan(_context.Length - context.Length).CopyTo(context);
            _timeLogits.AsSpan(_timeLogits.Length - timeLogits.Length).CopyTo(timeLogits);
        }

        public void Dispose()
        {
            foreach (var graph in _graphs)
                graph.Dispose();
        }

        private BoundGraph Bind(LstmModel model, float[][] h, float[][] c, int from)
        {
            var (layers, hidden) = (model.Description.Layers, model.Description.Hidden);
            return new BoundGraph(model.Backbone)
                .Input<long>("events", _events, Steps, 1, EventRow.Columns)
                .Input<float>("h", h[from], layers, 1, hidden)
                .Input<float>("c", c[from], layers, 1, hidden)
                .Output<float>("context", _context, Steps, 1, model.Description.Context)
                .Output<float>("time_logits", _timeLogits, Steps, 1, NoteEventVocabulary.TimeShiftTargets)
                .Output<float>("h_out", h[from ^ 1], layers, 1, hidden)
                .Output<float>("c_out", c[from ^ 1], layers, 1, hidden);
        }
    }
}

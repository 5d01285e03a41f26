using MidiMuse.Core.Events;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>The backbone's graph bound for a fixed number of events that it reads in a run.</summary>
internal sealed class BackboneRun : IDisposable
{
    private readonly long[] _events;      // [1, steps, 18] int64
    private readonly long[] _position;    // [1, steps] int64
    private readonly int[] _lastPosition = BoundGraph.Buffer<int>(1);
    private readonly int[] _total = BoundGraph.Buffer<int>(1);
    private readonly float[] _context;    // [1, steps, D] f32
    private readonly float[] _timeLogits; // [1, steps, 130] f32
    private readonly BoundGraph _graph;
    private readonly int _width;

    public BackboneRun(ModelGraph backbone, int width, KeyValueCache cache, int steps)
    {
        Steps = steps;
        _width = width;
        _events = BoundGraph.Buffer<long>(steps * EventRow.Columns);
        _position = BoundGraph.Buffer<long>(steps);
        _context = BoundGraph.Buffer<float>(steps * _width);
        _timeLogits = BoundGraph.Buffer<float>(steps * NoteEventVocabulary.TimeShiftTargets);
        _graph = new BoundGraph(backbone)
            .Input<long>("events", _events, 1, steps, EventRow.Columns)
            .Input<long>("position", _position, 1, steps)
            .Input<int>("last_position", _lastPosition, 1)
            .Input<int>("total", _total, 1)
            .Output<float>("context", _context, 1, steps, _width)
            .Output<float>("time_logits", _timeLogits, 1, steps, NoteEventVocabulary.TimeShiftTargets);
        cache.BindTo(_graph);
    }

    public int Steps { get; }

    /// <param name="events">At least as many as <see cref="Steps"/>.</param>
    /// <param name="position">Number of events before them.</param>
    public void Run(ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions, int position)
    {
        for (var i = 0; i < Steps; i++)
        {
            EventRow.Write(events[i], conditions[i], _events.AsSpan(i * EventRow.Columns, EventRow.Columns));
            _position[i] = position + i;
        }
        _lastPosition[0] = position + Steps - 1;
        _total[0] = position + Steps;
        _graph.Run();
    }

    /// <summary>What the sequence came to after its last event.</summary>
    public void CopyLast(Span<float> context, Span<float> timeLogits)
    {
        _context.AsSpan((Steps - 1) * _width).CopyTo(context);
        _timeLogits.AsSpan((Steps - 1) * NoteEventVocabulary.TimeShiftTargets).CopyTo(timeLogits);
    }

    public void Dispose() => _graph.Dispose();
}

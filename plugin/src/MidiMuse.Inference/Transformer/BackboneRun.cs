using MidiMuse.Core.Events;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>The backbone bound for a fixed number of sequences and of events that each reads in a run.</summary>
internal sealed class BackboneRun : IDisposable
{
    private readonly long[] _events;      // [batch, steps, 18] int64
    private readonly long[] _position;    // [batch, steps] int64
    private readonly int[] _lastPosition; // [batch] int32
    private readonly int[] _total = BoundGraph.Buffer<int>(1);
    private readonly float[] _context;    // [batch, steps, D] f32
    private readonly float[] _timeLogits; // [batch, steps, 130] f32
    private readonly BoundGraph _graph;
    private readonly int _width;

    public BackboneRun(TransformerModel model, KeyValueCache cache, int batch, int steps)
    {
        Steps = steps;
        _width = model.Width;
        _events = BoundGraph.Buffer<long>(batch * steps * EventRow.Columns);
        _position = BoundGraph.Buffer<long>(batch * steps);
        _lastPosition = BoundGraph.Buffer<int>(batch);
        _context = BoundGraph.Buffer<float>(batch * steps * _width);
        _timeLogits = BoundGraph.Buffer<float>(batch * steps * NoteEventVocabulary.TimeShiftTargets);
        _graph = new BoundGraph(model.Backbone)
            .Input<long>("events", _events, batch, steps, EventRow.Columns)
            .Input<long>("position", _position, batch, steps)
            .Input<int>("last_position", _lastPosition, batch)
            .Input<int>("total", _total, 1)
            .Output<float>("context", _context, batch, steps, _width)
            .Output<float>("time_logits", _timeLogits, batch, steps, NoteEventVocabulary.TimeShiftTargets);
        cache.BindTo(_graph);
    }

    public int Steps { get; }

    /// <summary>What a sequence reads next.</summary>
    /// <param name="events">As many as <see cref="Steps"/>.</param>
    /// <param name="position">Number of events before them.</param>
    public void Set(int sequence, ReadOnlySpan<NoteEvent> events, ReadOnlySpan<ConditionRow> conditions, int position)
    {
        for (var i = 0; i < Steps; i++)
        {
            var row = (sequence * Steps) + i;
            EventRow.Write(events[i], conditions[i], _events.AsSpan(row * EventRow.Columns, EventRow.Columns));
            _position[row] = position + i;
        }
        _lastPosition[sequence] = position + Steps - 1;
    }

    public void Run()
    {
        var last = 0;
        foreach (var position in _lastPosition)
            last = Math.Max(last, position);
        _total[0] = last + 1;
        _graph.Run();
    }

    /// <summary>What a sequence came to after its last event.</summary>
    public void CopyLast(int sequence, Span<float> context, Span<float> timeLogits)
    {
        var row = ((sequence + 1) * Steps) - 1;
        _context.AsSpan(row * _width, _width).CopyTo(context);
        _timeLogits.AsSpan(row * NoteEventVocabulary.TimeShiftTargets, NoteEventVocabulary.TimeShiftTargets).CopyTo(timeLogits);
    }

    public void Dispose() => _graph.Dispose();
}

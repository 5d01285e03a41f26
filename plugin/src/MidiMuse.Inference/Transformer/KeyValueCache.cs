using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// What a Transformer has made of the events so far: keys and values of every layer, in one buffer each that is both
/// the past and the present of the graph, so that a step writes one row and copies nothing.
/// </summary>
internal sealed class KeyValueCache
{
    private readonly float[][] _buffers; // [2 * layers] [batch, heads, capacity, head size] f32
    private readonly long[] _shape;

    public KeyValueCache(TransformerModel model, int batch)
    {
        var d = model.Description;
        _shape = [batch, d.Heads, d.Capacity, d.Context / d.Heads];
        _buffers = new float[2 * d.Layers][];
        for (var i = 0; i < _buffers.Length; i++)
            _buffers[i] = BoundGraph.Buffer<float>(batch * model.CacheLength);
    }

    public void BindTo(BoundGraph graph)
    {
        for (var i = 0; i < _buffers.Length; i++)
        {
            var name = $"{(i % 2 == 0 ? 'k' : 'v')}_{i / 2}";
            graph.Input<float>("past_" + name, _buffers[i], _shape).Output<float>("present_" + name, _buffers[i], _shape);
        }
    }

    /// <summary>Copies the first events of another cache's only sequence into one sequence of this one.</summary>
    public void CopyFrom(KeyValueCache source, int events, int sequence)
    {
        var (heads, capacity, headSize) = ((int)_shape[1], (int)_shape[2], (int)_shape[3]);
        for (var i = 0; i < _buffers.Length; i++)
        {
            for (var head = 0; head < heads; head++)
            {
                var from = source._buffers[i].AsSpan(head * capacity * headSize, events * headSize);
                from.CopyTo(_buffers[i].AsSpan(((sequence * heads) + head) * capacity * headSize));
            }
        }
    }
}

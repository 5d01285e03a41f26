using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// What the backbone's graph has made of the events so far: keys and values of every layer, in one buffer each that is
/// both the past and the present of the graph, so that a step writes one row and copies nothing.
/// </summary>
internal sealed class KeyValueCache
{
    private readonly float[][] _buffers; // [2 * layers] [1, heads, capacity, head size] f32
    private readonly long[] _shape;

    public KeyValueCache(ModelDescription sizes)
    {
        _shape = [1, sizes.Heads, sizes.Capacity, sizes.Context / sizes.Heads];
        _buffers = new float[2 * sizes.Layers][];
        for (var i = 0; i < _buffers.Length; i++)
            _buffers[i] = BoundGraph.Buffer<float>(sizes.Capacity * sizes.Context);
    }

    public void BindTo(BoundGraph graph)
    {
        for (var i = 0; i < _buffers.Length; i++)
        {
            var name = $"{(i % 2 == 0 ? 'k' : 'v')}_{i / 2}";
            graph.Input<float>("past_" + name, _buffers[i], _shape).Output<float>("present_" + name, _buffers[i], _shape);
        }
    }
}

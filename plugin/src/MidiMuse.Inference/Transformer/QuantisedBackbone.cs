using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Transformer;

/// <summary>
/// One sequence through a <see cref="QuantisedNetwork"/>, event by event: x + O attention(RMS(x)), then
/// x + D relu(U RMS(x))² in each layer. [engine] After it is created, nothing is allocated.
/// </summary>
internal sealed class QuantisedBackbone : IBackbone
{
    /// <summary>Places whose scores are computed together: their keys lie together, so that they are read as one stream.</summary>
    private const int PlacesOfBlock = 4 * FixedOrder.Lanes;

    /// <summary>Numbers of a value that are summed up together, as many as registers hold beside what they are made of.</summary>
    private const int NumbersAtOnce = 8 * FixedOrder.Lanes;

    private static readonly int[] Offsets = FirstRows();

    private readonly QuantisedNetwork _network;
    private readonly QuantisedVector _codes;
    private readonly int _places;       // the capacity, rounded up to whole blocks
    private readonly float[][] _keys;   // layers x [heads, places / 32, head size, 32] f32: places side by side, as scores need them
    private readonly float[][] _values; // layers x [heads, places, head size] f32
    private readonly float[] _x;        // [width] f32
    private readonly float[] _y;        // [width] f32
    private readonly float[] _qkv;      // [3 * width] f32
    private readonly float[] _feed;     // [feed] f32
    private readonly float[] _scores;   // [places] f32

    public QuantisedBackbone(QuantisedNetwork network)
    {
        _network = network;
        _codes = new QuantisedVector(Math.Max(network.Width, network.Feed));
        _places = (network.Capacity + PlacesOfBlock - 1) / PlacesOfBlock * PlacesOfBlock;
        _keys = [.. network.Blocks.Select(_ => new float[network.Width * _places])];
        _values = [.. network.Blocks.Select(_ => new float[network.Width * _places])];
        (_x, _y) = (new float[network.Width], new float[network.Width]);
        _qkv = new float[3 * network.Width];
        _feed = new float[network.Feed];
        _scores = new float[_places];
    }

    public void Read(EventMemory memory, int from, Span<float> context, Span<float> timeLogits)
    {
        for (var place = from; place < memory.Count; place++)
        {
            Embed(memory.Events[place], memory.Conditions[place]);
            for (var layer = 0; layer < _network.Blocks.Length - 1; layer++)
                Step(layer, place);
            // What the last layer makes of an event, only the event's own logits need.
            if (place == memory.Count - 1)
                Step(_network.Blocks.Length - 1, place);
            else
                Remember(_network.Blocks.Length - 1, place);
        }
        FixedOrder.Norm(_x, context);
        _codes.Set(context);
        _network.Time.Apply(_codes, timeLogits);
    }

    public void Dispose()
    {
    }

    private static int[] FirstRows()
    {
        var rows = new int[EventRow.Classes.Count];
        for (var i = 1; i < rows.Length; i++)
            rows[i] = rows[i - 1] + EventRow.Classes[i - 1];
        return rows;
    }

    /// <summary>The sum of the columns' rows.</summary>
    private void Embed(in NoteEvent note, in ConditionRow conditions)
    {
        Span<long> columns = stackalloc long[EventRow.Columns];
        EventRow.Write(note, conditions, columns);
        Array.Clear(_x);
        for (var i = 0; i < columns.Length; i++)
            FixedOrder.Add(_network.Events.AsSpan((Offsets[i] + (int)columns[i]) * _x.Length, _x.Length), _x);
    }

    private void Step(int layer, int place)
    {
        var block = _network.Blocks[layer];
        Remember(layer, place);
        var q = _qkv.AsSpan(0, _x.Length);
        Rotate(q, place);
        Attend(layer, q, place + 1);
        _codes.Set(_y);
        block.Output.Multiply(_codes, _y);
        FixedOrder.Add(_y, _x);
        FixedOrder.Norm(_x, _y);
        _codes.Set(_y);
        block.Up.Multiply(_codes, _feed);
        FixedOrder.RectifyAndSquare(_feed);
        _codes.Set(_feed);
        block.Down.Multiply(_codes, _y);
        FixedOrder.Add(_y, _x);
    }

    /// <summary>The place's key and value; its query stays, not rotated yet.</summary>
    private void Remember(int layer, int place)
    {
        FixedOrder.Norm(_x, _y);
        _codes.Set(_y);
        _network.Blocks[layer].Attention.Multiply(_codes, _qkv);
        var k = _qkv.AsSpan(_x.Length, _x.Length);
        Rotate(k, place);
        Keep(layer, place, k, _qkv.AsSpan(2 * _x.Length));
    }

    private void Keep(int layer, int place, ReadOnlySpan<float> k, ReadOnlySpan<float> v)
    {
        var size = _network.HeadSize;
        for (var head = 0; head < _network.Heads; head++)
        {
            var first = head * size * _places;
            v.Slice(head * size, size).CopyTo(_values[layer].AsSpan(first + (place * size)));
            var block = _keys[layer].AsSpan(first + (place / PlacesOfBlock * PlacesOfBlock * size));
            for (var i = 0; i < size; i++)
                block[(i * PlacesOfBlock) + (place % PlacesOfBlock)] = k[(head * size) + i];
        }
    }

    /// <summary>Rotary positions, halves: as ONNX Runtime's RotaryEmbedding with interleaved = 0.</summary>
    private void Rotate(Span<float> x, int place)
    {
        var half = _network.HeadSize / 2;
        var cosines = _network.Cosines.AsSpan(place * half, half);
        var sines = _network.Sines.AsSpan(place * half, half);
        for (var head = 0; head < _network.Heads; head++)
        {
            var first = x.Slice(2 * head * half, half);
            var second = x.Slice(((2 * head) + 1) * half, half);
            FixedOrder.Rotate(first, second, cosines, sines);
        }
    }

    /// <summary>What the heads take from the values of the first places, into y.</summary>
    private void Attend(int layer, ReadOnlySpan<float> q, int count)
    {
        var size = _network.HeadSize;
        var scale = 1 / MathF.Sqrt(size);
        var scores = _scores.AsSpan(0, (count + PlacesOfBlock - 1) / PlacesOfBlock * PlacesOfBlock);
        for (var head = 0; head < _network.Heads; head++)
        {
            var keys = _keys[layer].AsSpan(head * size * _places, size * _places);
            for (var place = 0; place < count; place += PlacesOfBlock)
                Score(q.Slice(head * size, size), keys.Slice(place * size, PlacesOfBlock * size), scale, scores[place..]);
            FixedOrder.Softmax(scores, count);
            Mix(scores[..count], _values[layer].AsSpan(head * size * _places), _y.AsSpan(head * size, size));
        }
    }

    /// <summary>The products of a query with the keys of 32 places.</summary>
    private static void Score(ReadOnlySpan<float> q, ReadOnlySpan<float> keys, float scale, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keys.Length, q.Length * PlacesOfBlock);
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        // Stays within the keys, because of the check above.
        ref var row = ref MemoryMarshal.GetReference(keys);
        foreach (var number in q)
        {
            var factor = Vector256.Create(number);
            a += Vector256.LoadUnsafe(ref row) * factor;
            b += Vector256.LoadUnsafe(ref row, 8) * factor;
            c += Vector256.LoadUnsafe(ref row, 16) * factor;
            d += Vector256.LoadUnsafe(ref row, 24) * factor;
            row = ref Unsafe.Add(ref row, PlacesOfBlock);
        }
        (a * scale).CopyTo(scores);
        (b * scale).CopyTo(scores[8..]);
        (c * scale).CopyTo(scores[16..]);
        (d * scale).CopyTo(scores[24..]);
    }

    /// <summary>The sum of the places' values, each with its share.</summary>
    private static void Mix(ReadOnlySpan<float> shares, ReadOnlySpan<float> values, Span<float> y)
    {
        var i = 0;
        for (; i <= y.Length - NumbersAtOnce; i += NumbersAtOnce)
            MixMany(shares, values[i..], y.Length, y[i..]);
        for (; i < y.Length; i += FixedOrder.Lanes)
        {
            var sum = Vector256<float>.Zero;
            for (var place = 0; place < shares.Length; place++)
                sum += Vector256.Create(values[((place * y.Length) + i)..]) * shares[place];
            sum.CopyTo(y[i..]);
        }
    }

    private static void MixMany(ReadOnlySpan<float> shares, ReadOnlySpan<float> values, int rowLength, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, ((shares.Length - 1) * rowLength) + NumbersAtOnce);
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var (e, f, g, h) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        // Stays within the values, because of the check above; the reference behind the last row is not read.
        ref var row = ref MemoryMarshal.GetReference(values);
        foreach (var number in shares)
        {
            var share = Vector256.Create(number);
            a += Vector256.LoadUnsafe(ref row) * share;
            b += Vector256.LoadUnsafe(ref row, 8) * share;
            c += Vector256.LoadUnsafe(ref row, 16) * share;
            d += Vector256.LoadUnsafe(ref row, 24) * share;
            e += Vector256.LoadUnsafe(ref row, 32) * share;
            f += Vector256.LoadUnsafe(ref row, 40) * share;
            g += Vector256.LoadUnsafe(ref row, 48) * share;
            h += Vector256.LoadUnsafe(ref row, 56) * share;
            row = ref Unsafe.Add(ref row, rowLength);
        }
        a.CopyTo(y);
        b.CopyTo(y[8..]);
        c.CopyTo(y[16..]);
        d.CopyTo(y[24..]);
        e.CopyTo(y[32..]);
        f.CopyTo(y[40..]);
        g.CopyTo(y[48..]);
        h.CopyTo(y[56..]);
    }
}

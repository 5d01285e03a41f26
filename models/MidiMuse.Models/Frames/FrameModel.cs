namespace MidiMuse.Models.Frames;

/// <summary>
/// A probability for each of the 88 keys in each frame, given the frames before and the higher keys of the same frame:
/// context mixing, as in data compression (Mahoney, "Adaptive weighing of context models for lossless data compression",
/// Florida Tech CS-2005-16). Each context (<see cref="FrameContexts"/>) has counted how often the key sounded; a
/// logistic regression weighs their opinions, each by how much it has counted.
/// </summary>
/// <remarks>
/// Counts grow with the sequence that is being read, so that a tune's own past counts: every frame is predicted before it
/// is counted. After a sequence of the training split its counts stay; in training, a sequence's own counts are taken out
/// before it is read again, so that weights are learnt for music that has not been counted.
/// </remarks>
public sealed class FrameModel
{
    public const int LowestKey = 21;

    public const int HighestKey = 108;

    /// <summary>Of a key that no training frame has.</summary>
    private const double UnseenKey = 1e-5;

    private const double LargestLogit = 12;

    /// <summary>Classes of certainty: by how much was counted, and whether only one outcome was seen.</summary>
    private const int Certainties = 24;

    private readonly FrameContexts _contexts = new();
    private readonly int[][] _counts;      // [context][2 * slot + outcome]
    private readonly int _slotMask;
    private readonly float[] _weights;     // [selector, context, certainty, weight or bias]
    private readonly float[] _squares;     // of the gradients, for Adagrad's rates
    private readonly double[] _averages;   // sums of the weights for their mean
    private readonly int[] _inputs = new int[FrameContexts.Count];
    private readonly float[] _opinions = new float[FrameContexts.Count];
    private readonly int[] _slots = new int[FrameContexts.Count];
    private int _lowest = HighestKey;
    private int _highest = LowestKey;
    private long _averaged;

    /// <param name="slotBits">Each context counts in 2 to this power slots.</param>
    public FrameModel(int slotBits)
    {
        _slotMask = (1 << slotBits) - 1;
        _counts = new int[FrameContexts.Count][];
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] = new int[2 << slotBits];
        var size = FrameContexts.Selectors * FrameContexts.Count * Certainties * 2;
        _weights = new float[size];
        _squares = new float[size];
        _averages = new double[size];
        for (var i = 0; i < size; i += 2)
            _weights[i] = 1f / FrameContexts.Count;
    }

    /// <summary>Learns the training split: once while counting, then with each sequence's own counts taken out.</summary>
    /// <param name="rounds">Times that every sequence is read, at least 2; the weights are averaged over the last one.</param>
    /// <param name="progress">Called after each sequence.</param>
    public void Train(IReadOnlyList<int[][]> sequences, int rounds, double rate, int seed, Action progress)
    {
        foreach (var key in sequences.SelectMany(s => s).SelectMany(f => f))
            (_lowest, _highest) = (Math.Min(_lowest, key), Math.Max(_highest, key));
        var order = Enumerable.Range(0, sequences.Count).ToArray();
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            var roundRate = rate / (1 + round);
            foreach (var i in order)
            {
                if (round > 0)
                    Count(sequences[i], -1);
                Read(sequences[i], roundRate);
                if (round == rounds - 1)
                    AddToAverages();
                progress();
            }
        }
        for (var i = 0; i < _weights.Length && _averaged > 0; i++)
            _weights[i] = (float)(_averages[i] / _averaged);
    }

    /// <summary>Nats of each frame of a sequence, given the frames before it. The model is afterwards as before.</summary>
    public double[] Nats(int[][] sequence)
    {
        var nats = Read(sequence, rate: 0);
        Count(sequence, -1);
        return nats;
    }

    private double[] Read(int[][] sequence, double rate)
    {
        var nats = new double[sequence.Length];
        _contexts.Begin(sequence);
        for (var t = 0; t < sequence.Length; t++)
        {
            nats[t] = sequence[t].Count(k => k < _lowest || k > _highest) * -Math.Log(UnseenKey);
            _contexts.BeginFrame(t);
            for (var key = _highest; key >= _lowest; key--)
            {
                var sounds = Locate(key);
                var probability = Probability();
                nats[t] -= Math.Log(sounds == 1 ? probability : 1 - probability);
                if (rate > 0)
                    Learn(sounds - probability, rate);
                for (var i = 0; i < _slots.Length; i++)
                    _counts[i][_slots[i] + sounds]++;
            }
        }
        return nats;
    }

    private void Count(int[][] sequence, int by)
    {
        _contexts.Begin(sequence);
        for (var t = 0; t < sequence.Length; t++)
        {
            _contexts.BeginFrame(t);
            for (var key = _highest; key >= _lowest; key--)
            {
                var sounds = Locate(key);
                for (var i = 0; i < _slots.Length; i++)
                    _counts[i][_slots[i] + sounds] += by;
            }
        }
    }

    /// <summary>Finds the slots of a key's contexts.</summary>
    /// <returns>1 where the key sounds.</returns>
    private int Locate(int key)
    {
        var hashes = _contexts.At(key, out var sounds);
        for (var i = 0; i < _slots.Length; i++)
            _slots[i] = 2 * (int)((hashes[i] >> 20) & (uint)_slotMask);
        return sounds ? 1 : 0;
    }

    private double Probability()
    {
        double logit = 0;
        var selected = _contexts.Selector * FrameContexts.Count;
        for (var i = 0; i < _slots.Length; i++)
        {
            var (without, with) = (_counts[i][_slots[i]], _counts[i][_slots[i] + 1]);
            _opinions[i] = MathF.Log((with + 0.02f) / (without + 0.3f));
            _inputs[i] = 2 * (((selected + i) * Certainties) + Certainty(without, with));
            logit += (_weights[_inputs[i]] * _opinions[i]) + _weights[_inputs[i] + 1];
        }
        return 1 / (1 + Math.Exp(-Math.Clamp(logit, -LargestLogit, LargestLogit)));
    }

    private void Learn(double error, double rate)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            Move(_inputs[i], error * _opinions[i], rate);
            Move(_inputs[i] + 1, error, rate);
        }
    }

    private void Move(int weight, double gradient, double rate)
    {
        _squares[weight] += (float)(gradient * gradient);
        _weights[weight] += (float)(rate * gradient / (1 + Math.Sqrt(_squares[weight])));
    }

    private void AddToAverages()
    {
        _averaged++;
        for (var i = 0; i < _weights.Length; i++)
            _averages[i] += _weights[i];
    }

    private static int Certainty(int without, int with)
    {
        var total = without + with;
        var size = total switch { 0 => 0, 1 => 1, 2 => 2, <= 4 => 3, <= 8 => 4, <= 20 => 5, <= 100 => 6, _ => 7 };
        return size + (with == 0 ? 0 : without == 0 ? 8 : 16);
    }
}

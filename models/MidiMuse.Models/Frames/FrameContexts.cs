namespace MidiMuse.Models.Frames;

/// <summary>
/// What a key's probability may depend on, as hashes: the key itself, the notes above it in the frame, the frames before,
/// each in its own pitch and relative to the key (transposed music then counts together), and what sounded here when the
/// same frames came before.
/// </summary>
internal sealed class FrameContexts
{
    public const int Count = 24;

    public const int Selectors = 24;

    private const int LongestMatch = 32;

    private static readonly int[] Lags = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

    private static readonly ulong[] Relative = Numbers(1, 512);  // [difference of keys + 256] summed into a set's hash
    private static readonly ulong[] Absolute = Numbers(2, 512);  // [key] likewise

    private readonly ulong[] _hashes = new ulong[Count];
    private readonly ulong[] _pasts = new ulong[9];              // [n] hash of the last n frames
    private int[][] _sequence = [];
    private bool[][] _sounds = [];                               // [frame][key]
    private ulong[] _frames = [];                                // [frame] hash of its keys
    private int[] _before = [];                                  // the frame before, highest key first
    private int[] _beforeThat = [];
    private int[] _third = [];
    private int[] _frame = [];
    private int _t;
    private int _above;                                          // notes above the key that is asked for
    private int _match;                                          // the frame that followed the longest match, -1 none
    private int _matchLength;
    private bool _matchHolds;                                    // so far the frame is the matched one

    /// <summary>Which of the mixer's weights apply to the last key that was asked for.</summary>
    public int Selector { get; private set; }

    public void Begin(int[][] sequence)
    {
        _sequence = sequence;
        _sounds = Array.ConvertAll(sequence, Keys);
        _frames = Array.ConvertAll(sequence, f => f.Aggregate(17UL, (hash, key) => hash + Absolute[key]));
    }

    public void BeginFrame(int t)
    {
        _t = t;
        _frame = Descending(t);
        (_before, _beforeThat, _third) = (Descending(t - 1), Descending(t - 2), Descending(t - 3));
        _above = 0;
        for (var n = 1; n < _pasts.Length; n++)
            _pasts[n] = Mix(_pasts[n - 1], t >= n ? _frames[t - n] : 1);
        FindMatch();
        _matchHolds = true;
    }

    /// <summary>The contexts of a key. Keys are asked for from the highest to the lowest.</summary>
    public ReadOnlySpan<ulong> At(int key, out bool sounds)
    {
        var n = _above;
        var distance = n == 0 ? 99 : _frame[n - 1] - key;
        var voice = n < _before.Length ? _before[n] : n == 0 ? 0 : -1;
        var voiceBefore = n < _beforeThat.Length ? _beforeThat[n] : -1;
        var voiceThird = n < _third.Length ? _third[n] : -1;
        var step = voice > 0 ? key - voice : 99;
        var held = _t > 0 && _sounds[_t - 1][key];
        var near = Window(key, 3);
        var wide = Window(key, 7);
        var (aboveRelative, aboveAbsolute, motions) = AboveSets(key);
        var beforeRelative = RelativeSet(_before, key);
        var beforeAbsolute = _t > 0 ? _frames[_t - 1] : 0;
        var predicted = _match < 0 ? 2 : _sounds[_match][key] ? 1 : 0;
        var certainty = predicted == 2 ? 0 : (Math.Min(_matchLength, 15) * 2) + (_matchHolds ? 1 : 0);

        Set(0, key, n);
        Set(1, key, n, distance);
        Set(2, near, n, distance);
        Set(3, key, wide, n);
        Set(4, aboveRelative, beforeRelative);
        Set(5, key, beforeAbsolute, (ulong)n);
        Set(6, key, beforeAbsolute, aboveAbsolute);
        Set(7, key % 12, aboveRelative);
        Set(8, key, aboveAbsolute);
        Set(9, step, voiceBefore - voice, distance, n);
        Set(10, step, voiceBefore - voice, key, n);
        Set(11, step, motions, (ulong)distance);
        Set(12, key, _pasts[2], (ulong)n);
        Set(13, motions, beforeRelative);
        Set(14, key, _t % 16, n, held ? 1 : 0);
        Set(15, LagBits(key), (ulong)n);
        Set(16, predicted, certainty, held ? 1 : 0, distance == 99 ? 1 : 0);
        Set(17, predicted, certainty, key, n);
        Set(18, key, PitchClasses(_before), PitchClasses(_frame.AsSpan(0, n)));
        Set(19, step, voice - voiceBefore, voiceBefore - voiceThird, n);
        Set(20, key, voice, voiceBefore, n);
        Set(21, key, _pasts[4], aboveAbsolute);
        Set(22, key, _pasts[8], (ulong)_matchLength);
        Set(23, aboveRelative, beforeRelative, RelativeSet(_beforeThat, key));
        Selector = (Math.Min(n, 5) * 4) + (held ? 2 : 0) + (predicted == 1 ? 1 : 0);

        sounds = _sounds[_t][key];
        if (sounds)
            _above++;
        if (_match >= 0 && _sounds[_match][key] != sounds)
            _matchHolds = false;
        return _hashes;
    }

    /// <summary>The latest of the longest matches of the frames just read, within the sequence.</summary>
    private void FindMatch()
    {
        (_match, _matchLength) = (-1, 0);
        for (var end = _t - 1; end >= 1; end--)
        {
            var length = 0;
            while (length < LongestMatch && length < end && _frames[end - 1 - length] == _frames[_t - 1 - length])
                length++;
            if (length > _matchLength)
                (_match, _matchLength) = (end, length);
        }
    }

    private int[] Descending(int t) => t < 0 ? [] : [.. _sequence[t].Reverse()];

    private static bool[] Keys(int[] frame)
    {
        var keys = new bool[128];
        foreach (var key in frame)
            keys[key] = true;
        return keys;
    }

    private ulong Window(int key, int reach)
    {
        var bits = 0UL;
        for (var k = key - reach; k <= key + reach; k++)
            bits = (bits << 1) | (_t > 0 && _sounds[_t - 1][k] ? 1UL : 0);
        return bits;
    }

    private ulong LagBits(int key)
    {
        var bits = 1UL;
        foreach (var lag in Lags)
            bits = (bits << 1) | (_t >= lag && _sounds[_t - lag][key] ? 1UL : 0);
        return bits;
    }

    private (ulong Relative, ulong Absolute, ulong Motions) AboveSets(int key)
    {
        ulong relative = 3, absolute = 5, motions = 7;
        for (var i = 0; i < _above; i++)
        {
            relative += Relative[_frame[i] - key + 256];
            absolute += Absolute[_frame[i]];
            motions = Mix(motions, (ulong)(i < _before.Length ? _frame[i] - _before[i] + 128 : 300));
        }
        return (relative, absolute, motions);
    }

    private static ulong RelativeSet(int[] frame, int key)
    {
        var hash = 11UL;
        foreach (var other in frame)
            hash += Relative[other - key + 256];
        return hash;
    }

    private static ulong PitchClasses(ReadOnlySpan<int> keys)
    {
        var bits = 0UL;
        foreach (var key in keys)
            bits |= 1UL << (key % 12);
        return bits;
    }

    private void Set(int context, int a, int b, int c = 0, int d = 0) => _hashes[context] = Mix(Mix((ulong)context, Pair(a, b)), Pair(c, d));

    private void Set(int context, ulong a, int b, int c) => _hashes[context] = Mix(Mix((ulong)context, a), Pair(b, c));

    private void Set(int context, int a, ulong b, ulong c = 0) => _hashes[context] = Mix(Mix(Mix((ulong)context, (uint)(a + 1000)), b), c);

    private void Set(int context, int a, ulong b, int c) => Set(context, a, b, (uint)(c + 1000));

    private void Set(int context, ulong a, ulong b, ulong c = 0) => _hashes[context] = Mix(Mix(Mix((ulong)context, a), b), c);

    private static ulong Pair(int a, int b) => (uint)(a + 1000) | ((ulong)(uint)(b + 1000) << 32);

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
    private static ulong Mix(ulong hash, ulong value)
    {
        var x = unchecked((hash ^ (value + 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return x ^ (x >> 31);
    }

    private static ulong[] Numbers(ulong seed, int count)
    {
        var numbers = new ulong[count];
        for (var i = 0; i < count; i++)
            numbers[i] = Mix(seed, (ulong)i);
        return numbers;
    }
}

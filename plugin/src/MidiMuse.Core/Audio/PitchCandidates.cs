using System.Runtime.CompilerServices;

namespace MidiMuse.Core.Audio;

/// <summary>A pitch that a frame may have.</summary>
/// <param name="Pitch">MIDI with fraction.</param>
/// <param name="Probability">Of all candidates of a frame together at most 1; the rest is "no pitch".</param>
internal readonly record struct PitchCandidate(float Pitch, float Probability);

/// <summary>The candidates of one frame, the shortest period first.</summary>
internal struct PitchCandidates
{
    public const int Capacity = 4;

    private Items _items;

    public int Count { get; private set; }

    public float Voicing { get; private set; }

    public readonly PitchCandidate this[int index] => _items[index];

    public void Add(PitchCandidate candidate)
    {
        Voicing += candidate.Probability;
        if (Count < Capacity)
        {
            _items[Count++] = candidate;
            return;
        }
        var weakest = 0;
        for (var i = 1; i < Capacity; i++)
        {
            if (_items[i].Probability < _items[weakest].Probability)
                weakest = i;
        }
        if (_items[weakest].Probability < candidate.Probability)
            _items[weakest] = candidate;
    }

    [InlineArray(Capacity)]
    private struct Items
    {
        private PitchCandidate _first;
    }
}

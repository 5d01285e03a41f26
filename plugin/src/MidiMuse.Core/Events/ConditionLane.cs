namespace MidiMuse.Core.Events;

/// <summary>
/// Conditions along a phrase: each entry holds from its tick until the next one. Immutable, compared by content.
/// </summary>
public sealed class ConditionLane : IEquatable<ConditionLane>
{
    /// <summary>Nothing is given anywhere.</summary>
    public static readonly ConditionLane Empty = new([]);

    private readonly (long Tick, NoteConditions Conditions)[] _entries;

    /// <param name="entries">Grid ticks from the phrase's start; sorted here. Before the first one nothing is given.</param>
    public ConditionLane(IEnumerable<(long Tick, NoteConditions Conditions)> entries)
    {
        _entries = [.. entries.OrderBy(e => e.Tick)];
        HasOnlyChords = _entries.All(e => (e.Conditions with { Chord = null }).IsEmpty);
    }

    /// <summary>The same everywhere.</summary>
    public static ConditionLane Constant(NoteConditions conditions) => conditions.IsEmpty ? Empty : new([(long.MinValue, conditions)]);

    public IReadOnlyList<(long Tick, NoteConditions Conditions)> Entries => _entries;

    /// <summary>Nothing is given but chords, or nothing at all.</summary>
    public bool HasOnlyChords { get; }

    public bool IsEmpty => _entries.Length == 0;

    /// <summary>What holds at a tick. Allocates nothing.</summary>
    public NoteConditions At(long tick)
    {
        var (low, high) = (0, _entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Tick <= tick)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? NoteConditions.NotGiven : _entries[low - 1].Conditions;
    }

    /// <summary>The first tick at which two lanes differ; long.MaxValue where they never do.</summary>
    public long FirstDifference(ConditionLane other)
    {
        var ticks = _entries.Concat(other._entries).Select(e => e.Tick).Append(long.MinValue).Distinct().Order();
        foreach (var tick in ticks)
        {
            if (At(tick) != other.At(tick))
                return tick;
        }
        return long.MaxValue;
    }

    public bool Equals(ConditionLane? other) => other is not null && _entries.AsSpan().SequenceEqual(other._entries);

    public override bool Equals(object? obj) => Equals(obj as ConditionLane);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var entry in _entries)
            hash.Add(entry);
        return hash.ToHashCode();
    }
}

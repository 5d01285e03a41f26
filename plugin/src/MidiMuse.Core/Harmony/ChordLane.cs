using System.Collections.Immutable;
using System.Globalization;
using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Harmony;

/// <summary>
/// A chord progression by bars and beats, which begins anew after its last bar. It is written as on a chord chart:
/// <c>Dm7 | G7 | Cmaj7 | %</c>. Bars are divided by bar lines (or line breaks); a text without any has one chord a
/// bar. Chords of one bar share its beats, the earlier ones get the odd beats; <c>/</c> is one share more of the same
/// chord, <c>%</c> the bar or the chord before once more, <c>N.C.</c> no chord. Chords may be Roman numerals, which
/// <see cref="In"/> a key become chords. Immutable, compared by content.
/// </summary>
public sealed class ChordLane : IEquatable<ChordLane>
{
    public const int MostBars = 256;

    /// <summary>More do not fit into a bar of any meter that people play.</summary>
    private const int MostChordsOfBar = 16;

    /// <summary>Where nobody says the key.</summary>
    private static readonly Key CMajor = new(0, Mode.Major);

    private readonly ImmutableArray<ImmutableArray<Chord>> _bars; // [bar][share]
    private readonly ImmutableArray<ImmutableArray<RomanNumeral?>> _numerals = []; // [bar][share], null = a chord; empty = only chords

    private ChordLane(List<ImmutableArray<(Chord Chord, RomanNumeral? Numeral)>> bars)
        : this(bars.Select(bar => bar.Select(share => share.Chord).ToImmutableArray()))
    {
        if (bars.Any(bar => bar.Any(share => share.Numeral is not null)))
            _numerals = [.. bars.Select(bar => bar.Select(share => share.Numeral).ToImmutableArray())];
    }

    public ChordLane(IEnumerable<ImmutableArray<Chord>> bars)
    {
        _bars = [.. bars];
        if (_bars.IsEmpty || _bars.Any(bar => bar.IsDefaultOrEmpty))
            throw new ArgumentException("A chord lane has bars, and each of them a chord.", nameof(bars));
        foreach (var chord in _bars.SelectMany(bar => bar))
            PitchClasses |= chord.PitchClasses;
    }

    public int Bars => _bars.Length;

    /// <summary>Every pitch class of every chord: bit n = pitch class n.</summary>
    public ushort PitchClasses { get; }

    /// <summary>Whether there are Roman numerals; until they are in a key, they stand for chords in C major.</summary>
    public bool HasNumerals => !_numerals.IsEmpty;

    /// <summary>The same with every Roman numeral as a chord of a key.</summary>
    public ChordLane In(Key key) => _numerals.IsEmpty
        ? this
        : new ChordLane(_bars.Select((bar, i) => bar.Select((chord, j) => _numerals[i][j]?.In(key) ?? chord).ToImmutableArray()));

    /// <summary>The same, begun at another bar.</summary>
    public ChordLane From(int bar)
    {
        var first = ((bar % Bars) + Bars) % Bars;
        return first == 0 ? this : new ChordLane(Enumerable.Range(first, Bars).Select(index => BarAt(index)));
    }

    /// <summary>The shares of a bar; the lane repeats, also to the left.</summary>
    public ImmutableArray<Chord> BarAt(long bar) => _bars[(int)(((bar % Bars) + Bars) % Bars)];

    /// <summary>The chord at a number of grid ticks from the lane's start.</summary>
    public Chord At(Meter meter, long tick)
    {
        var barTicks = Math.Max(1, meter.BarTicks);
        var bar = (long)Math.Floor(tick / (double)barTicks);
        var shares = BarAt(bar);
        var inBar = tick - (bar * barTicks);
        for (var i = shares.Length - 1; i > 0; i--)
        {
            if (inBar >= ShareTick(meter, shares.Length, i))
                return shares[i];
        }
        return shares[0];
    }

    /// <summary>Where the chord changes: ticks of a bar at which a share begins.</summary>
    public static long ShareTick(Meter meter, int shares, int index)
    {
        var beats = meter.Numerator;
        if (shares > beats)
            return meter.BarTicks * index / shares;
        var (each, odd) = (beats / shares, beats % shares);
        var beat = (index * each) + Math.Min(index, odd);
        return beat * MetricalLevel.BeatTicks(meter);
    }

    /// <summary>Reads a progression.</summary>
    /// <param name="problem">What is wrong and where, in words for the player; empty where nothing is.</param>
    public static bool TryParse(string text, out ChordLane? lane, out string problem)
    {
        lane = null;
        var bars = BarTexts(text);
        if (bars.Count == 0)
        {
            problem = "A progression has at least one chord.";
            return false;
        }
        if (bars.Count > MostBars)
        {
            problem = Invariant($"A progression has at most {MostBars} bars; this one has {bars.Count}.");
            return false;
        }
        var read = new List<ImmutableArray<(Chord Chord, RomanNumeral? Numeral)>>();
        for (var i = 0; i < bars.Count; i++)
        {
            if (!TryReadBar(bars[i], i + 1, read, out problem))
                return false;
        }
        lane = new ChordLane(read);
        problem = "";
        return true;
    }

    public bool Equals(ChordLane? other) =>
        other is not null && Bars == other.Bars && _bars.Zip(other._bars).All(pair => pair.First.SequenceEqual(pair.Second))
        && _numerals.Length == other._numerals.Length && _numerals.Zip(other._numerals).All(pair => pair.First.SequenceEqual(pair.Second));

    public override bool Equals(object? obj) => Equals(obj as ChordLane);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var chord in _bars.SelectMany(bar => bar))
            hash.Add(chord);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(" | ", _bars.Select((bar, i) =>
        string.Join(' ', bar.Select((chord, j) => HasNumerals && _numerals[i][j] is { } numeral ? numeral.Text : chord.ToString()))));

    private static List<string> BarTexts(string text)
    {
        var hasBarLines = text.AsSpan().Trim().Trim('|').IndexOfAny('|', '\n') >= 0;
        if (!hasBarLines && !text.Contains('|', StringComparison.Ordinal))
            return [.. Words(text)];
        var bars = text.Split('|', '\n').Select(bar => bar.Trim()).ToList();
        if (bars[0].Length == 0)
            bars.RemoveAt(0);
        if (bars.Count > 0 && bars[^1].Length == 0)
            bars.RemoveAt(bars.Count - 1);
        return bars;
    }

    private static bool TryReadBar(string text, int number, List<ImmutableArray<(Chord Chord, RomanNumeral? Numeral)>> read, out string problem)
    {
        var words = Words(text);
        problem = "";
        if (words.Length == 0)
            problem = Invariant($"Bar {number} is empty: write % to repeat the bar before, or N.C. for no chord.");
        else if (words.Length > MostChordsOfBar)
            problem = Invariant($"Bar {number} has {words.Length} chords; {MostChordsOfBar} are the most.");
        else if (words is [ChordSymbol.Repeat] && read.Count > 0)
            read.Add(read[^1]);
        else
            ReadShares(words, number, read, ref problem);
        return problem.Length == 0;
    }

    private static void ReadShares(string[] words, int number, List<ImmutableArray<(Chord Chord, RomanNumeral? Numeral)>> read, ref string problem)
    {
        var shares = ImmutableArray.CreateBuilder<(Chord Chord, RomanNumeral? Numeral)>(words.Length);
        (Chord Chord, RomanNumeral? Numeral)? last = read.Count > 0 ? read[^1][^1] : null;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is ChordSymbol.Repeat or "/")
            {
                if (last is not { } again)
                {
                    problem = Invariant($"Bar {number}: there is no chord before the '{words[i]}' that it could repeat.");
                    return;
                }
                shares.Add(again);
                continue;
            }
            if (RomanNumeral.TryParse(words[i], out var numeral))
            {
                last = (numeral!.In(CMajor), numeral);
            }
            else if (ChordSymbol.TryParse(words[i], out var chord))
            {
                last = (chord, null);
            }
            else
            {
                problem = Invariant($"Bar {number}, chord {i + 1}: '{words[i]}' is no chord symbol.");
                return;
            }
            shares.Add(last.Value);
        }
        read.Add(shares.ToImmutable());
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

namespace MidiMuse.Core.Time;

/// <summary>A time signature. A beat is the denominator's note value; a bar is <see cref="Numerator"/> beats.</summary>
public readonly record struct Meter
{
    public static readonly Meter CommonTime = new(4, 4);

    /// <exception cref="ArgumentOutOfRangeException">Numerator outside 1..64, or a denominator that is no power of two in 1..64.</exception>
    public Meter(int numerator, int denominator)
    {
        if (!IsValid(numerator, denominator))
            throw new ArgumentOutOfRangeException(nameof(numerator), $"{numerator}/{denominator} is not a time signature.");
        Numerator = numerator;
        Denominator = denominator;
    }

    public int Numerator { get; }

    public int Denominator { get; }

    public double BarPpq => Numerator * 4.0 / Denominator;

    public double BeatPpq => 4.0 / Denominator;

    /// <summary>Length of a bar in grid ticks; fractional bars (63/64) round to the nearest tick.</summary>
    public int BarTicks => (int)GridTime.ToTick(BarPpq);

    public static bool IsValid(int numerator, int denominator) =>
        numerator is >= 1 and <= 64 && denominator is (1 or 2 or 4 or 8 or 16 or 32 or 64);

    /// <summary>The signature, or 4/4 where the host gives none or nonsense.</summary>
    public static Meter OrCommonTime(int numerator, int denominator) =>
        IsValid(numerator, denominator) ? new Meter(numerator, denominator) : CommonTime;

    public override string ToString() => $"{Numerator}/{Denominator}";
}

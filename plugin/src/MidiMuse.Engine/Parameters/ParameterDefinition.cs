using System.Globalization;

namespace MidiMuse.Engine.Parameters;

/// <summary>What the audio thread itself does with a parameter; values of MM_ROLE_ in midimuse_abi.h.</summary>
public enum AudioRole
{
    None = 0,
    Bypass = 1,
    Thru = 2,
    Panic = 3,
    OutputChannel = 4,
    AudioMotif = 5,
    Arm = 6,
    Preview = 7,
    PreviewLevel = 8,
    PreviewSound = 9,
}

/// <summary>
/// One parameter: how its plain value maps to the host's 0..1, and how it reads. Choices and whole numbers are
/// stepped, everything else is continuous and linear.
/// </summary>
public sealed record ParameterDefinition
{
    private readonly string[]? _choices;

    private ParameterDefinition(uint id, string key, string title, double minimum, double maximum, double defaultPlain, int steps, string[]? choices)
    {
        Id = id;
        Key = key;
        Title = title;
        Minimum = minimum;
        Maximum = maximum;
        Steps = steps;
        _choices = choices;
        DefaultNormalised = ToNormalised(defaultPlain);
    }

    public uint Id { get; }

    /// <summary>The parameter's name in saved states; as permanent as the id.</summary>
    public string Key { get; }

    public string Title { get; }

    /// <summary>For small displays; the title where it is short enough.</summary>
    public string ShortTitle { get; init; } = "";

    public string Units { get; init; } = "";

    public double Minimum { get; }

    public double Maximum { get; }

    /// <summary>Number of values minus one; 0 = continuous.</summary>
    public int Steps { get; }

    public double DefaultNormalised { get; }

    public AudioRole Role { get; init; }

    public bool Automatable { get; init; } = true;

    /// <summary>A button: acts on its rising edge and is not kept in states.</summary>
    public bool Momentary { get; init; }

    public bool SelectsProgram { get; init; }

    /// <summary>Slot of mm_shared.status that the engine writes, or -1. Such a parameter is read-only.</summary>
    public int StatusSlot { get; init; } = -1;

    /// <summary>Words for some plain values, null for the others: "Auto" for a 0 that means it.</summary>
    public Func<double, string?>? Words { get; init; }

    /// <summary>Plain value of words, null where the text is none of them.</summary>
    public Func<string, double?>? FromWords { get; init; }

    public bool ReadOnly => StatusSlot >= 0;

    public bool IsList => _choices is not null;

    public static ParameterDefinition Switch(uint id, string key, string title, bool isOn = false) =>
        Choice(id, key, title, ["Off", "On"], isOn ? 1 : 0);

    public static ParameterDefinition Choice(uint id, string key, string title, string[] choices, int defaultIndex = 0) =>
        new(id, key, title, 0, choices.Length - 1, defaultIndex, choices.Length - 1, choices);

    public static ParameterDefinition Whole(uint id, string key, string title, int minimum, int maximum, int defaultValue = 0) =>
        new(id, key, title, minimum, maximum, defaultValue, maximum - minimum, null);

    public static ParameterDefinition Continuous(uint id, string key, string title, double minimum, double maximum, double defaultValue) =>
        new(id, key, title, minimum, maximum, defaultValue, 0, null);

    /// <summary>Plain value of a normalised one; stepped parameters give whole numbers. Not-a-number gives the default.</summary>
    public double ToPlain(double normalised)
    {
        if (double.IsNaN(normalised))
            normalised = DefaultNormalised;
        normalised = Math.Clamp(normalised, 0, 1);
        // The VST3 rule for stepped parameters: min(steps, floor(normalised * (steps + 1))), ivsteditcontroller.h of SDK 3.7.
        return Steps > 0
            ? Minimum + Math.Min(Steps, Math.Floor(normalised * (Steps + 1)))
            : Minimum + (normalised * (Maximum - Minimum));
    }

    public double ToNormalised(double plain)
    {
        if (double.IsNaN(plain) || Maximum <= Minimum)
            return 0;
        var value = Steps > 0 ? Math.Round(plain) : plain;
        return Math.Clamp((value - Minimum) / (Maximum - Minimum), 0, 1);
    }

    public string ToText(double normalised)
    {
        var plain = ToPlain(normalised);
        if (_choices is { } choices)
            return choices[(int)plain];
        if (Words?.Invoke(plain) is { } words)
            return words;
        return plain.ToString(Steps > 0 ? "0" : "0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>Understands a choice's name in any case, or a plain number.</summary>
    public bool TryParse(string text, out double normalised)
    {
        var trimmed = text.Trim();
        if (FromWords?.Invoke(trimmed) is { } meant && meant >= Minimum && meant <= Maximum)
        {
            normalised = ToNormalised(meant);
            return true;
        }
        if (_choices is { } choices)
        {
            var index = Array.FindIndex(choices, choice => choice.Equals(trimmed, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
            {
                normalised = ToNormalised(index);
                return true;
            }
        }
        if (Units.Length > 0 && trimmed.EndsWith(Units, StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[..^Units.Length].TrimEnd();
        var parsed = double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) && double.IsFinite(plain)
            && plain >= Minimum && plain <= Maximum;
        normalised = parsed ? ToNormalised(plain) : 0;
        return parsed;
    }
}

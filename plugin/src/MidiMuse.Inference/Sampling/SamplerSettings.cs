namespace MidiMuse.Inference.Sampling;

/// <summary>How one attribute is drawn.</summary>
/// <param name="Temperature">1 is the model as trained; 0 always takes the likeliest class.</param>
/// <param name="TopP">Only the likeliest classes that together reach this probability are drawn; 1 keeps all.</param>
public readonly record struct DrawSettings(double Temperature, double TopP);

/// <summary>How the four attributes of a note event are drawn.</summary>
public readonly record struct SamplerSettings(DrawSettings Time, DrawSettings Pitch, DrawSettings Duration, DrawSettings Velocity)
{
    public static SamplerSettings Uniform(double temperature, double topP)
    {
        var draw = new DrawSettings(temperature, topP);
        return new SamplerSettings(draw, draw, draw, draw);
    }
}

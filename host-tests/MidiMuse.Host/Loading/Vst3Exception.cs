namespace MidiMuse.Host.Loading;

/// <summary>A plugin that cannot be found, loaded or driven, with the reason.</summary>
public sealed class Vst3Exception : Exception
{
    public Vst3Exception(string message)
        : base(message)
    {
    }

    public Vst3Exception(string message, Exception inner)
        : base(message, inner)
    {
    }
}

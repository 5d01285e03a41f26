namespace MidiMuse.Inference.Transformer;

/// <summary>Reads one sequence's events and keeps what it makes of them. [engine]</summary>
internal interface IBackbone : IDisposable
{
    /// <summary>Reads the remembered events from one on; what was made of those before it still holds.</summary>
    /// <param name="context">After the last event. // [D] f32</param>
    /// <param name="timeLogits">[130] f32</param>
    void Read(EventMemory memory, int from, Span<float> context, Span<float> timeLogits);
}

namespace MidiMuse.Inference.Heads;

/// <summary>
/// The heads of one session: pitch, duration and velocity, each reading what the one before it left. The pitch head
/// reads the context that the backbone left. What they return is valid until the same head is asked again. [engine]
/// </summary>
internal interface IEventHeads : IDisposable
{
    /// <param name="chord">Model class of the chord at the new onset.</param>
    ReadOnlySpan<float> Pitch(int timeShift, int position, int barPhase, int chord); // logits [128] f32

    ReadOnlySpan<float> Duration(int pitch); // logits [72] f32

    ReadOnlySpan<float> Velocity(int duration); // logits [32] f32
}

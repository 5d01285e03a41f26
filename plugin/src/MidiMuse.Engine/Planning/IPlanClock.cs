namespace MidiMuse.Engine.Planning;

/// <summary>Where the audio thread is at this moment, for deadlines.</summary>
public interface IPlanClock
{
    /// <summary>
    /// True once a bar that begins at this timeline position cannot be delivered any more: the audio thread has
    /// begun it or has left the epoch.
    /// </summary>
    bool HasPassed(uint epoch, double timelinePpq);
}

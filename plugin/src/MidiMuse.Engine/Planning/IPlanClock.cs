namespace MidiMuse.Engine.Planning;

/// <summary>Where the audio thread is at this moment, for deadlines.</summary>
public interface IPlanClock
{
    /// <summary>
    /// True once a bar that begins at this timeline position cannot be delivered any more: the audio thread has
    /// begun it or has left the epoch.
    /// </summary>
    bool HasPassed(uint epoch, double timelinePpq);

    /// <summary>
    /// Asked between two notes of the model: true where somebody waits for the engine and what it is making has to be
    /// given up. Takes in what has arrived meanwhile.
    /// </summary>
    bool MustGiveUp() => false;

    /// <summary>The same for work that nobody needs yet: true where anything at all has arrived.</summary>
    bool HasNews() => false;
}

namespace MidiMuse.Core.Events;

/// <summary>What an event is in an arrangement for infilling. The values are the models' segment classes.</summary>
public enum SegmentClass
{
    /// <summary>Plain continuation, and the given past of an infill.</summary>
    Plain = 0,

    /// <summary>The given future, which stands before the middle.</summary>
    Future = 1,

    /// <summary>The middle that is being filled.</summary>
    Middle = 2,
}

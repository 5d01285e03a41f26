namespace MidiMuse.Core.Smf;

/// <summary>What is wrong with a Standard MIDI File.</summary>
public enum SmfFault
{
    NotAMidiFile,
    FileTooLarge,
    HeaderTooShort,
    UnsupportedFormat,
    BadTrackCount,
    BadDivision,

    /// <summary>Time code division: read as a file, but it has no quarter notes, so no clip comes of it.</summary>
    TimeCodeDivision,

    /// <summary>The data ends inside a chunk's header, or a chunk is longer than what is left.</summary>
    ChunkTooLong,
    MissingTrack,

    /// <summary>The track ends inside an event.</summary>
    TrackTooShort,
    BadQuantity,
    DataByteExpected,

    /// <summary>A data byte where no status is in force: at the start, or after a sysex or meta event.</summary>
    NoRunningStatus,
    UnknownStatus,
    BadTempo,
    BadTimeSignature,
    BadKeySignature,

    /// <summary>Events after the end of the track, inside its chunk.</summary>
    DataAfterEndOfTrack,
}

/// <summary>A Standard MIDI File that cannot be read, and where.</summary>
public sealed class SmfException : Exception
{
    public SmfException(SmfFault fault, long offsetBytes, string message)
        : base($"{message} (byte {offsetBytes})")
    {
        Fault = fault;
        OffsetBytes = offsetBytes;
    }

    public SmfFault Fault { get; }

    /// <summary>Bytes from the start of the file.</summary>
    public long OffsetBytes { get; }
}

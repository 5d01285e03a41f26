namespace MidiMuse.Core.Audio;

/// <summary>What is wrong with a WAV file.</summary>
public enum WavFault
{
    NotAWavFile,
    FileTooLarge,

    /// <summary>RF64, BW64 and RIFX are WAV's relatives for huge and for big-endian files.</summary>
    UnsupportedContainer,

    /// <summary>The data ends inside a chunk's header, or a chunk is longer than what is left.</summary>
    ChunkTooLong,
    MissingFormat,
    FormatTooShort,
    UnsupportedEncoding,
    BadChannelCount,
    BadSampleRate,
    BadFrameSize,
    MissingData,
    NoSamples,

    /// <summary>A sample that is infinite or not a number.</summary>
    BadSample,
}

/// <summary>A WAV file that cannot be read, and where.</summary>
public sealed class WavException : Exception
{
    public WavException(WavFault fault, long offsetBytes, string message)
        : base($"{message} (byte {offsetBytes})")
    {
        Fault = fault;
        OffsetBytes = offsetBytes;
    }

    public WavFault Fault { get; }

    /// <summary>Bytes from the start of the file.</summary>
    public long OffsetBytes { get; }
}

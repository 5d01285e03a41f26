using MidiMuse.Engine.Commands;

namespace MidiMuse.Engine.Link;

public enum InputKind : byte
{
    NoteOn = 1,
    NoteOff = 2,
    Control = 3,
    Parameter = 4,

    /// <summary>Not from the audio thread: a command of the editor or the host.</summary>
    Command = 5,
}

/// <summary>One thing that was played or set, as the audio thread stamped it.</summary>
public readonly record struct InputEvent
{
    public double TimelinePpq { get; init; }

    public uint Epoch { get; init; }

    public InputKind Kind { get; init; }

    /// <summary>0..15.</summary>
    public byte Channel { get; init; }

    /// <summary>Pitch or controller.</summary>
    public byte Data1 { get; init; }

    /// <summary>Velocity.</summary>
    public byte Data2 { get; init; }

    public uint ParameterId { get; init; }

    /// <summary>Controller or normalised parameter value, 0..1.</summary>
    public double Value { get; init; }

    public PostedCommand? Posted { get; init; }

    public static InputEvent Of(PostedCommand posted) =>
        new() { Kind = InputKind.Command, TimelinePpq = posted.TimelinePpq, Epoch = posted.Epoch, Posted = posted };
}

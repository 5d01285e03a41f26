namespace MidiMuse.Engine.Midi;

/// <summary>A controller that moves a parameter.</summary>
/// <param name="Channel">0..15.</param>
/// <param name="Controller">0..119, or 128 channel pressure, 129 pitch bend.</param>
public readonly record struct ControllerMapping(byte Channel, byte Controller, uint ParameterId);

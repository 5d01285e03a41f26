namespace MidiMuse.Engine.Planning;

/// <summary>What the instance is doing; values of MM_ENGINE_ in midimuse_abi.h.</summary>
public enum EnginePhase
{
    Idle = 0,
    Waiting = 1,
    Capturing = 2,
    Answering = 3,
    Faulted = 4,
}

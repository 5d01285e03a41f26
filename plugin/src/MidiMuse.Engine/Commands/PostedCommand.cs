namespace MidiMuse.Engine.Commands;

/// <summary>A command on its way to the engine's thread, stamped with where the transport was.</summary>
public sealed class PostedCommand(EngineCommand command, uint epoch, double timelinePpq)
{
    private readonly TaskCompletionSource<CommandReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineCommand Command { get; } = command;

    public uint Epoch { get; } = epoch;

    public double TimelinePpq { get; } = timelinePpq;

    public void Complete(CommandReply reply) => _reply.TrySetResult(reply);

    public CommandReply WaitForReply(TimeSpan limit) =>
        _reply.Task.Wait(limit) ? _reply.Task.Result : CommandReply.Refused("The engine is busy; the command is still waiting.");
}

using System.Runtime.InteropServices;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin.Tests;

/// <summary>An mm_shared as the bridge would make it, and the audio thread's side of its rings.</summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    public SharedMemory()
    {
        Pointer = (AbiShared*)NativeMemory.AlignedAlloc((nuint)sizeof(AbiShared), 64);
        NativeMemory.Clear(Pointer, (nuint)sizeof(AbiShared));
        Pointer->AbiVersion = AbiConstants.Version;
        Pointer->SizeBytes = (uint)sizeof(AbiShared);
    }

    /// <summary>Valid until Dispose.</summary>
    public AbiShared* Pointer { get; }

    public void Publish(in AbiTransport transport)
    {
        Volatile.Write(ref Pointer->TransportSequence, Pointer->TransportSequence + 1);
        Pointer->Transport = transport;
        Volatile.Write(ref Pointer->TransportSequence, Pointer->TransportSequence + 1);
    }

    public void Push(in AbiInputEvent input)
    {
        var write = Pointer->InputIndices.Write;
        Pointer->Input[(int)(write % AbiConstants.InputRingCapacity)] = input;
        Volatile.Write(ref Pointer->InputIndices.Write, write + 1);
    }

    /// <summary>An anchor at the next sample to be written.</summary>
    public void Anchor(double timelinePpq, double ppqPerSample, uint epoch)
    {
        var write = Pointer->AnchorIndices.Write;
        Pointer->Anchor[(int)(write % AbiConstants.AudioAnchorCapacity)] = new AbiAudioAnchor
        {
            TimelinePpq = timelinePpq,
            PpqPerSample = ppqPerSample,
            SampleRateHz = 48000,
            FirstSample = Pointer->AudioIndices.Write,
            Epoch = epoch,
        };
        Volatile.Write(ref Pointer->AnchorIndices.Write, write + 1);
    }

    public void PushAudio(ReadOnlySpan<float> samples)
    {
        var write = Pointer->AudioIndices.Write;
        for (var i = 0; i < samples.Length; i++)
            Pointer->Audio[(int)((write + (uint)i) % AbiConstants.AudioRingCapacity)] = samples[i];
        Volatile.Write(ref Pointer->AudioIndices.Write, write + (uint)samples.Length);
    }

    /// <summary>Takes everything that the engine has published.</summary>
    public List<AbiCommand> TakeCommands()
    {
        var commands = new List<AbiCommand>();
        var write = Volatile.Read(ref Pointer->CommandIndices.Write);
        for (var read = Pointer->CommandIndices.Read; read != write; read++)
            commands.Add(Pointer->Command[(int)(read % AbiConstants.CommandRingCapacity)]);
        Volatile.Write(ref Pointer->CommandIndices.Read, write);
        return commands;
    }

    public void Dispose() => NativeMemory.AlignedFree(Pointer);
}

using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Planning;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin;

/// <summary>
/// The engine's end of mm_shared: reads inputs and transport, writes commands and status. [engine] for everything
/// but <see cref="Counters"/>, which may be read from any thread.
/// </summary>
internal sealed unsafe class SharedMemoryLink : IAudioLink
{
    /// <summary>How long a full command ring is waited for: the audio thread empties it every block, if it runs.</summary>
    private const int FullRingMilliseconds = 50;

    /// <summary>MM_AUDITION_HELD</summary>
    private const uint AuditionHeld = 1u << 18;

    // The bridge keeps the block alive from create() until destroy() has returned, and destroy() first stops the
    // engine's thread; so the pointer is valid whenever a member of this class runs.
    private readonly AbiShared* _shared;

    // Set by UseGrid: the bar grid that the next horizons are planned for.
    private uint _gridGeneration;

    // The line that the next audio sample lies on.
    private AbiAudioAnchor _anchor;

    private int _auditions;

    public SharedMemoryLink(AbiShared* shared) => _shared = shared;

    public bool InputIsEmpty => Volatile.Read(ref _shared->InputIndices.Write) == Volatile.Read(ref _shared->InputIndices.Read);

    public AudioCounters Counters
    {
        get
        {
            ref var counters = ref _shared->Counters;
            return new AudioCounters(
                Read(ref counters.Blocks),
                Read(ref counters.NotesIn),
                Read(ref counters.NotesOut),
                Read(ref counters.LateNotes),
                Read(ref counters.LateBars),
                Read(ref counters.FallbackBars),
                Read(ref counters.ShortfallBlocks),
                Read(ref counters.OfflineWaits),
                Read(ref counters.OfflineTimeouts),
                Read(ref counters.InputDrops),
                Read(ref counters.OutputDrops),
                Read(ref counters.Jumps),
                Read(ref counters.AudioDrops));
        }
    }

    public bool TryReadTransport(out TransportSnapshot transport)
    {
        transport = default;
        if (!TryCopyTransport(out var copy))
            return false;
        transport = new TransportSnapshot
        {
            BlockStartPpq = copy.BlockStartPpq,
            BlockEndPpq = copy.BlockEndPpq,
            ProjectPpq = copy.ProjectPpq,
            BarStartPpq = copy.BarStartPpq,
            CycleStartPpq = copy.Flags.HasFlag(AbiTransportFlags.Cycle) ? copy.CycleStartPpq : 0,
            CycleEndPpq = copy.Flags.HasFlag(AbiTransportFlags.Cycle) ? copy.CycleEndPpq : 0,
            TempoBpm = copy.TempoBpm,
            Meter = Meter.OrCommonTime(copy.SignatureNumerator, copy.SignatureDenominator),
            Epoch = copy.Epoch,
            GridGeneration = copy.GridGeneration,
            Playing = copy.Flags.HasFlag(AbiTransportFlags.Playing),
            Offline = copy.Flags.HasFlag(AbiTransportFlags.Offline),
        };
        return true;
    }

    public bool TryReadInput(out InputEvent input)
    {
        ref var indices = ref _shared->InputIndices;
        var read = indices.Read;
        if (Volatile.Read(ref indices.Write) == read)
        {
            input = default;
            return false;
        }
        ref var slot = ref _shared->Input[(int)(read % AbiConstants.InputRingCapacity)];
        input = new InputEvent
        {
            TimelinePpq = slot.TimelinePpq,
            Epoch = slot.Epoch,
            Kind = (InputKind)slot.Kind,
            Channel = (byte)(slot.Channel & 15),
            Data1 = slot.Data1,
            Data2 = slot.Data2,
            ParameterId = slot.ParamId,
            Value = slot.Value,
        };
        Volatile.Write(ref indices.Read, read + 1);
        return true;
    }

    public bool TryReadAudio(Span<float> samples, out AudioChunk chunk)
    {
        chunk = default;
        ref var indices = ref _shared->AudioIndices;
        var read = indices.Read;
        var count = Math.Min(Volatile.Read(ref indices.Write) - read, (uint)samples.Length);
        TakeAnchors(read);
        if (count == 0)
            return false;
        if (HasNextAnchor(out var next))
            count = Math.Min(count, next.FirstSample - read); // what lies behind it is on another line
        for (var i = 0u; i < count; i++)
            samples[(int)i] = _shared->Audio[(int)((read + i) % AbiConstants.AudioRingCapacity)];
        var sinceAnchor = read - _anchor.FirstSample;
        chunk = new AudioChunk((int)count, _anchor.TimelinePpq + (sinceAnchor * _anchor.PpqPerSample), _anchor.PpqPerSample, _anchor.SampleRateHz, _anchor.Epoch);
        Volatile.Write(ref indices.Read, read + count);
        return true;
    }

    public void UseGrid(uint gridGeneration) => _gridGeneration = gridGeneration;

    public void SendBar(uint epoch, uint planId, double startPpq, double endPpq, ReadOnlySpan<TimelineNote> notes, bool isFallback, bool isProvisional, double horizonPpq)
    {
        var count = Math.Min(notes.Length, AbiConstants.CommandRingCapacity - 2);
        if (!TryReserve(count + 2, out var write))
            return;
        var flags = (isFallback ? AbiCommandFlags.Fallback : 0) | (isProvisional ? AbiCommandFlags.Provisional : 0);
        Slot(write) = new AbiCommand { Kind = AbiCommandKind.Bar, OnsetPpq = startPpq, EndPpq = endPpq, Epoch = epoch, PlanId = planId, Flags = flags, BarNotes = (uint)count };
        for (var i = 0; i < count; i++)
        {
            ref readonly var note = ref notes[i];
            Slot(write + 1 + (uint)i) = new AbiCommand
            {
                Kind = AbiCommandKind.Note,
                OnsetPpq = note.OnsetPpq,
                EndPpq = note.EndPpq,
                Epoch = epoch,
                PlanId = planId,
                Flags = flags,
                Channel = note.Channel,
                Pitch = note.Pitch,
                Velocity = note.Velocity,
            };
        }
        Slot(write + 1 + (uint)count) = Horizon(epoch, planId, horizonPpq);
        Volatile.Write(ref _shared->CommandIndices.Write, write + 2 + (uint)count);
    }

    public void SendHorizon(uint epoch, uint planId, double horizonPpq)
    {
        if (!TryReserve(1, out var write))
            return;
        Slot(write) = Horizon(epoch, planId, horizonPpq);
        Volatile.Write(ref _shared->CommandIndices.Write, write + 1);
    }

    public void SendCancel(uint epoch, uint planId)
    {
        if (!TryReserve(1, out var write))
            return;
        Slot(write) = new AbiCommand { Kind = AbiCommandKind.Cancel, Epoch = epoch, PlanId = planId };
        Volatile.Write(ref _shared->CommandIndices.Write, write + 1);
    }

    public void SendParameter(uint id, double normalised)
    {
        if (!TryReserve(1, out var write))
            return;
        Slot(write) = new AbiCommand { Kind = AbiCommandKind.Parameter, OnsetPpq = normalised, PlanId = id };
        Volatile.Write(ref _shared->CommandIndices.Write, write + 1);
    }

    public bool WasRefused(uint planId) => planId == (uint)Volatile.Read(ref _shared->Counters.RefusedPlanId);

    public bool HasPassed(uint epoch, double timelinePpq) =>
        TryCopyTransport(out var now) && (now.Epoch != epoch || now.BlockEndPpq > timelinePpq + TransportSnapshot.ResolutionPpq);

    public void PublishPhase(EnginePhase phase) => Volatile.Write(ref _shared->EngineState, (uint)phase);

    public void PublishStatus(int slot, double normalised)
    {
        if ((uint)slot < AbiConstants.StatusCapacity)
            Volatile.Write(ref _shared->Status[slot], normalised);
    }

    public void PublishRole(Role? role) => Volatile.Write(ref _shared->AnswerSound, (uint)(role switch
    {
        null => AbiSound.Automatic,
        Role.Bass => AbiSound.Bass,
        Role.Drums => AbiSound.Drums,
        _ => AbiSound.Keys,
    }));

    /// <summary>[ui] Several editors may do so at once: the last one is heard.</summary>
    public void Audition(AuditionedNote note)
    {
        var count = (uint)Interlocked.Increment(ref _auditions) & 0xFF;
        Volatile.Write(ref _shared->Audition, (count << 24) | AuditionHeld | ((note.Channel & 15u) << 14) | ((note.Velocity & 127u) << 7) | (note.Pitch & 127u));
    }

    public void EndAudition() => Interlocked.And(ref _shared->Audition, ~AuditionHeld);

    /// <summary>The last anchor at or before a sample is the one that holds for it.</summary>
    private void TakeAnchors(uint sample)
    {
        while (HasNextAnchor(out var next) && unchecked((int)(sample - next.FirstSample)) >= 0)
        {
            _anchor = next;
            Volatile.Write(ref _shared->AnchorIndices.Read, _shared->AnchorIndices.Read + 1);
        }
    }

    private bool HasNextAnchor(out AbiAudioAnchor anchor)
    {
        var read = _shared->AnchorIndices.Read;
        var isThere = Volatile.Read(ref _shared->AnchorIndices.Write) != read;
        anchor = isThere ? _shared->Anchor[(int)(read % AbiConstants.AudioAnchorCapacity)] : default;
        return isThere;
    }

    private static long Read(ref ulong counter) => (long)Volatile.Read(ref counter);

    private AbiCommand Horizon(uint epoch, uint planId, double horizonPpq) =>
        new() { Kind = AbiCommandKind.Horizon, OnsetPpq = horizonPpq, GridGeneration = _gridGeneration, Epoch = epoch, PlanId = planId };

    private ref AbiCommand Slot(uint index) => ref _shared->Command[(int)(index % AbiConstants.CommandRingCapacity)];

    /// <summary>Seqlock: a copy is good where the sequence was even and the same before and after.</summary>
    private bool TryCopyTransport(out AbiTransport copy)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var before = Volatile.Read(ref _shared->TransportSequence);
            if (before == 0)
                break;
            if ((before & 1) == 0)
            {
                copy = _shared->Transport;
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref _shared->TransportSequence) == before)
                    return true;
            }
            Thread.SpinWait(10);
        }
        copy = default;
        return false;
    }

    private bool TryReserve(int count, out uint write)
    {
        write = _shared->CommandIndices.Write;
        for (var waited = 0; waited < FullRingMilliseconds; waited++)
        {
            var used = write - Volatile.Read(ref _shared->CommandIndices.Read);
            if (used + (uint)count <= AbiConstants.CommandRingCapacity)
                return true;
            Thread.Sleep(1);
        }
        return false;
    }
}

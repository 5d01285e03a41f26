using System.Diagnostics.CodeAnalysis;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.State;

namespace MidiMuse.Engine;

/// <summary>
/// One instance of the plugin: the loop, its thread, the parameters and the state. Everything here is safe to call
/// from any thread but the audio thread, which only ever touches the memory behind <see cref="IAudioLink"/>.
/// </summary>
public sealed class EngineInstance : IDisposable
{
    /// <summary>Polling while the transport rolls: well below a block of 64 samples in music, well above it in cost.</summary>
    private const int PlayingPollMilliseconds = 1;

    private const int IdlePollMilliseconds = 10;

    /// <summary>Offline the host waits for us, so the loop yields instead of sleeping until nothing has moved for a while.</summary>
    private const int OfflineIdleYields = 2000;

    /// <summary>How long a call on the main thread waits for parameter changes that the audio thread has just passed on.</summary>
    private const int FlushMilliseconds = 100;

    private readonly Lock _gate = new();
    private readonly IAudioLink _link;
    private readonly IContinuationModel? _model;
    private readonly EngineLoop _loop;
    private readonly ManualResetEventSlim _stop = new();
    private StateDocument? _loaded;
    private byte[]? _unreadable;
    private ulong _loadedFingerprint;
    private Thread? _worker;
    private int _yields;
    private double _lastBlockEndPpq;

    /// <param name="link">Shared memory; must stay valid until <see cref="Dispose"/> has returned.</param>
    /// <param name="model">Null where no model could be loaded; the instance owns it from now on.</param>
    /// <param name="modelProblem">Why there is no model.</param>
    public EngineInstance(IAudioLink link, IContinuationModel? model, string? modelProblem)
    {
        _link = link;
        _model = model;
        Problem = modelProblem;
        _loop = new EngineLoop(Parameters, model, link, link);
        PublishStatus();
    }

    public ParameterValues Parameters { get; } = new();

    /// <summary>What is wrong with this instance, in words for the player, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Starts or stops the engine's thread. [main]</summary>
    public void SetActive(bool active)
    {
        if (active == (_worker is not null))
            return;
        if (active)
            StartWorker();
        else
            StopWorker();
    }

    /// <summary>Sets a parameter when the host does not process. [main]</summary>
    public bool SetParameter(uint id, double normalised)
    {
        lock (_gate)
        {
            if (ParameterTable.Find(id) is not { ReadOnly: false } || double.IsNaN(normalised))
                return false;
            _loop.SetParameter(id, normalised);
            return true;
        }
    }

    /// <summary>The state as bytes. Never fails: bytes that could not be read at load come back as they were. [main]</summary>
    public byte[] GetState()
    {
        Flush();
        lock (_gate)
        {
            if (_unreadable is { } original && _loadedFingerprint == Fingerprint())
                return original;
            return StateCodec.Write(Parameters, _loop.Planner.Motif, _loop.Planner.Bars, _model?.Identity, _loaded, _unreadable);
        }
    }

    /// <summary>
    /// Replaces the state. Bytes that cannot be read reset the parameters, are kept, and are part of every later
    /// state; false then. [main]
    /// </summary>
    public bool SetState(ReadOnlySpan<byte> bytes)
    {
        var read = StateCodec.TryRead(bytes);
        var original = read is null ? bytes.ToArray() : null;
        lock (_gate)
        {
            Parameters.Reset();
            foreach (var definition in ParameterTable.All.Where(StateCodec.IsKept))
            {
                if (read is not null && StateCodec.TryReadParameter(read.Source, definition, out var normalised))
                    Parameters.Set(definition.Id, normalised);
            }
            _loop.Restore(read?.Motif, read?.Bars ?? []);
            _loaded = read?.Source;
            _unreadable = original;
            _loadedFingerprint = Fingerprint();
        }
        return read is not null;
    }

    /// <summary>A copy of what can be seen of the instance. [main] [ui]</summary>
    public EngineSnapshot Snapshot()
    {
        lock (_gate)
            return new EngineSnapshot(_loop.Phase, _loop.Planner.Motif, _loop.Planner.Bars, _model?.Identity, Problem ?? _model?.Fault, _link.Counters);
    }

    public void Dispose()
    {
        StopWorker();
        _model?.Dispose();
        _stop.Dispose();
    }

    private void StartWorker()
    {
        _stop.Reset();
        _worker = new Thread(Work) { IsBackground = true, Name = "MidiMuse engine", Priority = ThreadPriority.AboveNormal };
        _worker.Start();
    }

    private void StopWorker()
    {
        _stop.Set();
        _worker?.Join();
        _worker = null;
    }

    /// <summary>[engine]</summary>
    private void Work()
    {
        while (!_stop.IsSet)
        {
            if (!TryStep(out var pauseMilliseconds))
                return;
            if (pauseMilliseconds == 0)
                Thread.Yield();
            else
                _stop.Wait(pauseMilliseconds);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A fault of the engine must become a word in the status, never the end of the host.")]
    private bool TryStep(out int pauseMilliseconds)
    {
        lock (_gate)
        {
            try
            {
                pauseMilliseconds = Step();
                return true;
            }
            catch (Exception exception)
            {
                Problem = $"The engine stopped: {exception.Message}";
                _link.PublishPhase(EnginePhase.Faulted);
                PublishStatus();
                pauseMilliseconds = 0;
                return false;
            }
        }
    }

    private int Step()
    {
        // The transport first: everything that was played before its block's end is then in the ring.
        var running = _link.TryReadTransport(out var transport);
        while (_link.TryReadInput(out var input))
            _loop.Enqueue(input);
        if (!running)
            return IdlePollMilliseconds;
        _loop.Advance(transport);
        _link.PublishPhase(_loop.Phase);
        PublishStatus();
        return PauseAfter(transport);
    }

    private int PauseAfter(in TransportSnapshot transport)
    {
        if (!transport.Offline)
            return transport.Playing ? PlayingPollMilliseconds : IdlePollMilliseconds;
        _yields = transport.BlockEndPpq == _lastBlockEndPpq ? _yields + 1 : 0;
        _lastBlockEndPpq = transport.BlockEndPpq;
        return _yields < OfflineIdleYields ? 0 : PlayingPollMilliseconds;
    }

    private void PublishStatus()
    {
        var counters = _link.Counters;
        Publish(ParameterId.Status, Problem is null && _model is { Fault: null } ? (int)_loop.Phase : (int)EnginePhase.Faulted);
        Publish(ParameterId.LateNotes, counters.LateNotes);
        Publish(ParameterId.FallbackBars, counters.FallbackBars);
        Publish(ParameterId.BarsAhead, _loop.BarsAhead);
        Publish(ParameterId.Shortfalls, counters.ShortfallBlocks);
    }

    private void Publish(uint id, double plain)
    {
        var definition = ParameterTable.Find(id)!;
        var normalised = definition.ToNormalised(plain);
        Parameters.Set(id, normalised);
        _link.PublishStatus(definition.StatusSlot, normalised);
    }

    /// <summary>Waits, bounded, until the engine has read what the audio thread has passed on.</summary>
    private void Flush()
    {
        if (_worker is null)
        {
            lock (_gate)
            {
                while (_link.TryReadInput(out var input))
                    _loop.Enqueue(input);
                _loop.ApplySettings();
            }
            return;
        }
        for (var waited = 0; waited < FlushMilliseconds && !_link.InputIsEmpty; waited++)
            Thread.Sleep(1);
    }

    /// <summary>Changes with anything that a state keeps.</summary>
    private ulong Fingerprint()
    {
        var hash = new HashCode();
        foreach (var definition in ParameterTable.All.Where(StateCodec.IsKept))
            hash.Add(Parameters.Normalised(definition.Id));
        hash.Add(_loop.Planner.PlanId);
        return unchecked((ulong)hash.ToHashCode());
    }
}

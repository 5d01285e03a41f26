using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MidiMuse.Core.Events;
using MidiMuse.Core.Originality;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.State;
using MidiMuse.Inference.Devices;

namespace MidiMuse.Engine;

/// <summary>
/// One instance of the plugin: the loop, its thread, the parameters and the state. Everything here is safe to call
/// from any thread but the audio thread, which only ever touches the memory behind <see cref="IAudioLink"/>.
/// </summary>
/// <remarks>
/// The loop works under a lock, which a bar in the making holds for as long as the model takes. Nothing that a host
/// or an editor calls often waits for it: values are read without it, changes are posted, and the rest is read from
/// the snapshot that the engine published last. <see cref="SetState"/> and a stop take it, and the model gives up
/// at its next note.
/// </remarks>
public sealed class EngineInstance : IEngineControl, IDisposable
{
    /// <summary>Polling while the transport rolls: well below a block of 64 samples in music, well above it in cost.</summary>
    private const int PlayingPollMilliseconds = 1;

    private const int IdlePollMilliseconds = 10;

    /// <summary>Offline the host waits for us, so the loop yields instead of sleeping until nothing has moved for a while.</summary>
    private const int OfflineIdleYields = 2000;

    /// <summary>How long a call on the main thread waits for changes that are on their way to the engine.</summary>
    private const int FlushMilliseconds = 100;

    private static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly IAudioLink _link;
    private readonly float[] _audio = new float[4096];
    private readonly IContinuationModel? _model;
    private bool _isReadingTrainingMusic;
    private readonly EngineLoop _loop;
    private readonly ConcurrentQueue<PostedCommand> _posted = new();
    private readonly ManualResetEventSlim _stop = new();
    private LoadedState _loaded = new(null, null, 0);
    private EngineSnapshot _snapshot;
    private Thread? _worker;
    private volatile bool _hasStopped;
    private int _callersWaiting;
    private bool _hasTransport;
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
        _loop = new EngineLoop(Parameters, Texts, model, link, new Clock(this));
        PublishStatus();
        _snapshot = _loop.View(Problem);
    }

    public ParameterValues Parameters { get; } = new();

    public TextValues Texts { get; } = new();

    public bool HasModel => _model is not null;

    /// <summary>What is wrong with this instance, in words for the player, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Read from its file when a clip first asks for it, or in the background once candidates are ranked.</summary>
    public Lazy<OriginalityIndex?>? TrainingMusicFile
    {
        get;
        init
        {
            field = value;
            _loop.Likenesses.TrainingMusic = TrainingMusicOnceRead;
        }
    }

    public OriginalityIndex? TrainingMusic => TrainingMusicFile?.Value;

    /// <summary>The engine does not wait for a file of megabytes. [engine]</summary>
    private OriginalityIndex? TrainingMusicOnceRead()
    {
        if (TrainingMusicFile is { IsValueCreated: true })
            return TrainingMusicFile.Value;
        if (!_isReadingTrainingMusic)
            ThreadPool.QueueUserWorkItem(static file => _ = file?.Value, TrainingMusicFile, preferLocal: false);
        _isReadingTrainingMusic = true;
        return null;
    }

    public AudioCounters Counters => _link.Counters;

    /// <summary>What can be seen of the instance. Never waits. [main] [ui]</summary>
    public EngineSnapshot Snapshot() => Volatile.Read(ref _snapshot);

    public bool TryReadTransport(out TransportSnapshot transport) => _link.TryReadTransport(out transport);

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
        if (ParameterTable.Find(id) is not { ReadOnly: false } || double.IsNaN(normalised))
            return false;
        Parameters.Announce(id, normalised);
        Post(new SetParameter(id, Math.Clamp(normalised, 0, 1)));
        return true;
    }

    public void Audition(AuditionedNote note) => _link.Audition(note);

    public void EndAudition() => _link.EndAudition();

    public void Post(EngineCommand command) => Enqueue(command);

    public CommandReply Run(EngineCommand command) => Enqueue(command).WaitForReply(ReplyLimit);

    /// <summary>
    /// The state as bytes. Never fails: bytes that could not be read at load come back as they were. Waits for
    /// nothing but what the audio thread has passed on and the engine has not read yet. [main]
    /// </summary>
    public byte[] GetState()
    {
        Flush();
        var loaded = Volatile.Read(ref _loaded);
        var snapshot = Snapshot();
        if (loaded.Unreadable is { } original && loaded.Fingerprint == Fingerprint(snapshot))
            return original;
        return StateCodec.Write(Parameters, snapshot, loaded.Source, loaded.Unreadable);
    }

    /// <summary>
    /// Replaces the state. Bytes that cannot be read reset the parameters, are kept, and are part of every later
    /// state; false then. [main]
    /// </summary>
    public bool SetState(ReadOnlySpan<byte> bytes)
    {
        var read = StateCodec.TryRead(bytes);
        var original = read is null ? bytes.ToArray() : null;
        WithLoop(() =>
        {
            Parameters.Reset();
            foreach (var definition in ParameterTable.All.Where(StateCodec.IsKept))
            {
                if (read is not null && StateCodec.TryReadParameter(read.Source, definition, out var normalised))
                    Parameters.Set(definition.Id, normalised);
            }
            _loop.Restore(read);
            PublishSnapshot();
            Volatile.Write(ref _loaded, new LoadedState(read?.Source, original, Fingerprint(_snapshot)));
        });
        return read is not null;
    }

    public void Dispose()
    {
        StopWorker();
        _model?.Dispose();
        _stop.Dispose();
    }

    private PostedCommand Enqueue(EngineCommand command)
    {
        var isRunning = _link.TryReadTransport(out var transport);
        var posted = new PostedCommand(command, isRunning ? transport.Epoch : 0, isRunning ? transport.BlockEndPpq : 0);
        if (_hasStopped)
        {
            posted.Complete(CommandReply.Refused(Problem ?? "The engine stopped."));
            return posted;
        }
        _posted.Enqueue(posted);
        if (_worker is null)
            WithLoop(TakePosted);
        return posted;
    }

    /// <summary>Works with the loop on the caller's thread; a bar in the making is given up for it.</summary>
    private void WithLoop(Action work)
    {
        Interlocked.Increment(ref _callersWaiting);
        try
        {
            lock (_gate)
                work();
        }
        finally
        {
            Interlocked.Decrement(ref _callersWaiting);
        }
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
        lock (_gate)
            TakePosted();
    }

    /// <summary>[engine]</summary>
    private void Work()
    {
        while (!_stop.IsSet)
        {
            if (!TryStep(out var pauseMilliseconds))
                return;
            if (pauseMilliseconds == 0 || Volatile.Read(ref _callersWaiting) > 0)
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
                _hasStopped = true;
                RefusePosted();
                _link.PublishPhase(EnginePhase.Faulted);
                PublishStatus();
                PublishSnapshot();
                pauseMilliseconds = 0;
                return false;
            }
        }
    }

    private int Step()
    {
        // The transport first: everything that was played before its block's end is then in the ring.
        var running = _link.TryReadTransport(out var transport);
        TakeInputs();
        if (!running)
            return StepWithoutTransport();
        _hasTransport = true;
        TakePosted(transport);
        var hasMore = _loop.Advance(transport);
        _link.PublishPhase(_loop.Phase);
        PublishStatus();
        PublishSnapshot();
        return hasMore ? 0 : PauseAfter(transport);
    }

    /// <summary>
    /// The first block's inputs are in the ring a moment before its transport is: they wait for it, or a motif would
    /// lose its first note. Once there is a transport, not to get hold of it means that it is just being written.
    /// </summary>
    private int StepWithoutTransport()
    {
        if (_hasTransport)
            return 0;
        TakePosted(_loop.ApplyUntilFirstNote);
        return IdlePollMilliseconds;
    }

    private void TakeInputs()
    {
        while (_link.TryReadInput(out var input))
        {
            if (input.Kind == InputKind.Parameter)
                Parameters.Announce(input.ParameterId, input.Value);
            _loop.Enqueue(input);
        }
        while (_link.TryReadAudio(_audio, out var chunk))
            _loop.EnqueueAudio(_audio, chunk);
    }

    /// <summary>Commands of blocks that this transport knows; one that was posted since then waits for the next step.</summary>
    private void TakePosted(in TransportSnapshot transport)
    {
        while (_posted.TryPeek(out var posted) && (posted.Epoch != transport.Epoch || posted.TimelinePpq <= transport.BlockEndPpq))
        {
            _posted.TryDequeue(out _);
            _loop.Enqueue(InputEvent.Of(posted));
        }
    }

    /// <summary>Without a transport there are no positions: everything is applied at once.</summary>
    private void TakePosted() => TakePosted(_loop.ApplyWithoutTransport);

    private void TakePosted(Action apply)
    {
        TakeInputs();
        while (_posted.TryDequeue(out var posted))
            _loop.Enqueue(InputEvent.Of(posted));
        apply();
        PublishStatus();
        PublishSnapshot();
    }

    private void RefusePosted()
    {
        while (_posted.TryDequeue(out var posted))
            posted.Complete(CommandReply.Refused(Problem!));
    }

    private int PauseAfter(in TransportSnapshot transport)
    {
        if (!transport.Offline)
            return transport.Playing ? PlayingPollMilliseconds : IdlePollMilliseconds;
        _yields = transport.BlockEndPpq == _lastBlockEndPpq ? _yields + 1 : 0;
        _lastBlockEndPpq = transport.BlockEndPpq;
        return _yields < OfflineIdleYields ? 0 : PlayingPollMilliseconds;
    }

    private void PublishSnapshot()
    {
        if (_snapshot.Version != _loop.Version || !ReferenceEquals(_snapshot.Problem, Problem ?? _model?.Fault) || !ReferenceEquals(_snapshot.Devices, _model?.Devices))
        {
            Volatile.Write(ref _snapshot, _loop.View(Problem));
            _link.PublishRole(_snapshot.Role);
        }
    }

    private void PublishStatus()
    {
        _model?.Prefer((DevicePreference)Parameters.Index(ParameterId.Device));
        var counters = _link.Counters;
        Publish(ParameterId.Status, Problem is null && _model is { Fault: null } ? (int)_loop.Phase : (int)EnginePhase.Faulted);
        Publish(ParameterId.LateNotes, counters.LateNotes);
        Publish(ParameterId.FallbackBars, counters.FallbackBars);
        Publish(ParameterId.BarsAhead, _loop.BarsAhead);
        Publish(ParameterId.Shortfalls, counters.ShortfallBlocks);
        var heardKey = _loop.Planner.Answer.Frame?.HeardKey;
        Publish(ParameterId.HeardKey, NoteEventVocabulary.KeyFrom(heardKey?.Key));
        Publish(ParameterId.KeyConfidence, heardKey?.Confidence ?? 0);
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
            WithLoop(TakePosted);
            return;
        }
        for (var waited = 0; waited < FlushMilliseconds && !_link.InputIsEmpty; waited++)
            Thread.Sleep(1);
    }

    /// <summary>Changes with anything that a state keeps.</summary>
    private ulong Fingerprint(EngineSnapshot snapshot)
    {
        var hash = new HashCode();
        foreach (var definition in ParameterTable.All.Where(StateCodec.IsKept))
            hash.Add(Parameters.Latest(definition.Id));
        hash.Add(snapshot.ContentVersion);
        return unchecked((ulong)hash.ToHashCode());
    }

    /// <param name="Source">The document that was loaded, for what this version does not know.</param>
    /// <param name="Unreadable">The bytes, where they could not be read.</param>
    /// <param name="Fingerprint">Of the instance just after loading: as long as it is the same, the bytes still hold.</param>
    private sealed record LoadedState(StateDocument? Source, byte[]? Unreadable, ulong Fingerprint);

    /// <summary>The audio thread's clock, and the wish of other threads that the model gives up. [engine]</summary>
    private sealed class Clock(EngineInstance instance) : IPlanClock
    {
        public bool HasPassed(uint epoch, double timelinePpq) => instance._link.HasPassed(epoch, timelinePpq);

        public bool MustGiveUp()
        {
            if (Thread.CurrentThread != instance._worker)
                return false; // the caller waits for this very work
            instance.TakeInputs();
            return Volatile.Read(ref instance._callersWaiting) > 0 || instance._stop.IsSet;
        }

        public bool HasNews() => MustGiveUp() || !instance._posted.IsEmpty || instance._loop.HasInputs;
    }
}

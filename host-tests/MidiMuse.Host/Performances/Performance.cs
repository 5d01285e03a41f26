using System.Diagnostics;
using MidiMuse.Host.Plugins;
using MidiMuse.Host.Transport;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Performances;

/// <summary>What is played, and how the host drives the plugin while it is.</summary>
public sealed record PerformancePlan
{
    public required TransportScript Transport { get; init; }

    /// <summary>Played position at which the performance ends.</summary>
    public required double EndPpq { get; init; }

    public IReadOnlyList<InputNote> Notes { get; init; } = [];

    public IReadOnlyList<AutomationPoint> Automation { get; init; } = [];

    /// <summary>For the plugin's audio input, from the first block on.</summary>
    // [samples] f32
    public ReadOnlyMemory<float> AudioInput { get; init; }

    /// <summary>What the host does besides, in order of position; offline, blocks end where something is to be done.</summary>
    public IReadOnlyList<HostAction> Actions { get; init; } = [];

    public double SampleRateHz { get; init; } = 48000;

    public BlockSizes Blocks { get; init; } = BlockSizes.Fixed(512);

    /// <summary>The audio output is kept: <see cref="PerformanceResult.Audio"/>.</summary>
    public bool RecordsAudio { get; init; }

    /// <summary>Each block waits for its time of the wall clock; else blocks follow each other and the plugin may take its time.</summary>
    public bool IsRealtime { get; init; }

    /// <summary>Real time only: ends the performance early once it has been cancelled.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Something the host does when the transport gets to a position.</summary>
/// <param name="AtPpq">Played quarter notes.</param>
public sealed record HostAction(double AtPpq, Action<HostedPlugin> Do);

/// <summary>What came out.</summary>
/// <param name="Events">In order of time; the last ones may come from the stop at the end.</param>
/// <param name="Missed">Real time: blocks that were not done a block's length after they were due; drivers have two buffers.</param>
/// <param name="OutputPeak">Largest magnitude of the audio output; infinite where the plugin left a buffer unwritten.</param>
/// <param name="RefusedEvents">Events that did not fit the host's list.</param>
public sealed record PerformanceResult(
    IReadOnlyList<EmittedEvent> Events,
    NotePairing Pairing,
    ProcessTimes Times,
    int Missed,
    float OutputPeak,
    long RefusedEvents,
    double ElapsedSeconds)
{
    /// <summary>The first audio output, from the first block on; empty where it was not asked for.</summary>
    // [channel 2][samples] f32
    public IReadOnlyList<float[]> Audio { get; init; } = [];
}

/// <summary>
/// Plays a plan through a plugin. Offline everything happens on the caller's thread; in real time blocks run on a
/// thread of their own and the caller's thread pumps parameters, like a DAW's main thread.
/// </summary>
public sealed class Performance
{
    private const int StopBlocks = 4;
    private const double EndTolerancePpq = 1e-4; // more than a sample, less than a tick

    private readonly HostedPlugin _plugin;
    private readonly PerformancePlan _plan;
    private readonly TransportPlayer _transport;
    private readonly (double Ppq, bool IsOn, InputNote Note)[] _input;
    private readonly (double Ppq, HostedParameter Parameter, double Normalized)[] _automation;
    private readonly HostAction[] _actions;
    private readonly List<EmittedEvent> _events = new(4096);
    private readonly List<long> _processTicks = new(1 << 16);
    private readonly List<float>[] _audio = [[], []];
    private double _playedPpq;
    private int _nextInput;
    private int _nextAutomation;
    private int _nextAction;
    private int _missed;

    public Performance(HostedPlugin plugin, PerformancePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        ArgumentNullException.ThrowIfNull(plan);
        _plugin = plugin;
        _plan = plan;
        _transport = new TransportPlayer(plan.Transport, plan.SampleRateHz);
        _input =
        [
            .. plan.Notes
                .SelectMany(n => new[] { (Ppq: n.OnsetPpq, IsOn: true, Note: n), (Ppq: n.OnsetPpq + n.DurationPpq, IsOn: false, Note: n) })
                .OrderBy(e => e.Ppq).ThenBy(e => e.IsOn),
        ];
        _actions = [.. plan.Actions.OrderBy(action => action.AtPpq)];
        _automation =
        [
            .. plan.Automation
                .Select(p => (p.AtPpq, Parameter: plugin.FindParameter(p.Title), p.Normalized))
                .Where(p => p.Parameter is not null)
                .Select(p => (p.AtPpq, p.Parameter!, p.Normalized))
                .OrderBy(p => p.AtPpq),
        ];
    }

    /// <summary>How far the performance is, in played quarter notes. Any thread.</summary>
    public double PlayedPpq => Volatile.Read(ref _playedPpq);

    /// <summary>Starts the plugin, plays, stops the transport, stops the plugin.</summary>
    /// <param name="onProgress">Called now and then on the caller's thread.</param>
    public PerformanceResult Run(Action<Performance>? onProgress = null)
    {
        var start = Stopwatch.GetTimestamp();
        _plugin.Start(_plan.SampleRateHz, _plan.Blocks.MaxSamples, _plan.IsRealtime ? ProcessMode.Realtime : ProcessMode.Offline);
        try
        {
            if (_plan.IsRealtime)
                RunRealtime(onProgress);
            else
                RunOffline(onProgress);
        }
        finally
        {
            _plugin.Stop();
        }
        return new PerformanceResult(
            _events,
            NotePairing.Of(_events),
            ProcessTimes.Of(_processTicks),
            _missed,
            _plugin.OutputPeak,
            _plugin.OutputEvents.Refused,
            Stopwatch.GetElapsedTime(start).TotalSeconds)
        {
            Audio = _plan.RecordsAudio ? [.. _audio.Select(channel => channel.ToArray())] : [],
        };
    }

    private void RunOffline(Action<Performance>? onProgress)
    {
        var lastReport = Stopwatch.GetTimestamp();
        DoActions();
        while (PlayNextBlock())
        {
            DoActions();
            if (Stopwatch.GetElapsedTime(lastReport).TotalMilliseconds < 50)
                continue;
            lastReport = Stopwatch.GetTimestamp();
            _plugin.PumpOutputParameters();
            onProgress?.Invoke(this);
        }
        DoActions(isEnd: true);
        PlayStop();
    }

    /// <summary>What is due, on the thread that a host does such things on. [main]</summary>
    private void DoActions(bool isEnd = false)
    {
        for (; _nextAction < _actions.Length && (isEnd || _actions[_nextAction].AtPpq <= PlayedPpq + EndTolerancePpq); _nextAction++)
            _actions[_nextAction].Do(_plugin);
    }

    private void RunRealtime(Action<Performance>? onProgress)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                var clock = Stopwatch.StartNew();
                while (!_plan.Cancellation.IsCancellationRequested && PlayNextBlock(clock))
                {
                }
                PlayStop();
            }
            catch (Exception error)
            {
                failure = error;
            }
        })
        {
            Name = "audio",
            Priority = ThreadPriority.Highest,
        };
        thread.Start();
        while (!thread.Join(20))
        {
            DoActions();
            _plugin.PumpOutputParameters();
            onProgress?.Invoke(this);
        }
        if (failure is not null)
            throw new InvalidOperationException("The audio thread failed.", failure);
    }

    /// <summary>[audio]</summary>
    /// <param name="clock">Real time: blocks are due when it shows their time.</param>
    /// <returns>False at the end.</returns>
    private bool PlayNextBlock(Stopwatch? clock = null)
    {
        if (_transport.BlockEndPlayedPpq >= _plan.EndPpq - EndTolerancePpq)
            return false;
        var samplesLeft = _transport.OffsetOf(_plan.EndPpq) - _transport.BlockSamples;
        if (clock is null && _nextAction < _actions.Length)
            samplesLeft = Math.Min(samplesLeft, _transport.OffsetOf(_actions[_nextAction].AtPpq) - _transport.BlockSamples);
        _transport.Next((int)Math.Min(_plan.Blocks.Take(), Math.Max(1, samplesLeft)));
        if (clock is not null)
            WaitFor(clock, _transport.BlockStartSample / _plan.SampleRateHz);
        QueueInput();
        QueueAutomation();
        Process();
        if (clock is not null && clock.Elapsed.TotalSeconds > (_transport.BlockStartSample + (2 * _transport.BlockSamples)) / _plan.SampleRateHz)
            _missed++;
        Volatile.Write(ref _playedPpq, _transport.BlockEndPlayedPpq);
        return true;
    }

    /// <summary>Hosts stop the transport before they stop processing: sounding notes must end now.</summary>
    private void PlayStop()
    {
        for (var i = 0; i < StopBlocks; i++)
        {
            _transport.NextStopped(Math.Min(512, _plan.Blocks.MaxSamples));
            Process();
        }
    }

    private void Process()
    {
        var context = _transport.Context();
        var start = (int)Math.Min(_transport.BlockStartSample, _plan.AudioInput.Length);
        var audio = _plan.AudioInput.Slice(start, Math.Min(_transport.BlockSamples, _plan.AudioInput.Length - start));
        _processTicks.Add(_plugin.Process(ref context, _transport.BlockSamples, audio.Span));
        foreach (var e in _plugin.OutputEvents.Events)
            Record(e);
        for (var channel = 0; _plan.RecordsAudio && channel < _audio.Length; channel++)
            _audio[channel].AddRange(_plugin.OutputAudio(channel, _transport.BlockSamples));
    }

    private void QueueInput()
    {
        if (!_transport.IsPlaying)
            return;
        for (; _nextInput < _input.Length; _nextInput++)
        {
            var (ppq, isOn, note) = _input[_nextInput];
            var offset = _transport.OffsetOf(ppq);
            if (offset >= _transport.BlockSamples)
                return;
            _plugin.InputEvents.Add(ToEvent(note, isOn, (int)Math.Max(0, offset), ppq));
        }
    }

    private void QueueAutomation()
    {
        if (!_transport.IsPlaying)
            return;
        for (; _nextAutomation < _automation.Length; _nextAutomation++)
        {
            var (ppq, parameter, normalized) = _automation[_nextAutomation];
            var offset = _transport.OffsetOf(ppq);
            if (offset >= _transport.BlockSamples)
                return;
            _plugin.Automate(parameter, (int)Math.Max(0, offset), normalized);
        }
    }

    private static Event ToEvent(InputNote note, bool isOn, int offset, double ppq)
    {
        var e = new Event { SampleOffset = offset, PpqPosition = ppq, Flags = Event.IsLive, Type = isOn ? EventType.NoteOn : EventType.NoteOff };
        if (isOn)
            e.NoteOn = new NoteOnEvent { Channel = (short)note.Channel, Pitch = (short)note.Pitch, Velocity = note.Velocity / 127f, NoteId = -1 };
        else
            e.NoteOff = new NoteOffEvent { Channel = (short)note.Channel, Pitch = (short)note.Pitch, NoteId = -1 };
        return e;
    }

    private void Record(in Event e)
    {
        if (e.Type is not (EventType.NoteOn or EventType.NoteOff))
            return;
        var sample = _transport.BlockStartSample + e.SampleOffset;
        var isOn = e.Type == EventType.NoteOn && e.NoteOn.Velocity > 0;
        var (channel, pitch, velocity, noteId) = e.Type == EventType.NoteOn
            ? (e.NoteOn.Channel, e.NoteOn.Pitch, e.NoteOn.Velocity, e.NoteOn.NoteId)
            : (e.NoteOff.Channel, e.NoteOff.Pitch, e.NoteOff.Velocity, e.NoteOff.NoteId);
        _events.Add(new EmittedEvent(
            sample, _transport.PlayedPpq(sample), _transport.ProjectPpq(sample), isOn, channel, pitch, (int)Math.Round(velocity * 127), noteId));
    }

    /// <summary>Sleeps towards a time; the system's sleep is about a tenth of a millisecond late, which every audio driver's wake-up is too.</summary>
    private static void WaitFor(Stopwatch clock, double seconds)
    {
        while (true)
        {
            var left = seconds - clock.Elapsed.TotalSeconds;
            if (left <= 0)
                return;
            Thread.Sleep(TimeSpan.FromMilliseconds(Math.Max(1, Math.Floor(left * 1000))));
        }
    }
}

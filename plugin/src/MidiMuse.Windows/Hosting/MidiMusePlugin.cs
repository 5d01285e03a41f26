using System.Diagnostics.CodeAnalysis;
using AudioPlugSharp;
using MidiMuse.Core.Clips;
using MidiMuse.Engine;
using MidiMuse.Engine.Parameters;
using MidiMuse.Plugin;
using MidiMuse.Plugin.Abi;
using MidiMuse.Windows.Clips;
using MidiMuse.Windows.Core;

namespace MidiMuse.Windows.Hosting;

/// <summary>
/// AudioPlugSharp's callbacks on one side, the engine and the native real-time core on the other. What AudioPlugSharp
/// 0.7.13 asks of a plugin, and what it gets wrong, is in plugin/docs/decisions/two-windows-editions.md; nothing here
/// throws into its bridge, which guards only some of its calls. The one public plugin type of the assembly.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "AudioPlugSharp has no end of a plugin's life: Stop releases the thread, the rest lives as long as the host.")]
public sealed class MidiMusePlugin : AudioPluginBase
{
    /// <summary>Part of what identifies the plugin in projects: never changed.</summary>
    private const ulong PermanentId = 0x4D6964694D757365; // "MidiMuse"

    /// <summary>The bridge never asks hosts for the tempo, so some leave it out.</summary>
    private const double SlowestBpm = 20;
    private const double FastestBpm = 999;

    private readonly EventBuffer _events = new();
    private readonly List<EngineParameter> _parameters = [];
    private readonly Dictionary<uint, EngineParameter> _byId = [];
    private readonly FloatAudioIOPort _output = new("Out", EAudioChannelConfiguration.Mono);
    private NativeCore? _core;
    private EngineInstance? _engine;
    private IAudioHost? _firstHost;
    private string? _problem;
    private volatile bool _isShared;
    private bool _isActive;

    public MidiMusePlugin()
    {
        Company = "The MidiMuse authors";
        Website = "";
        Contact = "";
        PluginName = "MidiMuse (AudioPlugSharp)";
        PluginCategory = "Instrument|Generator";
        PluginVersion = typeof(MidiMusePlugin).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
        PluginID = PermanentId;
        // WPF needs one load context for all instances of a process.
        CacheLoadContext = true;

        // Hosts open nothing without an audio output, and the bridge calls Process only where there is one. It is mono
        // because the bridge accepts every arrangement without saying which: a second channel may not be there.
        OutputPorts = [_output];
        // The port's own copies for other formats would write to channels that may not be there.
        SampleFormatsSupported = EAudioBitsPerSample.Bits32;

        // Clips that leave this edition, and motifs that come in, go through DryWetMidi.
        ClipFormat.Current = new DryWetMidiClipFormat();

        Host = NullHost.Instance;
        foreach (var definition in ParameterTable.All.Where(definition => !definition.ReadOnly))
            Add(new EngineParameter(definition));
        // Makes the list of parameters that the bridge reads before it calls Initialize.
        base.Initialize();
#if WINDOW
        HasUserInterface = true;
        EditorWidth = Wpf.EditorShell.DefaultWidth;
        EditorHeight = Wpf.EditorShell.DefaultHeight;
#endif
    }

    /// <summary>What does not work, in words for the player, or null.</summary>
    public string? Problem => _isShared
        ? "This host's instance is mixed up with another one: a fault of AudioPlugSharp 0.7.13 from the third instance on. Use the native edition of MidiMuse, or two instances at most."
        : _problem ?? _engine?.Snapshot().Problem;

    internal EngineInstance? Engine => _engine;

    /// <summary>Called once for each processor that the bridge gives this object to; a second one is the bridge's mistake.</summary>
    public override void Initialize() => Guard(() =>
    {
        if (_firstHost is not null)
        {
            _isShared |= !ReferenceEquals(_firstHost, Host);
            if (_isShared)
                Logger.Log(Problem!);
            return;
        }
        _firstHost = Host;
        Compose();
    });

    public override void InitializeProcessing() => Guard(() => _core?.Reset(Host.SampleRate));

    public override void SetMaxAudioBufferSize(uint maxSamples, EAudioBitsPerSample bitsPerSample) =>
        Guard(() => base.SetMaxAudioBufferSize(maxSamples, bitsPerSample));

    public override void Start() => Guard(() =>
    {
        TakeHostValues();
        _core?.Reset(Host.SampleRate);
        _engine?.SetActive(true);
        _isActive = true;
    });

    public override void Stop() => Guard(() =>
    {
        _engine?.SetActive(false);
        _isActive = false;
    });

    public override byte[] SaveState() => Guarded<byte[]>(
        () =>
        {
            if (!_isActive)
                TakeHostValues();
            return _engine?.GetState() ?? [];
        },
        []);

    /// <summary>An empty state is what a host has saved of a plugin that did not start; it changes nothing.</summary>
    public override void RestoreState(byte[] stateData) => Guard(() =>
    {
        if (_engine is null || stateData is not { Length: > 0 })
            return;
        _engine.SetState(stateData);
        foreach (var parameter in _parameters)
            parameter.Take(_engine.Parameters.Normalised(parameter.Definition.Id));
        PostRoles();
    });

    /// <summary>[audio]</summary>
    public override void HandleNoteOn(int channel, int noteNumber, float velocity, int sampleOffset) =>
        Hear(velocity > 0 ? CoreEventKind.NoteOn : CoreEventKind.NoteOff, channel, noteNumber, velocity, sampleOffset);

    /// <summary>[audio]</summary>
    public override void HandleNoteOff(int channel, int noteNumber, float velocity, int sampleOffset) =>
        Hear(CoreEventKind.NoteOff, channel, noteNumber, velocity, sampleOffset);

    /// <summary>[audio]</summary>
    public override void HandlePolyPressure(int channel, int noteNumber, float pressure, int sampleOffset) =>
        Hear(CoreEventKind.PolyPressure, channel, noteNumber, pressure, sampleOffset);

    /// <summary>[audio] GetInterpolatedProcessValue divides by zero where two points have one offset; the points themselves are used.</summary>
    public override void HandleParameterChange(AudioPluginParameter parameter, double newNormalizedValue, int sampleOffset)
    {
        if (parameter is not EngineParameter engineParameter || double.IsNaN(newNormalizedValue))
            return;
        parameter.NormalizedProcessValue = newNormalizedValue;
        _events.Add(new CoreEvent { Kind = CoreEventKind.Parameter, ParameterId = engineParameter.Definition.Id, Value = newNormalizedValue, OffsetSamples = sampleOffset });
    }

    /// <summary>[audio] Managed, unlike everywhere else: a collection of this process's garbage can pause it.</summary>
    public override void Process()
    {
        // Two processors would run this at once, each with buffers that the other one sets.
        if (_isShared)
            return;
        _output.GetAudioBuffer(0).Clear();
        if (_core is not { } core)
            return;
        _events.Clear();
        Host.ProcessAllEvents();
        var block = new CoreBlock
        {
            ProjectSamples = Host.CurrentProjectSample,
            TempoBpm = Host.BPM is > 0 and var bpm ? Math.Clamp(bpm, SlowestBpm, FastestBpm) : 0,
            SampleCount = (int)Host.CurrentAudioBufferSize,
            Flags = Host.IsPlaying ? CoreBlockFlags.Playing : CoreBlockFlags.None,
        };
        foreach (ref readonly var coreEvent in _events.Run(core, block))
            Send(coreEvent);
    }

#if WINDOW
    private Wpf.EditorShell? _shell;

    /// <inheritdoc/>
    public override double GetDpiScale() => Guarded(() => Wpf.EditorShell.ScreenScale(), 1.0);

    /// <inheritdoc/>
    public override void ShowEditor(IntPtr parentWindow) => Guard(() =>
    {
        if (_engine is null)
            return;
        _shell ??= new Wpf.EditorShell(this, _engine);
        _shell.Show(parentWindow, EditorWidth, EditorHeight);
    });

    /// <summary>Does nothing in the base class, and the window would stay.</summary>
    public override void HideEditor() => Guard(() =>
    {
        _shell?.Close();
        _shell = null;
    });

    /// <inheritdoc/>
    public override void ResizeEditor(uint newWidth, uint newHeight) => Guard(() =>
    {
        base.ResizeEditor(newWidth, newHeight);
        _shell?.Resize(newWidth, newHeight);
    });
#endif

    /// <summary>The editor's way to the host; a parameter's index is its id there. [ui]</summary>
    internal void Edit(uint id, double normalised)
    {
        if (!_byId.TryGetValue(id, out var parameter))
            return;
        parameter.NormalizedEditValue = normalised;
        Host.PerformEdit(parameter.ParameterIndex, normalised);
        if (!_isActive)
            _engine?.SetParameter(id, normalised);
    }

    internal void BeginEdit(uint id)
    {
        if (_byId.TryGetValue(id, out var parameter))
            Host.BeginEdit(parameter.ParameterIndex);
    }

    internal void EndEdit(uint id)
    {
        if (_byId.TryGetValue(id, out var parameter))
            Host.EndEdit(parameter.ParameterIndex);
    }

    /// <summary>What the host shows. The bridge sets it without an event, so windows ask for it on a timer.</summary>
    internal double HostValue(uint id) => _byId.TryGetValue(id, out var parameter) ? parameter.NormalizedEditValue : 0;

    private void Add(EngineParameter parameter)
    {
        AddParameter(parameter);
        _parameters.Add(parameter);
        _byId.Add(parameter.Definition.Id, parameter);
    }

    /// <summary>The engine over the core's memory, as the native bridge does it.</summary>
    private unsafe void Compose()
    {
        var core = new NativeCore();
        foreach (var parameter in _parameters.Where(parameter => parameter.Definition.Role != AudioRole.None))
            core.BindRole(parameter.Definition.Id, (uint)parameter.Definition.Role);
        var folder = Path.GetDirectoryName(typeof(MidiMusePlugin).Assembly.Location)!;
        // The core's memory lives as long as this object does, which is as long as the engine.
        var handle = Instances.Create(folder, (AbiShared*)core.Shared);
        _engine = Instances.Find(handle);
        _core = core;
        core.SetEngineLoaded();
        PostRoles();
    }

    private void PostRoles()
    {
        if (_engine is not { } engine)
            return;
        _core?.PostRoles(engine.Parameters.IsOn(ParameterId.Bypass), engine.Parameters.IsOn(ParameterId.Thru), engine.Parameters.Index(ParameterId.OutputChannel));
    }

    /// <summary>Changes that came while nothing was processed reach the controller's values alone.</summary>
    private void TakeHostValues()
    {
        if (_engine is not { } engine)
            return;
        foreach (var parameter in _parameters.Where(parameter => parameter.NormalizedEditValue != engine.Parameters.Normalised(parameter.Definition.Id)))
            engine.SetParameter(parameter.Definition.Id, parameter.NormalizedEditValue);
        PostRoles();
    }

    /// <summary>[audio]</summary>
    private void Hear(CoreEventKind kind, int channel, int pitch, float value, int sampleOffset)
    {
        if (channel is < 0 or > 15 || pitch is < 0 or > 127)
            return;
        _events.Add(new CoreEvent { Kind = kind, Channel = (byte)channel, Data1 = (byte)pitch, Value = value, OffsetSamples = sampleOffset });
    }

    /// <summary>[audio] AudioPlugSharp sends a note-on for poly pressure and leaves half of a pitch bend unset: those are not sent.</summary>
    private void Send(in CoreEvent coreEvent)
    {
        const int ChannelPressure = 128;
        switch (coreEvent.Kind)
        {
            case CoreEventKind.NoteOn:
                Host.SendNoteOn(coreEvent.Channel, coreEvent.Data1, (float)coreEvent.Value, coreEvent.OffsetSamples);
                break;
            case CoreEventKind.NoteOff:
                Host.SendNoteOff(coreEvent.Channel, coreEvent.Data1, (float)coreEvent.Value, coreEvent.OffsetSamples);
                break;
            case CoreEventKind.Control when coreEvent.Data1 <= ChannelPressure:
                Host.SendCC(coreEvent.Channel, coreEvent.Data1, (int)Math.Round(coreEvent.Value * 127), coreEvent.OffsetSamples);
                break;
            default:
                break;
        }
    }

    private void Guard(Action work) => Guarded(
        () =>
        {
            work();
            return true;
        },
        false);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, it must not reach AudioPlugSharp's unguarded calls.")]
    private T Guarded<T>(Func<T> work, T otherwise)
    {
        try
        {
            return work();
        }
        catch (Exception exception)
        {
            _problem = exception.Message;
            Logger.Log($"MidiMuse: {exception}");
            return otherwise;
        }
    }
}

using System.Diagnostics;
using MidiMuse.Host.HostObjects;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Plugins;

/// <summary>
/// One instance of a plugin, component and controller connected, as a DAW holds it. Everything is [main] except
/// <see cref="Process"/>; the host's thread for blocks may differ from it while the plugin is started.
/// </summary>
public sealed unsafe class HostedPlugin : IDisposable
{
    private const int EventCapacity = 4096;
    private const int MostChangesPerBlock = 64;

    private readonly HostApplication _application = new();
    private readonly ComponentHandler _handler = new();
    private readonly EventList _inputEvents = new(EventCapacity);
    private readonly EventList _outputEvents = new(EventCapacity);
    private readonly ParameterEditBuffer _edits = new();
    private ParameterChanges? _inputChanges;
    private ParameterChanges? _outputChanges;
    private IComponent* _component;
    private IEditController* _controller;
    private IAudioProcessor* _processor;
    private IConnectionPoint* _componentPoint;
    private IConnectionPoint* _controllerPoint;
    private bool _isControllerSeparate;
    private AudioBuses? _audioInputs;
    private AudioBuses? _audioOutputs;
    private ProcessMode _mode;
    private int _maxBlockSamples;

    private HostedPlugin(PluginClass pluginClass) => Class = pluginClass;

    public PluginClass Class { get; }

    public IReadOnlyList<HostedParameter> Parameters { get; private set; } = [];

    public bool IsStarted { get; private set; }

    public uint LatencySamples => _processor->Vtable->GetLatencySamples(_processor);

    public int EventInputs => BusCount(MediaType.Event, BusDirection.Input);

    public int EventOutputs => BusCount(MediaType.Event, BusDirection.Output);

    /// <summary>Largest magnitude of all audio that came out since the start.</summary>
    public float OutputPeak { get; private set; }

    /// <summary>Combined flags of the plugin's restart requests.</summary>
    public int RestartFlags => _handler.RestartFlags;

    /// <summary>Events of the next block. [audio]</summary>
    internal EventList InputEvents => _inputEvents;

    /// <summary>Events of the last block. [audio]</summary>
    internal EventList OutputEvents => _outputEvents;

    /// <summary>An instance, initialised and connected.</summary>
    /// <exception cref="Vst3Exception">The plugin refuses a step that every plugin must take.</exception>
    public static HostedPlugin Create(Vst3Module module, PluginClass? pluginClass = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        var plugin = new HostedPlugin(pluginClass ?? module.FirstPlugin());
        try
        {
            plugin.Initialize(module);
            return plugin;
        }
        catch
        {
            plugin.Dispose();
            throw;
        }
    }

    /// <summary>The parameter of that title, whatever its case; null where there is none.</summary>
    public HostedParameter? FindParameter(string title) =>
        Parameters.FirstOrDefault(parameter => parameter.Title.Equals(title, StringComparison.OrdinalIgnoreCase));

    public double GetNormalized(HostedParameter parameter) => _controller->Vtable->GetParamNormalized(_controller, parameter.Id);

    /// <summary>Sets a value like a turn of a knob: the controller at once, the processor with its next block.</summary>
    public void SetNormalized(HostedParameter parameter, double normalized)
    {
        _ = _controller->Vtable->SetParamNormalized(_controller, parameter.Id, normalized);
        _edits.Set(parameter.Index, normalized);
    }

    /// <summary>Automates a value: a point in the next block that is processed. [audio]</summary>
    internal void Automate(HostedParameter parameter, int offsetSamples, double normalized) =>
        _inputChanges!.Queue(parameter.Id, out _)?.Add(offsetSamples, normalized);

    public string DisplayText(HostedParameter parameter, double normalized)
    {
        String128 text = default;
        return _controller->Vtable->GetParamStringByValue(_controller, parameter.Id, normalized, &text) == TResult.Ok ? text.ToString() : "";
    }

    public bool TryParseDisplayText(HostedParameter parameter, string text, out double normalized)
    {
        double value = 0;
        int result;
        fixed (char* characters = text) // zero-terminated by .NET, pinned for the call
            result = _controller->Vtable->GetParamValueByString(_controller, parameter.Id, characters, &value);
        normalized = value;
        return result == TResult.Ok;
    }

    public double NormalizedToPlain(HostedParameter parameter, double normalized) =>
        _controller->Vtable->NormalizedParamToPlain(_controller, parameter.Id, normalized);

    public double PlainToNormalized(HostedParameter parameter, double plain) =>
        _controller->Vtable->PlainParamToNormalized(_controller, parameter.Id, plain);

    /// <summary>Sets a value by display text or plain number.</summary>
    /// <exception cref="Vst3Exception">No such parameter, or no such value.</exception>
    public void SetByText(string title, string text)
    {
        var parameter = FindParameter(title) ?? throw new Vst3Exception($"{Class.Name} has no parameter \"{title}\".");
        if (!ParameterText.TryParse(this, parameter, text, out var normalized))
            throw new Vst3Exception($"\"{text}\" is no value of {parameter.Title}.");
        SetNormalized(parameter, normalized);
    }

    /// <param name="maxChunkBytes">Most bytes that the stream takes in one write: hosts return short counts.</param>
    public PluginState SaveState(int maxChunkBytes = int.MaxValue)
    {
        using var component = new ByteStream([], maxChunkBytes);
        using var controller = new ByteStream([], maxChunkBytes);
        if (_component->Vtable->GetState(_component, component.Pointer) != TResult.Ok)
            throw new Vst3Exception($"{Class.Name} does not save its state.");
        _ = _controller->Vtable->GetState(_controller, controller.Pointer); // optional: many controllers have none
        return new PluginState(component.ToArray(), controller.ToArray());
    }

    /// <summary>Restores a state as a project does: component, then the controller's view of it, then the controller's own.</summary>
    /// <returns>False where the component refuses it.</returns>
    public bool RestoreState(PluginState state, int maxChunkBytes = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var component = new ByteStream(state.Component, maxChunkBytes);
        using var copy = new ByteStream(state.Component, maxChunkBytes);
        using var controller = new ByteStream(state.Controller, maxChunkBytes);
        var isAccepted = _component->Vtable->SetState(_component, component.Pointer) == TResult.Ok;
        _ = _controller->Vtable->SetComponentState(_controller, copy.Pointer);
        _ = _controller->Vtable->SetState(_controller, controller.Pointer);
        return isAccepted;
    }

    /// <summary>Activates the plugin for processing.</summary>
    /// <exception cref="Vst3Exception">The plugin refuses the sample rate, the block size or the mode.</exception>
    public void Start(double sampleRateHz, int maxBlockSamples, ProcessMode mode)
    {
        if (IsStarted)
            throw new InvalidOperationException("The plugin is already started.");
        SetBusArrangements();
        var setup = new ProcessSetup { ProcessMode = mode, MaxSamplesPerBlock = maxBlockSamples, SampleRate = sampleRateHz };
        Require(_processor->Vtable->SetupProcessing(_processor, &setup), "set up processing");
        _mode = mode;
        _maxBlockSamples = maxBlockSamples;
        _audioInputs = new AudioBuses(Channels(BusDirection.Input), maxBlockSamples);
        _audioOutputs = new AudioBuses(Channels(BusDirection.Output), maxBlockSamples);
        ActivateBuses(true);
        Require(_component->Vtable->SetActive(_component, 1), "become active");
        _ = _processor->Vtable->SetProcessing(_processor, 1); // many plugins answer kNotImplemented
        CallbackWarmUp.Run(_outputEvents, _outputChanges!);
        OutputPeak = 0;
        IsStarted = true;
    }

    public void Stop()
    {
        if (!IsStarted)
            return;
        IsStarted = false;
        _ = _processor->Vtable->SetProcessing(_processor, 0);
        _ = _component->Vtable->SetActive(_component, 0);
        ActivateBuses(false);
        _audioInputs?.Dispose();
        _audioOutputs?.Dispose();
        PumpOutputParameters();
    }

    /// <summary>
    /// Sends MidiMuse a command in words and gives its answer, JSON; null where the plugin knows no commands. Goes
    /// through the component's connection point, as a message of its controller would. [main]
    /// </summary>
    public string? Command(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var point = (IConnectionPoint*)FUnknown.Query(_component, IConnectionPoint.Iid);
        if (point == null)
            return null;
        try
        {
            using var message = new Message("MidiMuse.Command");
            message.Attributes.SetText("line", line);
            var isUnderstood = point->Vtable->Notify(point, message.Pointer) == TResult.Ok;
            return isUnderstood && message.Attributes.FindBinary("answer") is { } answer ? System.Text.Encoding.UTF8.GetString(answer) : null;
        }
        finally
        {
            FUnknown.Release(ref point);
        }
    }

    /// <summary>One block: <see cref="InputEvents"/> go in, <see cref="OutputEvents"/> come out. [audio]</summary>
    /// <returns>Stopwatch ticks that the plugin took.</returns>
    // audioInput [at most samples] f32: mono, to all channels of the first audio input
    internal long Process(ref ProcessContext context, int samples, ReadOnlySpan<float> audioInput = default)
    {
        if (samples > _maxBlockSamples || !IsStarted)
            throw new InvalidOperationException("The plugin is not started for such a block.");
        _edits.MoveTo(_inputChanges!, Parameters);
        _outputEvents.Clear();
        _outputChanges!.Clear();
        _audioInputs!.Fill(samples, 0);
        _audioInputs.Write(audioInput);
        _audioOutputs!.Fill(samples, float.NaN);
        long ticks;
        fixed (ProcessContext* pinnedContext = &context)
        {
            // All pointers refer to objects of this instance that outlive the call.
            var data = new ProcessData
            {
                ProcessMode = _mode,
                NumSamples = samples,
                NumInputs = _audioInputs.Count,
                NumOutputs = _audioOutputs.Count,
                Inputs = _audioInputs.Pointer,
                Outputs = _audioOutputs.Pointer,
                InputParameterChanges = _inputChanges!.Pointer,
                OutputParameterChanges = _outputChanges.Pointer,
                InputEvents = _inputEvents.Pointer,
                OutputEvents = _outputEvents.Pointer,
                ProcessContext = pinnedContext,
            };
            var start = Stopwatch.GetTimestamp();
            _ = _processor->Vtable->Process(_processor, &data);
            ticks = Stopwatch.GetTimestamp() - start;
        }
        OutputPeak = Math.Max(OutputPeak, _audioOutputs.Peak(samples));
        _edits.TakeOutputs(_outputChanges);
        _inputChanges.Clear();
        _inputEvents.Clear();
        return ticks;
    }

    /// <summary>The audio of the block that was just processed; valid until the next one. [audio]</summary>
    /// <param name="channel">Of the first output.</param>
    // [samples] f32
    internal ReadOnlySpan<float> OutputAudio(int channel, int samples) => _audioOutputs!.Read(channel, samples);

    /// <summary>Delivers parameter edits without audio, as hosts do while the transport rests.</summary>
    public void Flush()
    {
        var context = new ProcessContext { SampleRate = 48000 };
        Process(ref context, 0);
    }

    /// <summary>Hands values that the processor reported on to the controller, as every host does on its main thread.</summary>
    public void PumpOutputParameters()
    {
        foreach (var parameter in Parameters)
        {
            if (_edits.TryTakeOutput(parameter.Index, out var normalized))
                _ = _controller->Vtable->SetParamNormalized(_controller, parameter.Id, normalized);
        }
        while (_handler.Edits.TryDequeue(out var edit))
        {
            if (Parameters.FirstOrDefault(parameter => parameter.Id == edit.ParameterId) is { } parameter)
                _edits.Set(parameter.Index, edit.Normalized);
        }
    }

    public void Dispose()
    {
        Stop();
        Disconnect();
        FUnknown.Release(ref _processor);
        if (_controller != null)
        {
            _ = _controller->Vtable->SetComponentHandler(_controller, null);
            if (_isControllerSeparate)
                _ = _controller->Vtable->Base.Terminate(_controller);
            FUnknown.Release(ref _controller);
        }
        if (_component != null)
        {
            _ = _component->Vtable->Base.Terminate(_component);
            FUnknown.Release(ref _component);
        }
        _inputChanges?.Dispose();
        _outputChanges?.Dispose();
        _inputEvents.Dispose();
        _outputEvents.Dispose();
        _handler.Dispose();
        _application.Dispose();
    }

    private void Initialize(Vst3Module module)
    {
        module.SetHostContext(_application);
        _component = (IComponent*)CreateInstance(module, Class.Cid, IComponent.Iid);
        if (_component == null)
            throw new Vst3Exception($"{Class.Name} has no component.");
        Require(_component->Vtable->Base.Initialize(_component, _application.Pointer), "initialise its component");
        _processor = (IAudioProcessor*)FUnknown.Query(_component, IAudioProcessor.Iid);
        if (_processor == null)
            throw new Vst3Exception($"{Class.Name} has no audio processor.");
        CreateController(module);
        Connect();
        ReadParameters();
        using var state = new ByteStream([]);
        if (_component->Vtable->GetState(_component, state.Pointer) == TResult.Ok)
        {
            using var copy = new ByteStream(state.ToArray());
            _ = _controller->Vtable->SetComponentState(_controller, copy.Pointer);
        }
    }

    private void CreateController(Vst3Module module)
    {
        _controller = (IEditController*)FUnknown.Query(_component, IEditController.Iid);
        if (_controller == null)
        {
            Tuid cid;
            if (_component->Vtable->GetControllerClassId(_component, &cid) == TResult.Ok)
                _controller = (IEditController*)CreateInstance(module, cid, IEditController.Iid);
            if (_controller == null)
                throw new Vst3Exception($"{Class.Name} has no edit controller.");
            _isControllerSeparate = true;
            Require(_controller->Vtable->Base.Initialize(_controller, _application.Pointer), "initialise its controller");
        }
        _ = _controller->Vtable->SetComponentHandler(_controller, _handler.Pointer);
    }

    private static void* CreateInstance(Vst3Module module, Tuid cid, Tuid iid)
    {
        void* instance = null;
        return module.Factory->Vtable->CreateInstance(module.Factory, &cid, &iid, &instance) == TResult.Ok ? instance : null;
    }

    private void Connect()
    {
        if (!_isControllerSeparate)
            return;
        _componentPoint = (IConnectionPoint*)FUnknown.Query(_component, IConnectionPoint.Iid);
        _controllerPoint = (IConnectionPoint*)FUnknown.Query(_controller, IConnectionPoint.Iid);
        if (_componentPoint == null || _controllerPoint == null)
            return;
        _ = _componentPoint->Vtable->Connect(_componentPoint, _controllerPoint);
        _ = _controllerPoint->Vtable->Connect(_controllerPoint, _componentPoint);
    }

    private void Disconnect()
    {
        if (_componentPoint != null && _controllerPoint != null)
        {
            _ = _componentPoint->Vtable->Disconnect(_componentPoint, _controllerPoint);
            _ = _controllerPoint->Vtable->Disconnect(_controllerPoint, _componentPoint);
        }
        FUnknown.Release(ref _componentPoint);
        FUnknown.Release(ref _controllerPoint);
    }

    private void ReadParameters()
    {
        var parameters = new List<HostedParameter>();
        var count = _controller->Vtable->GetParameterCount(_controller);
        for (var i = 0; i < count; i++)
        {
            ParameterInfo info;
            if (_controller->Vtable->GetParameterInfo(_controller, i, &info) != TResult.Ok)
                throw new Vst3Exception($"{Class.Name} promises {count} parameters but does not describe number {i}.");
            parameters.Add(new HostedParameter(
                parameters.Count,
                info.Id,
                info.Title.ToString(),
                info.Units.ToString(),
                info.StepCount,
                info.DefaultNormalizedValue,
                info.Flags.HasFlag(ParameterFlags.CanAutomate),
                info.Flags.HasFlag(ParameterFlags.IsReadOnly),
                info.Flags.HasFlag(ParameterFlags.IsList),
                info.Flags.HasFlag(ParameterFlags.IsHidden),
                info.Flags.HasFlag(ParameterFlags.IsBypass)));
        }
        Parameters = parameters;
        _edits.Resize(parameters);
        _inputChanges = new ParameterChanges(Math.Max(1, Math.Min(parameters.Count, MostChangesPerBlock)));
        _outputChanges = new ParameterChanges(Math.Max(1, Math.Min(parameters.Count, MostChangesPerBlock)));
    }

    private int BusCount(MediaType type, BusDirection direction) => _component->Vtable->GetBusCount(_component, (int)type, (int)direction);

    private int[] Channels(BusDirection direction)
    {
        var channels = new int[BusCount(MediaType.Audio, direction)];
        for (var bus = 0; bus < channels.Length; bus++)
        {
            BusInfo info;
            Require(_component->Vtable->GetBusInfo(_component, (int)MediaType.Audio, (int)direction, bus, &info), "describe its buses");
            channels[bus] = info.ChannelCount;
        }
        return channels;
    }

    /// <summary>Asks for the arrangements that the plugin has already, as hosts without a wish of their own do.</summary>
    private void SetBusArrangements()
    {
        var inputs = Arrangements(BusDirection.Input);
        var outputs = Arrangements(BusDirection.Output);
        fixed (ulong* pinnedInputs = inputs, pinnedOutputs = outputs)
            _ = _processor->Vtable->SetBusArrangements(_processor, pinnedInputs, inputs.Length, pinnedOutputs, outputs.Length);
    }

    private ulong[] Arrangements(BusDirection direction)
    {
        var arrangements = new ulong[BusCount(MediaType.Audio, direction)];
        for (var bus = 0; bus < arrangements.Length; bus++)
        {
            ulong arrangement = 0;
            _ = _processor->Vtable->GetBusArrangement(_processor, (int)direction, bus, &arrangement);
            arrangements[bus] = arrangement;
        }
        return arrangements;
    }

    private void ActivateBuses(bool isActive)
    {
        foreach (var type in (MediaType[])[MediaType.Audio, MediaType.Event])
        {
            foreach (var direction in (BusDirection[])[BusDirection.Input, BusDirection.Output])
            {
                for (var bus = 0; bus < BusCount(type, direction); bus++)
                    _ = _component->Vtable->ActivateBus(_component, (int)type, (int)direction, bus, isActive ? (byte)1 : (byte)0);
            }
        }
    }

    private void Require(int result, string step)
    {
        if (result != TResult.Ok)
            throw new Vst3Exception($"{Class.Name} does not {step} (result {result}).");
    }
}

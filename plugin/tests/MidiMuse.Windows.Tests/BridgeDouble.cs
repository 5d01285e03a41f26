using System.Runtime.InteropServices;
using AudioPlugSharp;

namespace MidiMuse.Windows.Tests;

/// <summary>A note that the plugin sent, at its absolute sample.</summary>
internal sealed record Sent(long Sample, bool IsOn, int Channel, int Pitch);

/// <summary>
/// AudioPlugSharp's C++ bridge as the plugin sees it (AudioPlugSharpProcessor.cpp and AudioPlugSharpHost.h, 0.7.13):
/// the same calls in the same order, and events handed over by ProcessEvents at their own offsets.
/// </summary>
internal sealed unsafe class BridgeDouble : IAudioHost, IDisposable
{
    private readonly IAudioPlugin _plugin;
    private readonly float* _samples;
    private readonly float** _channels;
    private List<(int Offset, Action<IAudioPluginProcessor> Hand)> _input = [];
    private long _runningSamples;

    public BridgeDouble(IAudioPlugin plugin, double bpm = 120, int blockSamples = 512)
    {
        _plugin = plugin;
        BPM = bpm;
        CurrentAudioBufferSize = MaxAudioBufferSize = (uint)blockSamples;
        // Freed in Dispose; the port's pointers are set before each Process and used by it alone.
        _samples = (float*)NativeMemory.Alloc((nuint)blockSamples, sizeof(float));
        _channels = (float**)NativeMemory.Alloc(1, (nuint)sizeof(float*));
        _channels[0] = _samples;
        plugin.Host = this;
        plugin.Processor.Initialize();
        plugin.Editor.InitializeEditor();
        plugin.Processor.InitializeProcessing();
        plugin.Processor.SetMaxAudioBufferSize((uint)blockSamples, EAudioBitsPerSample.Bits32);
    }

    public List<Sent> Output { get; } = [];

    public int Edits { get; private set; }

    public double LoudestSample { get; private set; }

    public double SampleRate => 48000;

    public uint MaxAudioBufferSize { get; }

    public uint CurrentAudioBufferSize { get; }

    public EAudioBitsPerSample BitsPerSample => EAudioBitsPerSample.Bits32;

    public double BPM { get; set; }

    public long CurrentProjectSample { get; set; }

    public bool IsPlaying { get; set; }

    public double PpqOf(long sample) => sample / SampleRate * BPM / 60;

    public void NoteOn(int offset, int pitch) => _input.Add((offset, processor => processor.HandleNoteOn(0, pitch, 0.8f, offset)));

    public void NoteOff(int offset, int pitch) => _input.Add((offset, processor => processor.HandleNoteOff(0, pitch, 0, offset)));

    public void Set(string key, double normalised)
    {
        var parameter = _plugin.Processor.GetParameter(key);
        parameter.NormalizedEditValue = normalised;
        _input.Add((0, processor => processor.HandleParameterChange(parameter, normalised, 0)));
    }

    public void Block()
    {
        new Span<float>(_samples, (int)CurrentAudioBufferSize).Fill(0.5f);
        foreach (var port in _plugin.Processor.OutputPorts)
        {
            port.SetCurrentBufferSize(CurrentAudioBufferSize);
            port.SetAudioBufferPtrs((nint)_channels);
        }
        _plugin.Processor.PreProcess();
        _plugin.Processor.Process();
        _plugin.Processor.PostProcess();
        foreach (var sample in new Span<float>(_samples, (int)CurrentAudioBufferSize))
            LoudestSample = Math.Max(LoudestSample, Math.Abs(sample));
        _input = [];
        _runningSamples += CurrentAudioBufferSize;
        if (IsPlaying)
            CurrentProjectSample += CurrentAudioBufferSize;
    }

    public void ProcessAllEvents()
    {
        foreach (var (_, hand) in _input.OrderBy(item => item.Offset))
            hand(_plugin.Processor);
    }

    public int ProcessEvents() => throw new NotSupportedException("The plugin takes all events of a block at once.");

    public void SendNoteOn(int channel, int noteNumber, float velocity, int sampleOffset) => Output.Add(new Sent(_runningSamples + sampleOffset, true, channel, noteNumber));

    public void SendNoteOff(int channel, int noteNumber, float velocity, int sampleOffset) => Output.Add(new Sent(_runningSamples + sampleOffset, false, channel, noteNumber));

    public void SendCC(int channel, int ccNumber, int ccValue, int sampleOffset)
    {
    }

    public void SendPolyPressure(int channel, int noteNumber, float pressure, int sampleOffset) =>
        throw new NotSupportedException("AudioPlugSharp sends a note-on for it.");

    public void BeginEdit(int parameter)
    {
    }

    public void PerformEdit(int parameter, double normalizedValue) => Edits++;

    public void EndEdit(int parameter)
    {
    }

    public void Dispose()
    {
        _plugin.Processor.Stop();
        NativeMemory.Free(_channels);
        NativeMemory.Free(_samples);
    }
}

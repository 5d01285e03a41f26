using AudioPlugSharp;

namespace MidiMuse.Windows.Hosting;

/// <summary>
/// Stands where AudioPlugSharp's host will be: parameters are added before there is one, and setting their value
/// already asks it to record an edit (AudioPluginParameter.EditValue, AudioPlugSharp 0.7.13).
/// </summary>
internal sealed class NullHost : IAudioHost
{
    public static NullHost Instance { get; } = new();

    public double SampleRate => 48000;

    public uint MaxAudioBufferSize => 0;

    public uint CurrentAudioBufferSize => 0;

    public EAudioBitsPerSample BitsPerSample => EAudioBitsPerSample.Bits32;

    public double BPM => 120;

    public long CurrentProjectSample => 0;

    public bool IsPlaying => false;

    public void SendNoteOn(int channel, int noteNumber, float velocity, int sampleOffset)
    {
    }

    public void SendNoteOff(int channel, int noteNumber, float velocity, int sampleOffset)
    {
    }

    public void SendCC(int channel, int ccNumber, int ccValue, int sampleOffset)
    {
    }

    public void SendPolyPressure(int channel, int noteNumber, float pressure, int sampleOffset)
    {
    }

    public void ProcessAllEvents()
    {
    }

    public int ProcessEvents() => 0;

    public void BeginEdit(int parameter)
    {
    }

    public void PerformEdit(int parameter, double normalizedValue)
    {
    }

    public void EndEdit(int parameter)
    {
    }
}

namespace MidiMuse.Core.Audio;

/// <summary>Audio of a WAV file.</summary>
/// <param name="Samples">Frames one after the other, the channels of a frame side by side; full scale is 1.</param>
public sealed record WavAudio(int SampleRateHz, int Channels, float[] Samples)
{
    public int Frames => Samples.Length / Channels;

    public double Seconds => Frames / (double)SampleRateHz;

    /// <summary>The mean of the channels. // [frames] f32</summary>
    public float[] ToMono()
    {
        if (Channels == 1)
            return Samples;
        var mono = new float[Frames];
        for (var frame = 0; frame < mono.Length; frame++)
        {
            var sum = 0f;
            for (var channel = 0; channel < Channels; channel++)
                sum += Samples[(frame * Channels) + channel];
            mono[frame] = sum / Channels;
        }
        return mono;
    }
}

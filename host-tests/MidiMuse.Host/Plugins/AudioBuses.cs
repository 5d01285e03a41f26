using System.Runtime.InteropServices;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Plugins;

/// <summary>Buffers for the audio buses of one direction, alive while a plugin is started.</summary>
internal sealed unsafe class AudioBuses : IDisposable
{
    private readonly int[] _channels;
    private readonly int _maxSamples;
    private AudioBusBuffers* _buses;

    /// <param name="channels">Channels of each bus.</param>
    internal AudioBuses(int[] channels, int maxSamples)
    {
        _channels = channels;
        _maxSamples = maxSamples;
        _buses = (AudioBusBuffers*)NativeMemory.AllocZeroed((nuint)Math.Max(1, channels.Length), (nuint)sizeof(AudioBusBuffers));
        for (var bus = 0; bus < channels.Length; bus++)
        {
            _buses[bus].NumChannels = channels[bus];
            _buses[bus].ChannelBuffers32 = (float**)NativeMemory.AllocZeroed((nuint)Math.Max(1, channels[bus]), (nuint)sizeof(float*));
            for (var channel = 0; channel < channels[bus]; channel++)
                _buses[bus].ChannelBuffers32[channel] = (float*)NativeMemory.AllocZeroed((nuint)maxSamples, sizeof(float));
        }
    }

    internal int Count => _channels.Length;

    internal AudioBusBuffers* Pointer => _buses;

    /// <summary>Fills what the next block uses, so that a plugin that leaves its output alone is found out.</summary>
    internal void Fill(int samples, float value)
    {
        for (var bus = 0; bus < _channels.Length; bus++)
        {
            _buses[bus].SilenceFlags = 0;
            for (var channel = 0; channel < _channels[bus]; channel++)
                Channel(bus, channel, samples).Fill(value);
        }
    }

    /// <summary>Writes one signal to every channel of the first bus.</summary>
    // mono [..] f32
    internal void Write(ReadOnlySpan<float> mono)
    {
        for (var channel = 0; _channels.Length > 0 && channel < _channels[0]; channel++)
            mono.CopyTo(Channel(0, channel, mono.Length));
    }

    /// <summary>A channel of the first bus; silence where there is none.</summary>
    // [samples] f32
    internal ReadOnlySpan<float> Read(int channel, int samples) => _channels.Length > 0 && channel < _channels[0] ? Channel(0, channel, samples) : new float[samples];

    /// <summary>The largest magnitude of a block; NaN counts as infinite.</summary>
    internal float Peak(int samples)
    {
        var peak = 0f;
        for (var bus = 0; bus < _channels.Length; bus++)
        {
            for (var channel = 0; channel < _channels[bus]; channel++)
            {
                var buffer = Channel(bus, channel, samples);
                if (!buffer.ContainsAnyExcept(0f))
                    continue;
                foreach (var sample in buffer)
                    peak = Math.Max(peak, float.IsNaN(sample) ? float.PositiveInfinity : Math.Abs(sample));
            }
        }
        return peak;
    }

    public void Dispose()
    {
        if (_buses == null)
            return;
        for (var bus = 0; bus < _channels.Length; bus++)
        {
            for (var channel = 0; channel < _channels[bus]; channel++)
                NativeMemory.Free(_buses[bus].ChannelBuffers32[channel]);
            NativeMemory.Free(_buses[bus].ChannelBuffers32);
        }
        NativeMemory.Free(_buses);
        _buses = null;
    }

    /// <summary>The buffer was allocated above with at least as many samples and is freed in Dispose only.</summary>
    private Span<float> Channel(int bus, int channel, int samples) => new(_buses[bus].ChannelBuffers32[channel], Math.Min(samples, _maxSamples));
}

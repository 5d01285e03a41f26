namespace MidiMuse.Core.Audio;

/// <summary>Makes spectral growth comparable: against its mean of the last half second.</summary>
internal sealed class OnsetPicker
{
    /// <summary>Growth that noise alone reaches.</summary>
    private const float Least = 0.02f;

    private const float Full = 0.16f;
    private const float MeanFactor = 1.6f;
    private const float Memory = 0.97f; // 0.27 s at 8 ms

    private float _mean;

    public void Reset() => _mean = 0;

    /// <summary>0..1.</summary>
    public float Strength(float growth)
    {
        var strength = Math.Clamp((growth - Least - (MeanFactor * _mean)) / Full, 0, 1);
        _mean = (Memory * _mean) + ((1 - Memory) * growth);
        return strength;
    }

    /// <summary>
    /// Frames at which something begins: local maxima that stand out. // [onsets] frame
    /// </summary>
    public static List<(int Frame, float Strength)> Peaks(ReadOnlySpan<AudioFrame> frames)
    {
        const int Around = 4;
        var picker = new OnsetPicker();
        var peaks = new List<(int, float)>();
        for (var i = 0; i < frames.Length; i++)
        {
            var strength = picker.Strength(frames[i].Onset);
            if (strength <= 0)
                continue;
            var isPeak = true;
            for (var j = Math.Max(0, i - Around); isPeak && j <= Math.Min(frames.Length - 1, i + Around); j++)
                isPeak = frames[j].Onset < frames[i].Onset || j == i || (frames[j].Onset == frames[i].Onset && j > i);
            if (isPeak)
                peaks.Add((i, strength));
        }
        return peaks;
    }
}

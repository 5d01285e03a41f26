using System.Runtime.InteropServices;

namespace MidiMuse.Core.Audio;

/// <summary>
/// A sung or played line becomes notes while it sounds. Frames are analysed as soon as their audio is there, 28 ms
/// after their middle; the notes so far can be asked for at any time and may still change near the end. Positions
/// are those of the audio itself: the delay of the analysis is compensated. The result depends on the samples
/// alone, not on how they are cut into pieces. Not thread-safe.
/// </summary>
public sealed class Transcriber
{
    /// <summary>A capture that is longer goes on, but what comes later is not analysed.</summary>
    public const double MaximumSeconds = 240;

    private const int HalfPitchFrame = 456;
    private const int HalfLevelFrame = 160;

    private readonly Resampler _resampler;
    private readonly PitchAnalysis _pitch = new();
    private readonly OnsetAnalysis _onset = new();
    private readonly NoteTracker _tracker = new();
    private readonly List<AudioFrame> _frames = [];
    private readonly List<float> _signal = []; // analysis rate, the first HalfPitchFrame samples are silence before the start
    private readonly List<float> _forPitch = [];
    private readonly OnePole _rumble = new(45);
    private readonly OnePole _hiss = new(1200);
    private long _firstSignal = -HalfPitchFrame;
    private long _nextFrame;
    private long _firstFrame;

    public Transcriber(double sampleRateHz)
    {
        SampleRateHz = sampleRateHz;
        _resampler = new Resampler(sampleRateHz, AnalysisFormat.SampleRateHz);
        _signal.AddRange(new float[HalfPitchFrame]);
        _forPitch.AddRange(new float[HalfPitchFrame]);
    }

    public double SampleRateHz { get; }

    /// <summary>Analysed so far, in seconds from the first sample.</summary>
    public double AnalysedSeconds => _nextFrame * AnalysisFormat.FrameSeconds;

    /// <summary>Level of the newest frame, 0 dB = full scale.</summary>
    public double LevelDb => _frames.Count == 0 ? -120 : _frames[^1].LevelDb;

    /// <summary>All notes of a signal. // mono [samples] f32</summary>
    public static IReadOnlyList<AudioNote> Transcribe(ReadOnlySpan<float> mono, double sampleRateHz)
    {
        var transcriber = new Transcriber(sampleRateHz);
        transcriber.Feed(mono);
        transcriber.Finish();
        return transcriber.Notes();
    }

    /// <summary>Adds audio. // mono [samples] f32</summary>
    public void Feed(ReadOnlySpan<float> mono)
    {
        var before = _signal.Count;
        _resampler.Feed(mono, _signal);
        Filter(before);
        Analyse();
    }

    /// <summary>No more audio comes: analyses what is left, with silence after it.</summary>
    public void Finish()
    {
        var before = _signal.Count;
        _resampler.Finish(_signal);
        _signal.AddRange(new float[HalfPitchFrame]);
        Filter(before);
        Analyse();
    }

    /// <summary>The notes heard so far, sorted by onset.</summary>
    public IReadOnlyList<AudioNote> Notes() =>
        new NoteSegmenter(CollectionsMarshal.AsSpan(_frames), _firstFrame).Notes(_tracker.Trace());

    /// <summary>Forgets all but the last seconds: nothing was sung in what went before.</summary>
    public void Forget(double exceptSeconds)
    {
        var frames = Math.Max(0, _frames.Count - (int)(exceptSeconds / AnalysisFormat.FrameSeconds));
        _tracker.Forget(frames);
        _frames.RemoveRange(0, frames);
        _firstFrame += frames;
    }

    private void Filter(int from)
    {
        for (var i = from; i < _signal.Count; i++)
        {
            var sample = _signal[i] - _rumble.Next(_signal[i]);
            _signal[i] = sample;
            _forPitch.Add(_hiss.Next(sample));
        }
    }

    private void Analyse()
    {
        while (true)
        {
            var middle = (_nextFrame * AnalysisFormat.HopSamples) - _firstSignal;
            if (middle + HalfPitchFrame > _signal.Count || _frames.Count * AnalysisFormat.FrameSeconds > MaximumSeconds)
                break;
            var signal = CollectionsMarshal.AsSpan(_signal);
            var forPitch = CollectionsMarshal.AsSpan(_forPitch);
            var frame = new AudioFrame(
                LevelOf(signal.Slice((int)middle - HalfLevelFrame, 2 * HalfLevelFrame)),
                _onset.Analyse(signal.Slice((int)middle - (OnsetAnalysis.FrameSamples / 2), OnsetAnalysis.FrameSamples)),
                _pitch.Analyse(forPitch.Slice((int)middle - HalfPitchFrame, PitchAnalysis.FrameSamples)));
            _frames.Add(frame);
            _tracker.Add(frame);
            _nextFrame++;
        }
        var drop = (int)Math.Clamp((_nextFrame * AnalysisFormat.HopSamples) - HalfPitchFrame - _firstSignal, 0, _signal.Count);
        if (drop < 8192)
            return;
        _signal.RemoveRange(0, drop);
        _forPitch.RemoveRange(0, drop);
        _firstSignal += drop;
    }

    private static float LevelOf(ReadOnlySpan<float> samples)
    {
        var power = 0f;
        foreach (var sample in samples)
            power += sample * sample;
        return 10 * MathF.Log10((power / samples.Length) + 1e-12f);
    }

    /// <summary>A gentle low-pass filter, 6 dB an octave.</summary>
    private sealed class OnePole(double cutoffHz)
    {
        private readonly float _share = (float)(1 - Math.Exp(-2 * Math.PI * cutoffHz / AnalysisFormat.SampleRateHz));
        private float _value;

        public float Next(float sample) => _value += _share * (sample - _value);
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MidiMuse.Core.Audio;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Link;

namespace MidiMuse.Engine.Capture;

/// <summary>
/// Hears notes in the audio input while they are sung, in steps of 40 ms. Steps lie at positions that follow from
/// where listening began, never from blocks, so that what is heard depends on the audio alone. [engine]
/// </summary>
public sealed class AudioListener
{
    private const double StepSeconds = 0.04;

    /// <summary>Notes below are not part of a motif.</summary>
    private const double LeastConfidence = 0.15;

    /// <summary>The note that starts a capture has sounded for a while and leaves no doubt: the room must not start one.</summary>
    private const double FirstConfidence = 0.35;

    private const double FirstSeconds = 0.1;

    /// <summary>A note that lasts until just before what has been analysed may still go on.</summary>
    private const double OpenSeconds = 0.03;

    /// <summary>A first note this much before the motif's bar line belongs to it; it rounds to the line.</summary>
    private const double LongestEarlyPpq = 0.2;

    private const double ShortestPpq = 1.0 / 24;
    private const double LongestWaitSeconds = 8;
    private const double KeptSeconds = 2;

    private readonly List<float> _samples = [];
    private readonly List<Line> _lines = [];
    private long _firstSample; // of _samples, counted since the instance was made
    private Transcriber? _transcriber;
    private uint _epoch;
    private double _startPpq;
    private long _startSample;
    private long _heardSample;
    private int _stepSamples;
    private double _forgottenSeconds;

    public bool IsListening { get; private set; }

    private long EndSample => _firstSample + _samples.Count;

    // samples [chunk.Count] f32
    public void Enqueue(ReadOnlySpan<float> samples, in AudioChunk chunk)
    {
        var line = new Line(EndSample, chunk.TimelinePpq, chunk.PpqPerSample, chunk.SampleRateHz, chunk.Epoch);
        if (_lines.Count == 0 || !_lines[^1].Continues(line))
            _lines.Add(line);
        _samples.AddRange(samples[..chunk.Count]);
    }

    /// <summary>Listens from a position of an epoch on.</summary>
    public void Start(uint epoch, double fromPpq)
    {
        IsListening = true;
        _epoch = epoch;
        _startPpq = fromPpq;
        _transcriber = null;
    }

    public void Stop()
    {
        IsListening = false;
        _transcriber = null;
    }

    /// <summary>Forgets what nobody listens to: older epochs, and this one up to a position.</summary>
    public void Discard(uint epoch, double untilPpq)
    {
        var keepFrom = _firstSample;
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Epoch != epoch && unchecked((int)(_lines[i].Epoch - epoch)) > 0)
                break;
            var end = i + 1 < _lines.Count ? _lines[i + 1].FirstSample : EndSample;
            keepFrom = _lines[i].Epoch == epoch ? Math.Clamp(_lines[i].SampleAt(untilPpq), keepFrom, end) : end;
            if (keepFrom < end)
                break;
        }
        DropSamples(keepFrom);
        DropLines(keepFrom);
    }

    /// <summary>Position at which the next step can be heard; infinite while its audio is not there.</summary>
    public double NextStepPpq => IsListening && IsUnderWay() && _heardSample + _stepSamples <= EndOfEpoch()
        ? PpqAt(_heardSample + _stepSamples)
        : double.PositiveInfinity;

    /// <summary>Hears the next step.</summary>
    public void Step()
    {
        Hear(_heardSample + _stepSamples);
        DropSamples(_heardSample);
    }

    /// <summary>Hears everything before a position, after which no more audio counts.</summary>
    /// <returns>Milliseconds that it took.</returns>
    public double Finish(double endPpq)
    {
        if (!IsUnderWay())
            return 0;
        var start = Stopwatch.GetTimestamp();
        var end = _heardSample;
        while (end < EndOfEpoch() && PpqAt(end) < endPpq - TransportSnapshot.ResolutionPpq)
            end = Math.Min(EndOfLine(end), Math.Max(end + 1, LineAt(end).SampleAt(endPpq)));
        Hear(end);
        _transcriber!.Finish();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Where the first note that is certain began; null before there is one.</summary>
    public double? FirstNotePpq(in AudioSettings settings)
    {
        if (_transcriber is not { } transcriber)
            return null;
        foreach (var note in transcriber.Notes())
        {
            var soundedSeconds = Math.Min(note.EndSeconds, transcriber.AnalysedSeconds) - note.OnsetSeconds;
            if (note.Confidence >= FirstConfidence && soundedSeconds >= FirstSeconds)
                return PpqOf(note.OnsetSeconds, settings);
        }
        if (transcriber.AnalysedSeconds - _forgottenSeconds > LongestWaitSeconds)
        {
            transcriber.Forget(KeptSeconds);
            _forgottenSeconds = transcriber.AnalysedSeconds - KeptSeconds;
            DropLines(_startSample + (long)(_forgottenSeconds * transcriber.SampleRateHz));
        }
        return null;
    }

    /// <summary>The notes so far on the grid; the last one is held (infinite) while it may still sound.</summary>
    public ImmutableArray<TimelineNote> Notes(double startPpq, double tempoBpm, in AudioSettings settings, bool isOver, out double confidence)
    {
        confidence = 0;
        if (_transcriber is not { } transcriber)
            return [];
        var heard = new List<AudioNote>();
        var positions = new List<(double OnsetPpq, double EndPpq)>();
        foreach (var note in transcriber.Notes())
        {
            var onsetPpq = PpqOf(note.OnsetSeconds, settings) - startPpq;
            if (note.Confidence < LeastConfidence || onsetPpq < -LongestEarlyPpq)
                continue;
            heard.Add(note);
            positions.Add((onsetPpq, PpqOf(note.EndSeconds, settings) - startPpq));
        }
        var timing = GridQuantiser.Quantise(positions, tempoBpm, settings.Grid);
        var notes = ImmutableArray.CreateBuilder<TimelineNote>(heard.Count);
        for (var i = 0; i < heard.Count; i++)
        {
            var isOpen = !isOver && i == heard.Count - 1 && heard[i].EndSeconds > transcriber.AnalysedSeconds - OpenSeconds;
            var note = new TimelineNote(
                startPpq + Math.Max(0, timing[i].OnsetPpq),
                isOpen ? double.PositiveInfinity : startPpq + Math.Max(timing[i].EndPpq, ShortestPpq),
                Channel: 0,
                (byte)heard[i].Pitch,
                (byte)heard[i].Velocity);
            confidence += heard[i].Confidence * timing[i].Confidence / heard.Count;
            if (notes.Count > 0 && notes[^1].OnsetPpq >= note.OnsetPpq)
                notes.RemoveAt(notes.Count - 1); // two notes at one place of the grid: the later one was meant
            notes.Add(note);
        }
        return notes.ToImmutable();
    }

    /// <summary>Listening begins with the first sample at or after its position.</summary>
    private bool IsUnderWay()
    {
        if (_transcriber is not null)
            return true;
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Epoch != _epoch)
                continue;
            var end = i + 1 < _lines.Count ? _lines[i + 1].FirstSample : EndSample;
            var first = Math.Max(_lines[i].SampleAt(_startPpq), _firstSample);
            if (first >= end)
                continue;
            _transcriber = new Transcriber(_lines[i].SampleRateHz);
            _stepSamples = (int)Math.Round(StepSeconds * _lines[i].SampleRateHz);
            (_startSample, _heardSample, _forgottenSeconds) = (first, first, 0);
            return true;
        }
        return false;
    }

    private void Hear(long untilSample)
    {
        var span = CollectionsMarshal.AsSpan(_samples);
        _transcriber!.Feed(span[(int)(_heardSample - _firstSample)..(int)(untilSample - _firstSample)]);
        _heardSample = untilSample;
    }

    private long EndOfEpoch()
    {
        foreach (var line in _lines)
        {
            if (line.FirstSample > _startSample && line.Epoch != _epoch)
                return line.FirstSample;
        }
        return EndSample;
    }

    private long EndOfLine(long sample)
    {
        foreach (var line in _lines)
        {
            if (line.FirstSample > sample)
                return line.FirstSample;
        }
        return EndSample;
    }

    private double PpqOf(double seconds, in AudioSettings settings)
    {
        var sample = _startSample + (seconds * _transcriber!.SampleRateHz);
        var line = LineAt((long)sample);
        return line.PpqAt(sample) - (settings.LatencySeconds * line.PpqPerSample * line.SampleRateHz);
    }

    private double PpqAt(long sample) => LineAt(sample).PpqAt(sample);

    private Line LineAt(long sample)
    {
        var i = _lines.Count - 1;
        while (i > 0 && _lines[i].FirstSample > sample)
            i--;
        return _lines[i];
    }

    private void DropSamples(long beforeSample)
    {
        var count = (int)Math.Clamp(beforeSample - _firstSample, 0, _samples.Count);
        if (count < 8192 && count < _samples.Count)
            return;
        _samples.RemoveRange(0, count);
        _firstSample += count;
    }

    private void DropLines(long beforeSample)
    {
        var count = 0;
        while (count + 1 < _lines.Count && _lines[count + 1].FirstSample <= beforeSample)
            count++;
        _lines.RemoveRange(0, count);
    }

    /// <summary>From a sample on, the timeline is linear.</summary>
    private readonly record struct Line(long FirstSample, double Ppq, double PpqPerSample, double SampleRateHz, uint Epoch)
    {
        public double PpqAt(double sample) => Ppq + ((sample - FirstSample) * PpqPerSample);

        /// <summary>The first sample at or after a position, not before the line's first one.</summary>
        public long SampleAt(double ppq)
        {
            var samples = Math.Ceiling((ppq - TransportSnapshot.ResolutionPpq - Ppq) / PpqPerSample);
            return FirstSample + (long)Math.Clamp(samples, 0, 1L << 40);
        }

        public bool Continues(in Line next) => Epoch == next.Epoch && SampleRateHz == next.SampleRateHz && PpqPerSample == next.PpqPerSample
            && Math.Abs(PpqAt(next.FirstSample) - next.Ppq) < TransportSnapshot.ResolutionPpq;
    }
}

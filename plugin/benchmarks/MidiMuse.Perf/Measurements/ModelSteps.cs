using System.Diagnostics;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Perf.Reports;

namespace MidiMuse.Perf.Measurements;

/// <summary>
/// One note of the model on one thread. Steps, heads, bars and the read of a buffer as large as the weights take turns
/// in batches, so that what else the machine does hits all of them, and each begins with its own data in the caches.
/// </summary>
internal sealed class ModelSteps : IDisposable
{
    private const int Batch = 32;
    private const int BarsPerRound = 3;
    private const int MostNotesPerBar = 128;
    private const int NotesPerBar = 4;

    private readonly string _part;
    private readonly int _phraseBars;
    private readonly NoteEventSession _session;
    private readonly BandwidthProbe _probe;
    private readonly BarGenerator _generator = new();
    private readonly GridNote[] _bar = new GridNote[MostNotesPerBar];
    private readonly List<double> _stepUs = [];
    private readonly List<double> _headsUs = [];
    private readonly List<double> _prefillUs = [];
    private readonly List<double> _readUs = [];
    private readonly List<double> _noteUs = [];
    private readonly List<double> _coldNoteUs = [];
    private readonly double[] _batchUs = new double[Batch];
    private readonly long _weightBytes;
    private long _allocatedBytes;
    private long _allocatingCalls;
    private ulong _checksum;
    private ulong _nextSeed;

    /// <param name="phraseBars">Bars of quarter notes that the model remembers before each step.</param>
    public ModelSteps(SharedModel model, int phraseBars)
    {
        var isTransformer = model.Description.Heads > 0;
        var isQuantised = isTransformer && model.Device.Equals(Device.Cpu);
        var how = isQuantised ? ", 8 bits" : isTransformer ? ", ONNX Runtime, 32 bits" : "";
        _part = $"{model.Description.Name}{how}, one thread, {phraseBars * NotesPerBar} notes remembered";
        _phraseBars = phraseBars;
        var description = model.Description;
        // Of a Transformer, the keys and values of what it remembers are read too.
        var cached = isTransformer ? 2L * description.Layers * description.Context * (phraseBars * NotesPerBar) : 0;
        // Whatever the file's type, ONNX Runtime's CPU kernels compute with 32 bits.
        var bytesPerWeight = isQuantised ? 1 : sizeof(float);
        _weightBytes = (OnnxWeights.CountDense(File.ReadAllBytes(Path.Combine(model.FolderPath, "backbone.onnx"))) * bytesPerWeight) + (cached * sizeof(float));
        _session = model.CreateSession();
        _probe = new BandwidthProbe(_weightBytes);
    }

    public IEnumerable<Figure> Measure(int rounds)
    {
        BeginPhrase();
        for (var round = -1; round < rounds; round++)
        {
            MeasureRound();
            if (round < 0)
                Forget(); // the first round warmed everything up
        }
        GC.KeepAlive(_checksum);
        return Figures();
    }

    public void Dispose()
    {
        _session.Dispose();
        _probe.Dispose();
    }

    private void MeasureRound()
    {
        Time(_stepUs, isCounted: true, i => _session.Step(6, 60 + (i % 12), 6, 20));
        Time(_headsUs, isCounted: true, RunHeads);
        Time(_readUs, isCounted: false, _ => _checksum += _probe.Read());
        // The read has just filled the caches with something else, as the rest of a project does between two bars.
        GenerateBar(_coldNoteUs);
        for (var i = 1; i < BarsPerRound; i++)
            GenerateBar(_noteUs);
        BeginPhrase();
    }

    private void RunHeads(int i)
    {
        _ = _session.PitchLogits(6);
        _ = _session.DurationLogits(60 + (i % 12));
        _ = _session.VelocityLogits(6);
    }

    private void GenerateBar(List<double> microsecondsPerNote)
    {
        _session.Restore(0);
        var random = Xoshiro256.ForBar(_nextSeed++, _phraseBars, 0);
        var barTicks = Meter.CommonTime.BarTicks;
        var request = new BarRequest { StartTick = _phraseBars * barTicks, EndTick = (_phraseBars + 1) * barTicks, Sampler = SamplerSettings.Uniform(0.9, 0.95) };
        var start = Stopwatch.GetTimestamp();
        var result = _generator.Generate(_session, request, ref random, _bar);
        var elapsed = Stopwatch.GetElapsedTime(start);
        if (result.NoteCount > 0)
            microsecondsPerNote.Add(elapsed.TotalMicroseconds / result.NoteCount);
    }

    /// <summary>Times each call of a batch. Nothing between the two readings of the allocation counter is ours but the calls.</summary>
    private void Time(List<double> microseconds, bool isCounted, Action<int> call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batch; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call(i);
            _batchUs[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        microseconds.AddRange(_batchUs);
        if (!isCounted)
            return;
        _allocatedBytes += allocated;
        _allocatingCalls += Batch;
    }

    private void BeginPhrase()
    {
        var phrase = new GridNote[_phraseBars * NotesPerBar];
        int[] pitches = [64, 64, 65, 67, 67, 65, 64, 62];
        for (var i = 0; i < phrase.Length; i++)
            phrase[i] = new GridNote(i * GridTime.TicksPerQuarter, GridTime.TicksPerQuarter, pitches[i % pitches.Length], 80);
        _session.Reset(new PhraseContext(Meter.CommonTime, Role.Melody, null));
        var start = Stopwatch.GetTimestamp();
        _session.Prefill(phrase);
        _prefillUs.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        _session.Save(0);
    }

    private void Forget()
    {
        foreach (var list in (List<double>[])[_stepUs, _headsUs, _prefillUs, _readUs, _noteUs, _coldNoteUs])
            list.Clear();
        (_allocatedBytes, _allocatingCalls) = (0, 0);
    }

    private IEnumerable<Figure> Figures()
    {
        var (step, read) = (new Distribution(_stepUs), new Distribution(_readUs));
        yield return Figure.Of(_part, "step (backbone)", "us", step) with { Note = $"{step.Count} steps" };
        yield return Figure.Of(_part, "heads (pitch, duration, velocity)", "us", new Distribution(_headsUs));
        yield return Figure.Of(_part, "prefill of the notes remembered", "us", new Distribution(_prefillUs)) with { Note = $"{_phraseBars * NotesPerBar} notes" };
        yield return Figure.Of(_part, "whole note (draws, heads, step)", "us", new Distribution(_noteUs)) with { Note = $"each value is the mean over a bar, {_noteUs.Count} bars" };
        yield return Figure.Of(_part, "whole note, caches cold", "us", new Distribution(_coldNoteUs)) with { Note = $"the first bar after something else filled the caches, {_coldNoteUs.Count} bars" };
        yield return new Figure(_part, "weights, keys and values that a step reads", "MB", _weightBytes / 1e6);
        yield return Figure.Of(_part, "read of a buffer of that size", "us", read) with { Note = FormattableString.Invariant($"{_probe.Bytes / read.Median / 1e3:F1} GB/s") };
        yield return new Figure(_part, "share of the bandwidth limit", "%", 100 * read.Median / step.Median) { Note = "read of the buffer / step, medians of the same run" };
        yield return new Figure(_part, "managed bytes per step and per note's heads", "B", (double)_allocatedBytes / _allocatingCalls);
    }
}

using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Transport;

/// <summary>
/// Plays a script sample by sample. Where an event lies depends on the sample counter alone, never on how the samples
/// are cut into blocks, so that every block size sees the same music. [audio]
/// </summary>
public sealed class TransportPlayer
{
    /// <summary>Rounding of positions that are meant to fall on a sample.</summary>
    private const double SampleEpsilon = 1e-6;

    private readonly TransportScript _script;
    private readonly double _sampleRateHz;
    private readonly List<Run> _runs = new(8); // the runs that the current block touches, in order
    private int _nextLocate;
    private int _nextPause;
    private int _pauseBlocksLeft;

    public TransportPlayer(TransportScript script, double sampleRateHz)
    {
        ArgumentNullException.ThrowIfNull(script);
        if (script.Loop is { } loop && !(loop.EndPpq > loop.StartPpq))
            throw new ArgumentException("A loop must end after its start.", nameof(script));
        _script = script;
        _sampleRateHz = sampleRateHz;
        _runs.Add(new Run(0, script.Tempos.ToSeconds(script.StartPpq), 0));
    }

    /// <summary>First sample of the current block, counted since the start.</summary>
    public long BlockStartSample { get; private set; }

    public int BlockSamples { get; private set; }

    public bool IsPlaying { get; private set; }

    public double BlockStartPlayedPpq => PlayedPpq(BlockStartSample);

    public double BlockEndPlayedPpq => PlayedPpq(BlockStartSample + BlockSamples);

    /// <summary>Moves on to the next block.</summary>
    /// <param name="maxSamples">It is shorter where the script has something to do before.</param>
    public void Next(int maxSamples)
    {
        BlockStartSample += BlockSamples;
        _runs.RemoveRange(0, _runs.Count - 1);
        if (TryPause(maxSamples))
            return;
        IsPlaying = true;
        Wrap(BlockStartSample);
        BlockSamples = (int)Math.Min(maxSamples, SamplesUntilScripted());
        if (_script.Loop is not { } loop)
            return;
        if (loop.Style == LoopStyle.Split)
            BlockSamples = (int)Math.Min(BlockSamples, Math.Max(1, LoopEndSample(loop) - BlockStartSample));
        else
            Wrap(BlockStartSample + BlockSamples - 1);
    }

    /// <summary>One more block with the transport stopped.</summary>
    public void NextStopped(int samples)
    {
        BlockStartSample += BlockSamples;
        Stand(samples);
    }

    /// <summary>The sample of a played position, if the current block has it; else the offset lies outside.</summary>
    /// <returns>Samples from the block's start; at least <see cref="BlockSamples"/> where it comes later.</returns>
    public long OffsetOf(double playedPpq)
    {
        var run = _runs[0];
        for (var i = 1; i < _runs.Count; i++)
        {
            if (FirstPlayedPpq(_runs[i]) <= playedPpq)
                run = _runs[i];
        }
        var projectPpq = playedPpq - run.PlayedOffsetPpq;
        var sample = run.FirstSample + (long)Math.Round((_script.Tempos.ToSeconds(projectPpq) - run.FirstSeconds) * _sampleRateHz);
        if (_script.Loop is { } loop && projectPpq >= loop.EndPpq && run == _runs[^1] && LoopEndSample(loop) is var end && end != long.MaxValue)
            sample = Math.Max(sample, end); // it belongs to the next pass, which begins on a whole sample
        return Math.Max(sample, run.FirstSample) - BlockStartSample;
    }

    /// <param name="sample">Counted since the start, within the current block.</param>
    public double PlayedPpq(long sample) => PlayedPpqAt(RunAt(sample), sample);

    /// <param name="sample">Counted since the start, within the current block.</param>
    public double ProjectPpq(long sample) => ProjectPpqAt(RunAt(sample), sample);

    /// <summary>What the host tells the plugin about the current block.</summary>
    internal ProcessContext Context()
    {
        var exactPpq = ProjectPpq(BlockStartSample);
        var ppq = _script.ReportedPpqStep > 0 ? Math.Round(exactPpq / _script.ReportedPpqStep) * _script.ReportedPpqStep : exactPpq;
        var bar = _script.Meters.BarAt(exactPpq);
        var context = new ProcessContext
        {
            State = ProcessContextState.ProjectTimeMusicValid | ProcessContextState.TempoValid | ProcessContextState.TimeSigValid | ProcessContextState.ContTimeValid,
            SampleRate = _sampleRateHz,
            ProjectTimeSamples = (long)Math.Round(_script.Tempos.ToSeconds(exactPpq) * _sampleRateHz),
            ContinuousTimeSamples = BlockStartSample,
            ProjectTimeMusic = ppq,
            Tempo = _script.Tempos.BpmAt(exactPpq + 1e-9), // a position that was meant to be a tempo change has passed it
            TimeSigNumerator = bar.Meter.Numerator,
            TimeSigDenominator = bar.Meter.Denominator,
        };
        if (IsPlaying)
            context.State |= ProcessContextState.Playing;
        if (_script.BarPosition != BarPosition.Missing)
        {
            context.State |= ProcessContextState.BarPositionValid;
            context.BarPositionMusic = _script.BarPosition == BarPosition.BarLine ? bar.StartPpq : (bar.Index + 1) * 4.0;
        }
        if (_script.Loop is { } loop)
        {
            context.State |= ProcessContextState.CycleValid | ProcessContextState.CycleActive;
            context.CycleStartMusic = loop.StartPpq;
            context.CycleEndMusic = loop.EndPpq;
        }
        return context;
    }

    private bool TryPause(int samples)
    {
        if (_pauseBlocksLeft == 0 && _nextPause < _script.Pauses.Count && HasReached(_script.Pauses[_nextPause].AtPlayedPpq))
            _pauseBlocksLeft = _script.Pauses[_nextPause++].Blocks;
        if (_pauseBlocksLeft == 0)
            return false;
        _pauseBlocksLeft--;
        Stand(samples);
        return true;
    }

    /// <summary>A block in which the playhead does not move: the run begins anew after it.</summary>
    private void Stand(int samples)
    {
        var run = RunAt(BlockStartSample);
        var seconds = SecondsAt(run, BlockStartSample);
        IsPlaying = false;
        BlockSamples = samples;
        _runs.Clear();
        _runs.Add(new Run(BlockStartSample + samples, seconds, run.PlayedOffsetPpq));
    }

    /// <summary>Samples until the next locate or pause; locates that are due are done.</summary>
    private long SamplesUntilScripted()
    {
        while (_nextLocate < _script.Locates.Count && HasReached(_script.Locates[_nextLocate].AtPlayedPpq))
        {
            var locate = _script.Locates[_nextLocate++];
            var played = PlayedPpq(BlockStartSample);
            _runs.Clear();
            _runs.Add(new Run(BlockStartSample, _script.Tempos.ToSeconds(locate.ToPpq), played - locate.ToPpq));
        }
        var samples = long.MaxValue;
        if (_nextLocate < _script.Locates.Count)
            samples = Math.Min(samples, OffsetOf(_script.Locates[_nextLocate].AtPlayedPpq));
        if (_nextPause < _script.Pauses.Count)
            samples = Math.Min(samples, OffsetOf(_script.Pauses[_nextPause].AtPlayedPpq));
        return Math.Max(1, samples);
    }

    private bool HasReached(double playedPpq) => OffsetOf(playedPpq) <= 0;

    /// <summary>Adds the runs that loop wraps begin up to and including a sample.</summary>
    private void Wrap(long lastSample)
    {
        if (_script.Loop is not { } loop)
            return;
        while (true)
        {
            var run = _runs[^1];
            if (SecondsAt(run, run.FirstSample) > _script.Tempos.ToSeconds(loop.EndPpq) - (SampleEpsilon / _sampleRateHz))
                return; // playing began behind the loop
            var wrapSample = LoopEndSample(loop);
            if (wrapSample > lastSample)
                return;
            var overshoot = SecondsAt(run, wrapSample) - _script.Tempos.ToSeconds(loop.EndPpq); // less than a sample
            var next = new Run(wrapSample, _script.Tempos.ToSeconds(loop.StartPpq) + overshoot, run.PlayedOffsetPpq + loop.EndPpq - loop.StartPpq);
            if (wrapSample <= BlockStartSample)
                _runs.Clear();
            _runs.Add(next);
        }
    }

    /// <summary>The first sample at or after the loop's end in the last run; far away where the run began behind it.</summary>
    private long LoopEndSample(LoopRange loop)
    {
        var run = _runs[^1];
        var samples = (_script.Tempos.ToSeconds(loop.EndPpq) - run.FirstSeconds) * _sampleRateHz;
        return samples < SampleEpsilon ? long.MaxValue : run.FirstSample + (long)Math.Ceiling(samples - SampleEpsilon);
    }

    /// <summary>The played position that a run is meant to begin at: wraps fall between samples, the run on the next one.</summary>
    private double FirstPlayedPpq(Run run) => PlayedPpqAt(run, run.FirstSample) - (_script.Tempos.BpmAt(ProjectPpqAt(run, run.FirstSample)) / 60 / _sampleRateHz);

    private Run RunAt(long sample)
    {
        var i = _runs.Count - 1;
        while (i > 0 && _runs[i].FirstSample > sample)
            i--;
        return _runs[i];
    }

    private double SecondsAt(Run run, long sample) => run.FirstSeconds + (Math.Max(0, sample - run.FirstSample) / _sampleRateHz);

    private double ProjectPpqAt(Run run, long sample) => _script.Tempos.ToPpq(SecondsAt(run, sample));

    private double PlayedPpqAt(Run run, long sample) => ProjectPpqAt(run, sample) + run.PlayedOffsetPpq;

    /// <summary>A stretch without discontinuity.</summary>
    /// <param name="FirstSample">Counted since the start.</param>
    /// <param name="FirstSeconds">Of the tempo map.</param>
    /// <param name="PlayedOffsetPpq">Played minus project position.</param>
    private readonly record struct Run(long FirstSample, double FirstSeconds, double PlayedOffsetPpq);
}

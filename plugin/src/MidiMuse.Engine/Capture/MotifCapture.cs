using MidiMuse.Core.Time;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Capture;

/// <summary>
/// A motif while it is played or sung: where it begins, what has been heard of it, and where it ends. What is accompanied
/// is heard on after that. Positions are timeline ppq. [engine]
/// </summary>
public sealed class MotifCapture(ParameterValues parameters)
{
    /// <summary>A note this much before a bar line, or less, is an early downbeat.</summary>
    private const double EarlyDownbeatPpq = 0.125;

    /// <summary>An accompaniment remembers this much of what it goes with, beside the first bars.</summary>
    private const int HeardBarsKept = 64;

    private readonly MotifRecorder _recorder = new();
    private readonly AudioListener _audio = new();
    private double _nextSilenceCheckPpq;
    private int _prefilledVersion;
    private int _heardVersion;

    public double StartPpq => _recorder.StartPpq;

    /// <summary>Infinite where a bar of silence ends it.</summary>
    public double EndPpq { get; private set; }

    /// <summary>Timeline position minus project position where it began.</summary>
    public double OffsetPpq { get; private set; }

    /// <summary>Where it may end, and must be looked at.</summary>
    public double NextCheckPpq => Math.Min(EndPpq, _nextSilenceCheckPpq);

    /// <summary>Where it ends if nothing more is played.</summary>
    public double LikelyEndPpq => EndsBySilence ? _nextSilenceCheckPpq : EndPpq;

    public bool EndsBySilence => double.IsPositiveInfinity(EndPpq);

    public bool IsEmpty => _recorder.Count == 0;

    /// <summary>Grows with every note that begins or ends.</summary>
    public int Version => _recorder.Version;

    /// <summary>How well the last sung motif was heard; null before there was one.</summary>
    public AudioReport? Audio { get; private set; }

    public bool ListensToAudio => _audio.IsListening;

    /// <summary>Position at which the next step of audio can be heard; infinite while it is not there.</summary>
    public double NextAudioStepPpq => _audio.NextStepPpq;

    /// <param name="firstPpq">Where the first note began.</param>
    /// <param name="nowPpq">Where it was noticed: a sung note must have sounded for a moment.</param>
    public void Begin(double firstPpq, double nowPpq, in TransportSnapshot transport, in MusicSettings settings)
    {
        var barPpq = transport.Meter.BarPpq;
        var startPpq = transport.BarLineAtOrBefore(firstPpq);
        if (startPpq + barPpq - firstPpq <= EarlyDownbeatPpq)
            startPpq += barPpq;
        OffsetPpq = transport.PassOffsetPpq;
        _recorder.Begin(startPpq, transport.Meter);
        var bars = settings is { CaptureBars: 0, Mode: AnswerMode.Accompany } ? 1 : settings.CaptureBars;
        var untilSilence = bars == 0;
        EndPpq = untilSilence ? double.PositiveInfinity : startPpq + (bars * barPpq);
        while (EndPpq <= nowPpq)
            EndPpq += barPpq; // the end of a bar in which nothing else can be sung any more
        _nextSilenceCheckPpq = untilSilence ? startPpq + (2 * barPpq) : double.PositiveInfinity;
    }

    /// <summary>The bar lines have moved.</summary>
    public void Regrid(in TransportSnapshot transport)
    {
        EndPpq = transport.BarLineAtOrAfter(EndPpq);
        _nextSilenceCheckPpq = transport.BarLineAtOrAfter(_nextSilenceCheckPpq);
    }

    /// <summary>At <see cref="NextCheckPpq"/>.</summary>
    /// <returns>True where it is over; otherwise the next bar line is the next check.</returns>
    public bool IsOverAt(double barLinePpq, Meter meter)
    {
        if (barLinePpq >= EndPpq || IsSilentBarBefore(barLinePpq, meter))
            return true;
        _nextSilenceCheckPpq = barLinePpq + meter.BarPpq;
        return false;
    }

    public bool IsSilentBarBefore(double barLinePpq, Meter meter) =>
        !_recorder.IsHolding && _recorder.LastActivityPpq <= barLinePpq - meter.BarPpq + EarlyDownbeatPpq;

    public void Play(in InputEvent note)
    {
        if (note.Kind == InputKind.NoteOn)
            _recorder.NoteOn(Math.Max(note.TimelinePpq, _recorder.StartPpq), note.Channel, note.Data1, note.Data2);
        else
            _recorder.NoteOff(note.TimelinePpq, note.Channel, note.Data1);
    }

    public void MovePedal(in InputEvent control) => _recorder.Pedal(control.TimelinePpq, control.Channel, control.Value >= 0.5);

    public void ReleasePedals(double ppq) => _recorder.ReleasePedals(ppq);

    /// <summary>Everything heard so far, as a motif that ends at a bar line.</summary>
    public Motif ToMotif(double endPpq) => _recorder.ToMotif(endPpq);

    /// <summary>What has been heard so far, in project ppq.</summary>
    public Motif SoFar(double nowPpq) => ToMotif(Math.Max(nowPpq, StartPpq)).MovedBy(-OffsetPpq);

    /// <summary>What cannot change any more, once for every change; null where nothing is new.</summary>
    public Motif? TakeSettled(double endPpq)
    {
        if (_prefilledVersion == Version)
            return null;
        _prefilledVersion = Version;
        return _recorder.ToSettledMotif(endPpq);
    }

    /// <summary>From here on what is played is heard for an accompaniment.</summary>
    public void BeginHearingOn() => _heardVersion = Version;

    /// <summary>What an accompaniment goes with, up to now, where something was played since this was last asked.</summary>
    /// <param name="answerStartPpq">Where the motif ended and the accompaniment began.</param>
    public Motif? TakeHeard(double answerStartPpq, double nowPpq, Meter meter)
    {
        if (Version == _heardVersion && !_recorder.IsHolding)
            return null;
        _heardVersion = Version;
        _recorder.Forget(answerStartPpq, nowPpq - (HeardBarsKept * meter.BarPpq));
        return ToMotif(nowPpq) with { EndPpq = answerStartPpq };
    }

    // samples [chunk.Count] f32
    public void EnqueueAudio(ReadOnlySpan<float> samples, in AudioChunk chunk) => _audio.Enqueue(samples, chunk);

    public void DiscardAudio(uint epoch, double untilPpq) => _audio.Discard(epoch, untilPpq);

    /// <summary>Begins or ends listening to the audio input.</summary>
    public void ListenToAudio(bool isWanted, uint epoch, double fromPpq)
    {
        if (isWanted == _audio.IsListening)
            return;
        if (isWanted)
            _audio.Start(epoch, fromPpq);
        else
            _audio.Stop();
    }

    public void StopListening() => _audio.Stop();

    public void HearAudioStep() => _audio.Step();

    /// <summary>Where the first sung note that is certain began; null before there is one.</summary>
    public double? FirstSungPpq() => _audio.FirstNotePpq(AudioSettings.From(parameters));

    /// <returns>True where the notes that have been sung are others than before.</returns>
    public bool TakeInSung(double tempoBpm) =>
        _recorder.SetSung(_audio.Notes(StartPpq, tempoBpm, AudioSettings.From(parameters), isOver: false, out _));

    /// <summary>At the motif's end: hears the last of the audio.</summary>
    public void FinishAudio(double endPpq, double tempoBpm)
    {
        if (!_audio.IsListening)
            return;
        var leftMs = _audio.Finish(endPpq);
        var notes = _audio.Notes(StartPpq, tempoBpm, AudioSettings.From(parameters), isOver: true, out var confidence);
        _recorder.SetSung(notes);
        Audio = notes.IsEmpty ? Audio : new AudioReport(notes.Length, confidence, leftMs);
        _audio.Stop();
    }

    /// <summary>A motif that came from an audio file.</summary>
    public void Report(AudioReport? audio) => Audio = audio ?? Audio;
}

using System.Collections.Immutable;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Capture;

/// <summary>
/// Collects the notes of a capture while they are played. Notes are paired by channel and pitch, so that MPE, where
/// each note has a channel of its own, pairs as it should. [engine]
/// </summary>
public sealed class MotifRecorder
{
    /// <summary>
    /// A pedal lets a note ring on after its key, but not for ever: the model hears lengths up to four bars, and a
    /// pedal that is never lifted must not turn a line into a cluster.
    /// </summary>
    private const double LongestPedalPpq = 4;

    private readonly List<TimelineNote> _finished = [];
    private readonly List<TimelineNote> _held = [];
    private readonly List<TimelineNote> _pedalled = []; // keys are up, the pedal is down; the end is the key's
    private ImmutableArray<TimelineNote> _sung = [];
    private double _playedPpq;
    private ushort _pedals; // bit n = channel n

    public double StartPpq { get; private set; }

    public Meter Meter { get; private set; }

    /// <summary>Position of the last note-on or note-off.</summary>
    public double LastActivityPpq => _sung.IsEmpty
        ? _playedPpq
        : Math.Max(_playedPpq, double.IsPositiveInfinity(_sung[^1].EndPpq) ? _sung[^1].OnsetPpq : _sung[^1].EndPpq);

    public bool IsHolding => _held.Count > 0 || (!_sung.IsEmpty && double.IsPositiveInfinity(_sung[^1].EndPpq));

    public int Count => _finished.Count + _held.Count + _pedalled.Count + _sung.Length;

    /// <summary>Grows with every note-on and note-off.</summary>
    public int Version { get; private set; }

    public void Begin(double startPpq, Meter meter)
    {
        _finished.Clear();
        _held.Clear();
        _pedalled.Clear();
        _sung = [];
        StartPpq = startPpq;
        Meter = meter;
        _playedPpq = startPpq;
        Version++;
    }

    public void NoteOn(double ppq, byte channel, byte pitch, byte velocity)
    {
        NoteOff(ppq, channel, pitch);
        EndPedalled(ppq, note => note.Channel == channel && note.Pitch == pitch);
        _held.Add(new TimelineNote(ppq, double.PositiveInfinity, channel, pitch, velocity));
        Version++;
        _playedPpq = ppq;
    }

    public void NoteOff(double ppq, byte channel, byte pitch)
    {
        for (var i = 0; i < _held.Count; i++)
        {
            if (_held[i].Channel != channel || _held[i].Pitch != pitch)
                continue;
            var note = _held[i] with { EndPpq = Math.Max(ppq, _held[i].OnsetPpq) };
            (IsPedalDown(channel) ? _pedalled : _finished).Add(note);
            _held.RemoveAt(i);
            _playedPpq = ppq;
            Version++;
            return;
        }
    }

    /// <summary>
    /// Replaces the notes that were heard in audio, sorted by onset; the last one may be held (infinite). What was heard
    /// may change while more of it is sung.
    /// </summary>
    /// <returns>True where they are others than before.</returns>
    public bool SetSung(ImmutableArray<TimelineNote> notes)
    {
        if (_sung.AsSpan().SequenceEqual(notes.AsSpan()))
            return false;
        _sung = notes;
        Version++;
        return true;
    }

    /// <summary>Forgets notes that began in a stretch that is long over.</summary>
    public void Forget(double fromPpq, double untilPpq) =>
        _finished.RemoveAll(note => note.OnsetPpq >= fromPpq && note.OnsetPpq < untilPpq);

    /// <summary>The sustain pedal, which is remembered between captures.</summary>
    /// <param name="ppq">Where it moved.</param>
    public void Pedal(double ppq, byte channel, bool isDown)
    {
        if (isDown == IsPedalDown(channel))
            return;
        _pedals ^= (ushort)(1 << channel);
        if (!isDown)
            EndPedalled(ppq, note => note.Channel == channel);
    }

    public void ReleasePedals(double ppq)
    {
        _pedals = 0;
        EndPedalled(ppq, static _ => true);
    }

    /// <summary>The part of the motif that cannot change any more: what ended before the first note that is still held.</summary>
    public Motif ToSettledMotif(double endPpq)
    {
        var firstOpenPpq = LastActivityPpq;
        foreach (var note in _held)
            firstOpenPpq = Math.Min(firstOpenPpq, note.OnsetPpq);
        foreach (var note in _pedalled)
            firstOpenPpq = Math.Min(firstOpenPpq, note.OnsetPpq);
        if (!_sung.IsEmpty)
            firstOpenPpq = Math.Min(firstOpenPpq, _sung[^1].OnsetPpq); // heard more exactly when the next one is sung
        var firstOpenTick = GridTime.ToTick(firstOpenPpq - StartPpq);
        var motif = ToMotif(endPpq);
        return motif with { Notes = motif.Notes.RemoveAll(note => GridTime.ToTick(note.OnsetPpq - StartPpq) >= firstOpenTick) };
    }

    /// <summary>Everything heard so far as a motif that ends at a bar line; held notes ring up to it.</summary>
    public Motif ToMotif(double endPpq)
    {
        var notes = ImmutableArray.CreateBuilder<TimelineNote>(Count);
        notes.AddRange(_finished);
        foreach (var note in _held)
            notes.Add(note with { EndPpq = Math.Max(endPpq, note.OnsetPpq) });
        foreach (var note in _pedalled)
            notes.Add(Prolonged(note, endPpq));
        foreach (var note in _sung)
            notes.Add(double.IsPositiveInfinity(note.EndPpq) ? note with { EndPpq = Math.Max(endPpq, note.OnsetPpq) } : note);
        notes.Sort(static (a, b) => (a.OnsetPpq, a.Pitch, a.Channel).CompareTo((b.OnsetPpq, b.Pitch, b.Channel)));
        return new Motif(StartPpq, endPpq, Meter, notes.ToImmutable());
    }

    private bool IsPedalDown(byte channel) => (_pedals & (1 << channel)) != 0;

    private void EndPedalled(double ppq, Predicate<TimelineNote> isMeant)
    {
        for (var i = _pedalled.Count - 1; i >= 0; i--)
        {
            if (!isMeant(_pedalled[i]))
                continue;
            _finished.Add(Prolonged(_pedalled[i], ppq));
            _pedalled.RemoveAt(i);
            Version++;
        }
    }

    private static TimelineNote Prolonged(in TimelineNote note, double untilPpq) =>
        note with { EndPpq = Math.Max(note.EndPpq, Math.Min(untilPpq, note.EndPpq + LongestPedalPpq)) };
}

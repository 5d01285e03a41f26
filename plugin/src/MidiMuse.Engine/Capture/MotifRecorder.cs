using System.Collections.Immutable;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;

namespace MidiMuse.Engine.Capture;

/// <summary>Collects the notes of a capture while they are played. [engine]</summary>
public sealed class MotifRecorder
{
    private readonly List<TimelineNote> _finished = [];
    private readonly List<TimelineNote> _held = [];
    private ImmutableArray<TimelineNote> _sung = [];
    private double _playedPpq;

    public double StartPpq { get; private set; }

    public Meter Meter { get; private set; }

    /// <summary>Position of the last note-on or note-off.</summary>
    public double LastActivityPpq => _sung.IsEmpty
        ? _playedPpq
        : Math.Max(_playedPpq, double.IsPositiveInfinity(_sung[^1].EndPpq) ? _sung[^1].OnsetPpq : _sung[^1].EndPpq);

    public bool IsHolding => _held.Count > 0 || (!_sung.IsEmpty && double.IsPositiveInfinity(_sung[^1].EndPpq));

    public int Count => _finished.Count + _held.Count + _sung.Length;

    /// <summary>Grows with every note-on and note-off.</summary>
    public int Version { get; private set; }

    public void Begin(double startPpq, Meter meter)
    {
        _finished.Clear();
        _held.Clear();
        _sung = [];
        StartPpq = startPpq;
        Meter = meter;
        _playedPpq = startPpq;
        Version++;
    }

    public void NoteOn(double ppq, byte channel, byte pitch, byte velocity)
    {
        NoteOff(ppq, channel, pitch);
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
            _finished.Add(_held[i] with { EndPpq = Math.Max(ppq, _held[i].OnsetPpq) });
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

    /// <summary>The part of the motif that cannot change any more: what ended before the first note that is still held.</summary>
    public Motif ToSettledMotif(double endPpq)
    {
        var firstHeldPpq = _held.Count == 0 ? LastActivityPpq : _held.Min(note => note.OnsetPpq);
        if (!_sung.IsEmpty)
            firstHeldPpq = Math.Min(firstHeldPpq, _sung[^1].OnsetPpq); // heard more exactly when the next one is sung
        var firstOpenTick = GridTime.ToTick(firstHeldPpq - StartPpq);
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
        foreach (var note in _sung)
            notes.Add(double.IsPositiveInfinity(note.EndPpq) ? note with { EndPpq = Math.Max(endPpq, note.OnsetPpq) } : note);
        notes.Sort(static (a, b) => (a.OnsetPpq, a.Pitch, a.Channel).CompareTo((b.OnsetPpq, b.Pitch, b.Channel)));
        return new Motif(StartPpq, endPpq, Meter, notes.ToImmutable());
    }
}

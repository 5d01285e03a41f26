namespace MidiMuse.Host.Performances;

/// <summary>Emitted notes, and what no instrument should be sent.</summary>
/// <param name="Hanging">Notes that were never released.</param>
/// <param name="Overlapping">Note-ons of a pitch that was still sounding on its channel.</param>
/// <param name="Stray">Note-offs of pitches that did not sound.</param>
public sealed record NotePairing(IReadOnlyList<EmittedNote> Notes, int Hanging, int Overlapping, int Stray)
{
    public bool IsClean => Hanging == 0 && Overlapping == 0 && Stray == 0;

    /// <summary>Pairs note-ons and note-offs by channel and pitch; an overlapped note ends where the next begins.</summary>
    public static NotePairing Of(IEnumerable<EmittedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var notes = new List<EmittedNote>();
        var sounding = new Dictionary<(int Channel, int Pitch), EmittedEvent>();
        var last = default(EmittedEvent);
        var overlapping = 0;
        var stray = 0;
        foreach (var e in events)
        {
            last = e;
            if (!sounding.Remove((e.Channel, e.Pitch), out var on))
                stray += e.IsOn ? 0 : 1;
            else
                notes.Add(Note(on, e));
            if (!e.IsOn)
                continue;
            overlapping += on.IsOn ? 1 : 0;
            sounding[(e.Channel, e.Pitch)] = e;
        }
        notes.AddRange(sounding.Values.Select(on => Note(on, last)));
        return new NotePairing([.. notes.OrderBy(n => n.OnsetSample).ThenBy(n => n.Pitch).ThenBy(n => n.Channel)], sounding.Count, overlapping, stray);
    }

    private static EmittedNote Note(EmittedEvent on, EmittedEvent off) =>
        new(on.PlayedPpq, off.PlayedPpq, on.Pitch, on.Velocity, on.Channel, on.Sample, off.Sample);
}

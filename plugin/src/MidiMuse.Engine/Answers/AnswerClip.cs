using MidiMuse.Core.Clips;

namespace MidiMuse.Engine.Answers;

/// <summary>The answer as a clip that begins on its first bar line.</summary>
public static class AnswerClip
{
    /// <summary>Null where there is no answer.</summary>
    public static Clip? Of(EngineSnapshot snapshot)
    {
        if (snapshot.Answer.IsEmpty || snapshot.Motif is not { } motif)
            return null;
        var startPpq = snapshot.Answer[0].StartPpq;
        var notes = snapshot.Answer
            .SelectMany(bar => bar.Notes)
            .Select(note => ToClipNote(note, startPpq))
            .OrderBy(note => note.OnsetTick)
            .ThenBy(note => note.Pitch)
            .ToArray();
        return new Clip
        {
            Name = "MidiMuse answer",
            Tracks = [new ClipTrack("MidiMuse answer", notes)],
            Meters = [new MeterChange(0, motif.Meter)],
            Texts = [new ClipText(0, ClipTextKind.Text, $"MidiMuse; model {snapshot.ModelIdentity ?? "none"}")],
            EndTick = ToTick(snapshot.Answer[^1].EndPpq - startPpq),
        };
    }

    private static ClipNote ToClipNote(TimelineNote note, double startPpq)
    {
        var onset = ToTick(note.OnsetPpq - startPpq);
        return new ClipNote(onset, Math.Max(1, ToTick(note.EndPpq - startPpq) - onset), note.Pitch, note.Velocity, note.Channel);
    }

    private static long ToTick(double ppq) => (long)Math.Round(ppq * Clip.DefaultTicksPerQuarter, MidpointRounding.AwayFromZero);
}

using MidiMuse.Core.Clips;
using MidiMuse.Core.Smf;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;

namespace MidiMuse.Editor;

/// <summary>A MIDI file as a motif.</summary>
public static class MotifFile
{
    /// <summary>Null where the file has no notes or cannot be read. Positions count from the clip's start; the motif ends on a bar line.</summary>
    public static Motif? TryRead(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Of(ClipReader.Read(stream));
        }
        catch (Exception exception) when (exception is SmfException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Motif? Of(Clip clip)
    {
        TimelineNote[] notes = [.. clip.Notes.Select(note => new TimelineNote(
            clip.ToPpq(note.OnsetTick), clip.ToPpq(Math.Max(note.OnsetTick + 1, note.EndTick)), (byte)note.Channel, (byte)note.Pitch, (byte)note.Velocity))];
        if (notes.Length == 0)
            return null;
        var meter = clip.Meters.Count > 0 ? clip.Meters[0].Meter : Meter.CommonTime;
        var bars = Math.Floor(notes[^1].OnsetPpq / meter.BarPpq) + 1;
        return new Motif(0, bars * meter.BarPpq, meter, [.. notes]);
    }
}

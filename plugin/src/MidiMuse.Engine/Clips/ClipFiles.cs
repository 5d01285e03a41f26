using System.Globalization;
using MidiMuse.Core.Audio;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Smf;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Clips;

/// <summary>Clips in and out of an instance. On the caller's thread: files are never read or written by the engine's. [main] [ui]</summary>
public static class ClipFiles
{
    /// <summary>Longest motif that is taken from a file.</summary>
    private const int MostBars = 64;

    public static CommandReply Save(IEngineControl control, string path, bool withMotif)
    {
        if (AnswerClip.Of(control.Snapshot(), control.Parameters, withMotif, control.TrainingMusic) is not { } clip)
            return CommandReply.Refused("There is no answer to save yet.");
        return Guarded(() =>
        {
            using var stream = File.Create(path);
            ClipFormat.Current.Write(clip, stream);
            return CommandReply.Done;
        });
    }

    /// <summary>
    /// Writes the answer to a file of its own for dragging; the message is its path. Where "Stop after drag" is on,
    /// the instance does not play it any more.
    /// </summary>
    public static CommandReply Export(IEngineControl control, bool withMotif)
    {
        var folder = Path.Combine(Path.GetTempPath(), "MidiMuse");
        var bars = control.Snapshot().Answer.Length;
        // A name of its own each time: hosts that know the path would show the clip that they have read before.
        var name = string.Create(CultureInfo.InvariantCulture, $"MidiMuse {bars} bars {DateTime.Now:yyyyMMdd-HHmmss-fff}.mid");
        var path = Path.Combine(folder, name);
        var reply = Guarded(() =>
        {
            Directory.CreateDirectory(folder);
            return Save(control, path, withMotif);
        });
        if (!reply.Ok)
            return reply;
        if (control.Parameters.Latest(ParameterId.StopAfterDrag) >= 0.5)
            control.Post(new StopAfterCommit());
        return new CommandReply(true, path);
    }

    public static CommandReply LoadMotif(IEngineControl control, string path) => Guarded(() =>
    {
        if (RecordingFile.IsRecording(path))
            return RecordingFile.LoadMotif(control, path);
        using var stream = File.OpenRead(path);
        return ToMotif(ClipFormat.Current.Read(stream)) is { } motif ? control.Run(new LoadMotif(motif)) : CommandReply.Refused("There are no notes in it.");
    });

    /// <summary>The clip's notes from the bar of its first one on, over whole bars; null without notes.</summary>
    public static Motif? ToMotif(Clip clip)
    {
        var notes = clip.Notes.ToArray();
        if (notes.Length == 0)
            return null;
        var meters = clip.ToMeterMap();
        var start = meters.BarAt(clip.ToPpq(notes[0].OnsetTick));
        var lastOnsetPpq = clip.ToPpq(notes.Max(note => note.OnsetTick));
        var endPpq = Math.Min(meters.BarAt(lastOnsetPpq).EndPpq, start.StartPpq + (MostBars * start.Meter.BarPpq));
        return new Motif(0, endPpq - start.StartPpq, start.Meter, [.. notes
            .Where(note => clip.ToPpq(note.OnsetTick) < endPpq)
            .Select(note => new TimelineNote(
                clip.ToPpq(note.OnsetTick) - start.StartPpq,
                clip.ToPpq(Math.Max(note.EndTick, note.OnsetTick + 1)) - start.StartPpq,
                (byte)note.Channel,
                (byte)note.Pitch,
                (byte)note.Velocity))]);
    }

    internal static CommandReply Guarded(Func<CommandReply> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException or SmfException or WavException)
        {
            return CommandReply.Refused(exception.Message);
        }
    }
}

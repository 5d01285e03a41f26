using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Models;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>One small random model for a class of tests, and phrases to feed it.</summary>
public sealed class SmallModel : IDisposable
{
    private readonly RandomLstmFolder _folder = new(new RandomLstm());

    public SmallModel() => Model = SharedModel.Acquire(_folder.Path);

    public static PhraseContext Context { get; } = new(Meter.CommonTime, Role.Melody, new Key(0, Mode.Major));

    public SharedModel Model { get; }

    internal RandomLstm Weights => _folder.Weights;

    /// <summary>Sorted notes of a phrase, some of them chords, drawn from a seed.</summary>
    public static GridNote[] Phrase(int count, int seed)
    {
        var random = new Random(seed);
        var notes = new GridNote[count];
        var onset = 0L;
        var pitch = -1;
        for (var i = 0; i < count; i++)
        {
            var isChord = pitch is >= 0 and < 120 && random.Next(4) == 0;
            onset += isChord ? 0 : random.Next(1, 30);
            pitch = isChord ? pitch + 3 : random.Next(40, 80);
            notes[i] = new GridNote(onset, random.Next(1, 60), pitch, random.Next(1, 128));
        }
        return notes;
    }

    /// <summary>Every logit that a session gives for the next event, with some fixed choices between the heads.</summary>
    public static float[] AllLogits(NoteEventSession session) =>
    [
        .. session.TimeLogits, .. session.PitchLogits(12), .. session.DurationLogits(64), .. session.VelocityLogits(11),
    ];

    public void Dispose()
    {
        Model.Dispose();
        _folder.Dispose();
    }
}

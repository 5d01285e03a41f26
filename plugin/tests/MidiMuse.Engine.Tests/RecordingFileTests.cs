using MidiMuse.Core.Tests.Audio;
using MidiMuse.Engine.Commands;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: the melody that was synthesised into a WAV file.</summary>
public sealed class RecordingFileTests : IDisposable
{
    private const int RateHz = 44100;
    private const double SecondsPerQuarter = 0.5; // 120 bpm, where no transport says otherwise

    private readonly EngineInstance _engine = new(new SilentLink(), new ScriptedModel(), null);
    private readonly string _folder = Directory.CreateTempSubdirectory("midimuse").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_recording_becomes_a_motif_and_is_answered(double leadPpq)
    {
        var song = Phrase.Parse("c4q e4q g4h c4q e4q g4e a4e g4q", leadPpq);
        var sung = song.Select(note => new SungNote(note.OnsetPpq * SecondsPerQuarter, (note.EndPpq * SecondsPerQuarter) - 0.02, note.Pitch)).ToArray();
        var mono = VoiceSynth.Render(sung, Voice.All.First(voice => voice.Name == "clarinet-like"), RateHz, (leadPpq + 8) * SecondsPerQuarter, new Random(1));
        var path = Path.Combine(_folder, "song.WAV");
        File.WriteAllBytes(path, WavBytes.File(mono, 1, RateHz, 16));

        var reply = CommandTable.Run(_engine, "load-motif " + path);
        Assert.True(reply.Ok, reply.Message);
        var snapshot = _engine.Snapshot();
        var motif = snapshot.Motif!;
        Assert.Equal(song.Select(note => (note.OnsetPpq - leadPpq, note.Pitch)), motif.Notes.Select(note => (Math.Round(note.OnsetPpq - motif.StartPpq, 6), note.Pitch)));
        Assert.Equal(8, motif.EndPpq - motif.StartPpq, 6);
        Assert.NotEmpty(snapshot.Answer);
        Assert.Equal(8, snapshot.Audio!.Notes);
        Assert.InRange(snapshot.Audio.Confidence, 0.4, 1);
    }

    [Fact]
    public void What_cannot_be_heard_is_refused_with_the_reason()
    {
        Assert.Contains("No notes", Load("silence.wav", WavBytes.File(new float[RateHz], 1, RateHz, 16)), StringComparison.Ordinal);
        Assert.Contains("4 minutes", Load("long.wav", WavBytes.File(new float[8000 * 241], 1, 8000, 8)), StringComparison.Ordinal);
        Assert.Contains("4000", Load("slow.wav", WavBytes.File(new float[4000], 1, 4000, 16)), StringComparison.Ordinal);
        Assert.Contains("byte", Load("text.wav", "This is no WAV file."u8.ToArray()), StringComparison.Ordinal);
        Assert.NotEmpty(Load("missing.wav", null));
    }

    private string Load(string name, byte[]? bytes)
    {
        var path = Path.Combine(_folder, name);
        if (bytes is not null)
            File.WriteAllBytes(path, bytes);
        var reply = CommandTable.Run(_engine, "load-motif " + path);
        Assert.False(reply.Ok, name);
        return reply.Message!;
    }
}

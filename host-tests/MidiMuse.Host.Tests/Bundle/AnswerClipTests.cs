using MidiMuse.Core.Clips;
using MidiMuse.Host.Motifs;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>The clips that `play` writes.</summary>
[Collection(BundleTests.Name)]
public sealed class AnswerClipTests
{
    private readonly LoadedBundle _bundle;

    public AnswerClipTests(LoadedBundle bundle) => _bundle = bundle;

    [BundleFact]
    public void Every_example_gets_an_answer_that_survives_the_file()
    {
        foreach (var (fileName, clip) in ExampleMotifs.All)
        {
            var plan = new MotifPlan
            {
                Motif = MotifPlan.NotesOf(clip),
                Bars = 4,
                Transport = new() { Tempos = clip.ToTempoMap(), Meters = clip.ToMeterMap() },
            };
            var result = Answers.Play(_bundle, plan);
            Answers.AssertClean(result);
            Assert.True(result.Answer.Count > 0, fileName);
            var written = Written(AnswerClip.AnswerOnly(plan, result));
            Assert.Equal(result.Answer.Count, written.Notes.Count());
            Assert.Equal(clip.Meters[0].Meter, written.Meters[0].Meter);
            Assert.Equal(clip.Tempos[0].Bpm, written.Tempos[0].Bpm, 3);
            Assert.Equal(0, written.Notes.First().OnsetTick);
            Assert.Contains(written.Texts, text => text.Text.StartsWith("MidiMuse; model ", StringComparison.Ordinal));
            Assert.Contains(written.Texts, text => text.Text.StartsWith("MidiMuse; originality: ", StringComparison.Ordinal));
            Assert.Equal(["Motif", "Answer"], Written(AnswerClip.WithMotif(plan, result)).Tracks.Select(t => t.Name));
        }
    }

    private static Clip Written(Clip clip)
    {
        using var stream = new MemoryStream();
        ClipWriter.Write(clip, stream);
        stream.Position = 0;
        return ClipReader.Read(stream);
    }
}

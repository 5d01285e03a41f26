using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.Tests.Controls;
using MidiMuse.Testing;
using Xunit.Abstractions;

namespace MidiMuse.Engine.Tests;

/// <summary>Every factory program on an example motif, with the shipped networks, seed 1. Oracle: what its name promises.</summary>
public sealed class FactoryProgramTests(FactoryProgramTests.Networks networks, ITestOutputHelper output) : IClassFixture<FactoryProgramTests.Networks>
{
    [Theory]
    [MemberData(nameof(Names))]
    public void Plays_what_its_name_says(string name)
    {
        var motif = name is "Drum fill" or "Drums to what I play" ? ExampleMotif.Drums : name == "Ambient pads" ? ExampleMotif.Chords : ExampleMotif.Ode;
        if (name == "Drums to what I play")
            motif = ExampleMotif.Bass;
        var played = Play(name, motif);
        output.WriteLine(Accompany.Duet.Describe(played.Notes, motif.Meter));
        Assert.NotEmpty(played.Notes);
        Check(name, motif, played);
    }

    public static TheoryData<string> Names() => [.. FactoryPrograms.All.Select(program => program.Name)];

    private void Check(string name, Motif motif, Played played)
    {
        switch (name)
        {
            case "Bass to what I play":
                Assert.All(played.Notes, note => Assert.InRange(note.Pitch, 24, 52));
                AssertPlaysAlong(motif, played);
                break;
            case "Chords to what I play":
                Assert.True(played.NotesPerOnset >= 2, $"{played.NotesPerOnset} notes an onset");
                AssertPlaysAlong(motif, played);
                break;
            case "Drums to what I play":
                Assert.All(played.Notes, note => Assert.Equal((byte)9, note.Channel));
                Assert.All(played.Notes, note => Assert.InRange(note.Pitch, 35, 81));
                AssertPlaysAlong(motif, played);
                break;
            case "Walking bass":
                Assert.All(played.Notes, note => Assert.InRange(note.Pitch, 24, 52));
                Assert.InRange(played.OnsetsPerBeat, 0.75, 1);
                Assert.All(played.Notes, note => Assert.Equal(0, note.OnsetPpq % 1, 6));
                Assert.True(played.Notes.Select(note => note.Pitch % 12).Distinct().Count() >= 4, "it stands instead of walking");
                break;
            case "Comping":
                Assert.True(played.NotesPerOnset >= 2, $"{played.NotesPerOnset} notes an onset");
                Assert.True(played.ShareOffTheBeat >= 0.3, $"{played.ShareOffTheBeat} off the beat");
                Assert.True(played.MeanLengthPpq < 0.8, $"{played.MeanLengthPpq} quarters long");
                break;
            case "Ambient pads":
                Assert.InRange(played.OnsetsPerBeat, 0, 0.6);
                Assert.True(played.MeanLengthPpq >= 1.5, $"{played.MeanLengthPpq} quarters long");
                Assert.All(played.Notes, note => Assert.InRange(note.Velocity, 28, 64));
                Assert.True(played.NotesPerOnset >= 2, $"{played.NotesPerOnset} notes an onset");
                break;
            case "Counter-melody":
                Assert.Equal(1, played.NotesPerOnset);
                Assert.InRange(played.OnsetsPerBeat, 0.3, 0.8);
                AssertPlaysAlong(motif, played);
                break;
            case "Arpeggio":
                Assert.Equal(1, played.NotesPerOnset);
                Assert.InRange(played.OnsetsPerBeat, 1.5, 2.1);
                Assert.True(played.ShareOfLeaps >= 0.6, $"{played.ShareOfLeaps} leaps");
                break;
            case "Drum fill":
                Assert.All(played.Notes, note => Assert.InRange(note.OnsetPpq, motif.EndPpq, motif.EndPpq + motif.Meter.BarPpq));
                Assert.InRange(played.Notes.Count, 10, 64);
                break;
            case "Variation of my motif":
                Assert.InRange(Likeness(motif, played), 0.3, 0.99);
                break;
            case "Song of sixteen bars, A A B A":
                AssertForm(played);
                break;
            case "Closing phrase":
                Assert.Equal(2, played.Notes[^1].Pitch % 12);
                Assert.Equal(0, played.Notes[^1].OnsetPpq % 2, 6);
                break;
            case "Close to the motif":
                Assert.True(Likeness(motif, played) > Likeness(motif, Play("Far from the motif", motif)));
                break;
            case "Trade two bars":
                Assert.InRange(played.Notes[^1].OnsetPpq, 8, 16);
                break;
            case "Trade four bars":
                Assert.InRange(played.Notes[^1].OnsetPpq, 24, 32);
                break;
        }
    }

    private static void AssertPlaysAlong(Motif motif, Played played)
    {
        Assert.Equal(motif.Meter.BarPpq, played.Notes[0].OnsetPpq, 3);
        Assert.Contains(played.Notes, note => note.OnsetPpq >= motif.EndPpq);
        Assert.All(played.Notes, note => Assert.NotEqual(motif.Channel, note.Channel));
    }

    /// <summary>The second and the last four bars are more like the first four than the third four are.</summary>
    private static void AssertForm(Played played)
    {
        double Alike(int section, int other) => SharedWith(Section(section), Section(other));
        HashSet<(double, int)> Section(int index) => [.. played.Notes.Where(note => Math.Floor((note.OnsetPpq - 16) / 16) == index).Select(note => (Math.Round((note.OnsetPpq - 16) % 16, 4), (int)note.Pitch))];
        Assert.True(Alike(0, 1) > 0.4 && Alike(0, 3) > 0.4, $"{Alike(0, 1)} {Alike(0, 3)}");
        Assert.True(Alike(0, 2) < Math.Min(Alike(0, 1), Alike(0, 3)), $"{Alike(0, 2)}");
    }

    private static double SharedWith(HashSet<(double, int)> one, HashSet<(double, int)> other) => 2.0 * one.Count(other.Contains) / (one.Count + other.Count);

    private static double Likeness(Motif motif, Played played)
    {
        var length = motif.EndPpq;
        HashSet<(double, int)> wanted = [.. motif.Notes.Select(note => (Math.Round(note.OnsetPpq, 4), (int)note.Pitch))];
        return SharedWith(wanted, [.. played.Notes.Where(note => note.OnsetPpq < 2 * length).Select(note => (Math.Round(note.OnsetPpq - length, 4), (int)note.Pitch))]);
    }

    private Played Play(string name, Motif motif)
    {
        var host = new FakeHost(networks.Model) { Meter = motif.Meter };
        host.Set(ParameterId.Capture, motif.Bars switch { 1 => 1, 2 => 2, _ => 3 });
        host.Set(ParameterId.Program, FactoryPrograms.All.TakeWhile(program => program.Name != name).Count());
        if (FactoryPrograms.All.Single(program => program.Name == name).Values.Any(value => value.Key == "mode" && value.Plain < 1))
            host.Set(ParameterId.Capture, motif.Bars switch { 1 => 1, 2 => 2, _ => 3 });
        host.Set(ParameterId.Arm, 1);
        host.Schedule(motif.Notes);
        host.Start();
        var isLong = name.StartsWith("Song", StringComparison.Ordinal);
        var untilPpq = motif.EndPpq + ((isLong ? 17 : 5) * motif.Meter.BarPpq);
        host.PlayTo(untilPpq, 0.5);
        return new Played([.. host.Heard], motif.Meter, untilPpq);
    }

    private sealed record Played(List<TimelineNote> Notes, Meter Meter, double UntilPpq)
    {
        private List<double> Onsets => [.. Notes.Select(note => Math.Round(note.OnsetPpq, 4)).Distinct()];

        public double NotesPerOnset => Notes.Count / (double)Onsets.Count;

        public double OnsetsPerBeat => Onsets.Count / (UntilPpq - Notes[0].OnsetPpq);

        public double ShareOffTheBeat => Onsets.Count(onset => onset % 1 > 1e-3) / (double)Onsets.Count;

        public double MeanLengthPpq => Notes.Average(note => note.EndPpq - note.OnsetPpq);

        public double ShareOfLeaps => Notes.Zip(Notes.Skip(1)).Count(pair => Math.Abs(pair.First.Pitch - pair.Second.Pitch) > 2) / (double)(Notes.Count - 1);
    }

    public sealed class Networks : IDisposable
    {
        private static readonly string Weights = Path.Combine(ControlBench.RepositoryRoot(), "models", "weights");

        public IContinuationModel Model { get; } = ModelChoice.Open(Weights, PatternComposer.Load(Path.Combine(Weights, "vae"), Path.Combine(Weights, "gan")));

        public void Dispose() => Model.Dispose();
    }
}

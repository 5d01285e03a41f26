using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Steering;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Models;

/// <summary>What every shipped model of note events must do.</summary>
public abstract class ShippedModelTests(string folder) : IDisposable
{
    /// <summary>Beethoven, opus 125, in D major.</summary>
    private static readonly int[] ThemePitches = [66, 66, 67, 69, 69, 67, 66, 64, 62, 62, 64, 66, 66, 64, 64];

    private static readonly GridNote[] Theme = [.. ThemePitches.Select((pitch, i) => new GridNote(i * 24, 22, pitch, 80))];

    private static readonly PhraseContext Context = new(Meter.CommonTime, Role.Melody, new Key(2, Mode.Major));

    private readonly SharedModel _model = SharedModel.Acquire(folder);

    public void Dispose()
    {
        _model.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Oracle: PyTorch, golden.json.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void The_shipped_graphs_answer_like_PyTorch(int eventsAtOnce)
    {
        using var model = SharedModel.Acquire(folder, Device.CpuGraphs);
        using var session = model.CreateSession();
        new GoldenAnswers(folder).AssertSession(session, eventsAtOnce);
    }

    /// <summary>How many notes wait to be read depends on when the engine wakes up; the answer must not. Seed 31, through two forgettings.</summary>
    [Fact]
    public void Prefilling_a_phrase_is_bit_for_bit_the_same_as_stepping_through_it()
    {
        var notes = SmallModel.Phrase(420, 31);
        using var stepped = _model.CreateSession();
        using var prefilled = _model.CreateSession();
        stepped.Reset(SmallModel.Context);
        foreach (var note in notes)
            stepped.Step(note);
        prefilled.Reset(SmallModel.Context);
        prefilled.Prefill(notes.AsSpan(0, 1));
        prefilled.Prefill(notes.AsSpan(1, 70));
        prefilled.Prefill(notes.AsSpan(71));

        Assert.Equal(stepped.PositionTick, prefilled.PositionTick);
        Assert.Equal(SmallModel.AllLogits(stepped), SmallModel.AllLogits(prefilled));
    }

    /// <summary>Seeds 0..49.</summary>
    [Fact]
    public void A_theme_is_continued_within_its_key_and_bars_for_every_seed()
    {
        var scale = PitchClassSet.OfKey(new Key(2, Mode.Major));
        var notes = Continue(ConditionLane.Empty, 50, new NoteConstraints(scale, 55, 86) { MaxPolyphony = 1 });
        Assert.All(notes, note => Assert.True(scale.Contains(note.Pitch), note.ToString()));
        Assert.True(notes.Count > 50, $"only {notes.Count} notes in 100 bars");
    }

    /// <summary>Told a chord, the same theme goes on with more of its notes than told another. Seeds 0..95, two bars each: far beyond chance.</summary>
    [Fact]
    public void A_chord_that_is_told_is_heard_in_the_answer()
    {
        var a = Chord.Of(9, ChordQuality.Major);
        var g = Chord.Of(7, ChordQuality.Major);
        var (toldA, toldG) = (Asked(new NoteConditions { Chord = a }), Asked(new NoteConditions { Chord = g }));
        Assert.True(Share(toldA, a) > Share(toldG, a) + 0.1, $"{Share(toldA, a):f2} of the notes are in A where A was told, {Share(toldG, a):f2} where G was");
    }

    private static double Share(List<GridNote> notes, Chord chord) => notes.Count(n => chord.Contains(n.Pitch)) / (double)notes.Count;

    /// <summary>Bars 4 and 5 after the theme, for each seed.</summary>
    private List<GridNote> Continue(ConditionLane told, int seeds, NoteConstraints? constraints = null)
    {
        using var session = _model.CreateSession();
        session.Reset(Context with { Conditions = told });
        session.Prefill(Theme);
        session.Save(0);
        var generator = new BarGenerator();
        var bar = new GridNote[128];
        var all = new List<GridNote>();
        for (var seed = 0; seed < seeds; seed++)
        {
            session.Restore(0);
            var answer = Theme.ToList();
            for (var index = 4; index < 6; index++)
            {
                var request = new BarRequest
                {
                    StartTick = index * 96,
                    EndTick = (index + 1) * 96,
                    Sampler = SamplerSettings.Uniform(0.9, 0.95),
                    Constraints = constraints ?? NoteConstraints.None,
                    Steering = [new OrnamentLimit(Role.Melody, Theme, answer, index * 96)],
                };
                var random = Xoshiro256.ForBar((ulong)seed, index, 0);
                var result = generator.Generate(session, request, ref random, bar);
                Assert.Equal((BarStatus.Complete, 0), (result.Status, result.ForcedDraws));
                answer.AddRange(bar[..result.NoteCount]);
            }
            all.AddRange(answer[Theme.Length..]);
        }
        return all;
    }

    /// <summary>The theme is told as what it is, the answer as what is asked for.</summary>
    protected List<GridNote> Asked(NoteConditions conditions)
    {
        var own = PhraseCharacter.Of(Theme, 4 * 96, Mode.Major, velocityIsKnown: true)!.Value.ToConditions(Role.Melody);
        return Continue(new ConditionLane([(0, own with { Chord = conditions.Chord is null ? null : Chord.Of(2, ChordQuality.Major) }), (4 * 96, conditions)]), 96);
    }
}

public sealed class ShippedTransformerTests() : ShippedModelTests(RepositoryFolders.TransformerWeights)
{
    /// <summary>Asked to be dense, the same theme goes on with more notes than asked to be sparse. Seeds 0..95, two bars each.</summary>
    [Fact]
    public void Asked_to_be_dense_it_plays_more_notes_than_asked_to_be_sparse()
    {
        var sparse = Asked(new NoteConditions { Density = 2 });
        var dense = Asked(new NoteConditions { Density = 7 });
        Assert.True(dense.Count > 1.25 * sparse.Count, $"{dense.Count} notes where many were asked for, {sparse.Count} where few were");
    }

    /// <summary>Oracle: the same weights in 32 bits. Seed 32. What is asked is what a draw depends on: probabilities.</summary>
    [Fact]
    public void Eight_bits_hardly_move_a_probability()
    {
        using var eightBits = SharedModel.Acquire(RepositoryFolders.TransformerWeights);
        using var graphs = SharedModel.Acquire(RepositoryFolders.TransformerWeights, Device.CpuGraphs);
        using var quick = eightBits.CreateSession();
        using var exact = graphs.CreateSession();
        quick.Reset(SmallModel.Context);
        exact.Reset(SmallModel.Context);
        var worst = 0.0;
        foreach (var note in SmallModel.Phrase(150, 32))
        {
            quick.Step(note);
            exact.Step(note);
            worst = Math.Max(worst, Moved(exact.TimeLogits, quick.TimeLogits));
            worst = Math.Max(worst, Moved(exact.PitchLogits(6), quick.PitchLogits(6)));
            worst = Math.Max(worst, Moved(exact.DurationLogits(60), quick.DurationLogits(60)));
            worst = Math.Max(worst, Moved(exact.VelocityLogits(11), quick.VelocityLogits(11)));
        }
        Assert.InRange(worst, 1e-6, 0.06);
    }

    /// <summary>The share of probability that lies elsewhere: total variation.</summary>
    private static double Moved(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var (a, b) = (Softmax(expected), Softmax(actual));
        return a.Zip(b, (x, y) => Math.Abs(x - y)).Sum() / 2;
    }

    private static double[] Softmax(ReadOnlySpan<float> logits)
    {
        var powers = logits.ToArray().Select(l => Math.Exp(l)).ToArray();
        return [.. powers.Select(p => p / powers.Sum())];
    }
}

public sealed class ShippedLstmTests() : ShippedModelTests(RepositoryFolders.LstmWeights);

using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Models;

public sealed class ShippedTransformerTests : IDisposable
{
    private readonly SharedModel _model = SharedModel.Acquire(RepositoryFolders.TransformerWeights);

    public void Dispose() => _model.Dispose();

    /// <summary>Oracle: PyTorch, golden.json.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void The_shipped_model_answers_like_PyTorch(int eventsAtOnce)
    {
        var golden = new GoldenTransformer(RepositoryFolders.TransformerWeights);
        using var session = _model.CreateSession();
        session.ClearState();
        for (var step = 0; step < golden.Events.Length; step += eventsAtOnce)
        {
            session.Read(golden.Events.AsSpan(step, eventsAtOnce), golden.Conditions.AsSpan(step, eventsAtOnce));
            golden.AssertHeads(session, step + eventsAtOnce - 1);
        }
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

    /// <summary>
    /// Asked to be dense, the same theme goes on with more notes than asked to be sparse; told a chord, with more of its
    /// notes than told another. Seeds 0..23, two bars each: far beyond chance for a model that listens.
    /// </summary>
    [Fact]
    public void What_is_asked_for_is_heard_in_the_answer()
    {
        var sparse = Continue(new NoteConditions { Density = 2 });
        var dense = Continue(new NoteConditions { Density = 7 });
        Assert.True(dense.Count > 1.25 * sparse.Count, $"{dense.Count} notes where many were asked for, {sparse.Count} where few were");

        var a = Chord.Of(9, ChordQuality.Major);
        var g = Chord.Of(7, ChordQuality.Major);
        var (toldA, toldG) = (Continue(new NoteConditions { Chord = a }), Continue(new NoteConditions { Chord = g }));
        Assert.True(Share(toldA, a) > Share(toldG, a) + 0.1, $"{Share(toldA, a):f2} of the notes are in A where A was told, {Share(toldG, a):f2} where G was");
    }

    private static double Share(List<GridNote> notes, Chord chord) => notes.Count(n => chord.Contains(n.Pitch)) / (double)notes.Count;

    /// <summary>Two bars after a theme (Beethoven's, opus 125), for each seed.</summary>
    private List<GridNote> Continue(NoteConditions conditions)
    {
        int[] pitches = [66, 66, 67, 69, 69, 67, 66, 64, 62, 62, 64, 66, 66, 64, 64];
        var theme = pitches.Select((pitch, i) => new GridNote(i * 24, 22, pitch, 80)).ToArray();
        // The theme is told as what it is.
        var own = PhraseCharacter.Of(theme, 4 * 96, Mode.Major, velocityIsKnown: true)!.Value.ToConditions(Role.Melody);
        var lane = new ConditionLane([(0, own with { Chord = conditions.Chord is null ? null : Chord.Of(2, ChordQuality.Major) }), (4 * 96, conditions)]);
        using var session = _model.CreateSession();
        session.Reset(new PhraseContext(Meter.CommonTime, Role.Melody, new Key(2, Mode.Major)) { Conditions = lane });
        session.Prefill(theme);
        session.Save(0);
        var generator = new BarGenerator();
        var bar = new GridNote[128];
        var all = new List<GridNote>();
        for (var seed = 0; seed < 24; seed++)
        {
            session.Restore(0);
            for (var index = 4; index < 6; index++)
            {
                var request = new BarRequest { StartTick = index * 96, EndTick = (index + 1) * 96, Sampler = SamplerSettings.Uniform(0.9, 0.95) };
                var random = Xoshiro256.ForBar((ulong)seed, index, 0);
                all.AddRange(bar[..generator.Generate(session, request, ref random, bar).NoteCount]);
            }
        }
        return all;
    }
}

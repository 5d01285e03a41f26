using MidiMuse.Core.Baselines;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Tests.Baselines;

public class MarkovModelTests
{
    private static readonly PhraseContext Context = new(Meter.CommonTime, Role.Melody, null);

    [Theory]
    [InlineData(NoteAspect.Time)]
    [InlineData(NoteAspect.Pitch)]
    [InlineData(NoteAspect.Duration)]
    [InlineData(NoteAspect.Velocity)]
    public void Every_distribution_sums_to_one_and_leaves_no_class_impossible(NoteAspect aspect)
    {
        const int Seed = 5;
        var random = new Random(Seed);
        var model = new MarkovModel();
        for (var i = 0; i < 20; i++)
            model.Learn(RandomPhrase(random), endsPiece: i % 2 == 0);
        var probabilities = new double[MarkovModel.ClassesOf(aspect)];
        for (var i = 0; i < 200; i++)
        {
            var phrase = RandomPhrase(random);
            var length = 1 + random.Next(phrase.Length - 1);
            model.Distribution(aspect, phrase.AsSpan(0, length), phrase[length], probabilities);
            Assert.True(Math.Abs(probabilities.Sum() - 1) < 1e-9, $"Seed {Seed}, phrase {i}: the sum is {probabilities.Sum()}.");
            Assert.True(probabilities.Min() > 0, $"Seed {Seed}, phrase {i}: a class is impossible.");
            var follower = random.Next(probabilities.Length);
            Assert.Equal(probabilities[follower], model.Probability(aspect, phrase.AsSpan(0, length), phrase[length], follower), 12);
        }
    }

    [Fact]
    public void An_untaught_model_knows_nothing()
    {
        var probabilities = new double[NoteEventVocabulary.PitchTargets];
        new MarkovModel().Distribution(NoteAspect.Pitch, [new NoteEventEncoder(Context).Start], default, probabilities);
        Assert.All(probabilities, p => Assert.Equal(1.0 / 128, p, 12));
    }

    [Fact]
    public void One_observation_gives_the_probability_of_Witten_and_Bell()
    {
        // One phrase of one note: each of the time features' 6 contexts was seen once with 1 follower, so that
        // p_k = (1 + p_(k-1)) / 2 from p_0 = 1 / 130.
        var encoder = new NoteEventEncoder(Context);
        NoteEvent[] phrase = [encoder.Start, encoder.Encode(new GridNote(24, 24, 60, 80))];
        var model = new MarkovModel();
        model.Learn(phrase, endsPiece: false);
        var probabilities = new double[NoteEventVocabulary.TimeShiftTargets];
        model.Distribution(NoteAspect.Time, phrase.AsSpan(0, 1), default, probabilities);
        var expected = 1.0 / 130;
        for (var context = 0; context < 6; context++)
            expected = (1 + expected) / 2;
        Assert.Equal(expected, probabilities[24], 12);
    }

    [Fact]
    public void A_repeated_tune_is_continued_as_it_went()
    {
        var encoder = new NoteEventEncoder(Context);
        var phrase = new List<NoteEvent> { encoder.Start };
        int[] tune = [60, 62, 64, 67];
        for (var i = 0; i < 40; i++)
            phrase.Add(encoder.Encode(new GridNote(i * 24, 24, tune[i % 4], 80)));
        var model = new MarkovModel();
        model.Learn(phrase.ToArray(), endsPiece: true);
        var history = phrase.ToArray().AsSpan(0, 13);
        var probabilities = new double[NoteEventVocabulary.PitchTargets];
        model.Distribution(NoteAspect.Pitch, history, phrase[13], probabilities);
        Assert.Equal(phrase[13].Pitch, Array.IndexOf(probabilities, probabilities.Max()));
    }

    private static NoteEvent[] RandomPhrase(Random random)
    {
        var encoder = new NoteEventEncoder(Context);
        var phrase = new List<NoteEvent> { encoder.Start };
        for (var i = 0; i < 30; i++)
            phrase.Add(encoder.Append(6 * random.Next(5), 55 + random.Next(12), random.Next(48), random.Next(33)));
        return [.. phrase];
    }
}

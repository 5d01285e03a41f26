using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Sampling;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Models;

public sealed class ShippedLstmTests
{
    /// <summary>ONNX Runtime and PyTorch add in different orders; a wrong gate order or table is off by far more.</summary>
    private const double Tolerance = 1e-4;

    private readonly GoldenAnswers _golden = new(Path.Combine(RepositoryFolders.LstmWeights, "golden.json"));

    /// <summary>Oracle: PyTorch, golden.json.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_shipped_model_answers_like_PyTorch(int eventsAtOnce)
    {
        using var model = SharedModel.Acquire(RepositoryFolders.LstmWeights);
        using var session = model.CreateSession();
        for (var row = 0; row < _golden.Batch; row++)
        {
            session.ClearState();
            for (var step = 0; step < _golden.Steps; step += eventsAtOnce)
            {
                var events = Enumerable.Range(step, eventsAtOnce).Select(i => _golden.Event(i, row)).ToArray();
                session.Read(events, new ConditionRow[events.Length]);
                AssertHeads(session, step + eventsAtOnce - 1, row);
            }
        }
    }

    /// <summary>The theme is Beethoven's, opus 125. Seeds 0..49.</summary>
    [Fact]
    public void A_theme_is_continued_within_its_key_and_bars_for_every_seed()
    {
        var context = new PhraseContext(Meter.CommonTime, Role.Melody, new Key(2, Mode.Major));
        int[] pitches = [66, 66, 67, 69, 69, 67, 66, 64, 62, 62, 64, 66];
        var theme = pitches.Select((pitch, i) => new GridNote(i * 24, 22, pitch, 80)).ToArray();
        var scale = PitchClassSet.OfKey(new Key(2, Mode.Major));
        using var model = SharedModel.Acquire(RepositoryFolders.LstmWeights);
        using var session = model.CreateSession();
        session.Reset(context);
        session.Prefill(theme);
        session.Save(0);
        var generator = new BarGenerator();
        var notes = new GridNote[128];
        var total = 0;
        for (var seed = 0; seed < 50; seed++)
        {
            session.Restore(0);
            for (var bar = 4; bar < 6; bar++)
            {
                var request = new BarRequest
                {
                    StartTick = bar * 96,
                    EndTick = (bar + 1) * 96,
                    Sampler = SamplerSettings.Uniform(0.9, 0.95),
                    Constraints = new NoteConstraints(scale, 55, 86) { MaxPolyphony = 1 },
                };
                var random = Xoshiro256.ForBar((ulong)seed, bar, 0);
                var result = generator.Generate(session, request, ref random, notes);
                Assert.Equal((BarStatus.Complete, 0), (result.Status, result.ForcedDraws));
                Assert.All(notes[..result.NoteCount], note => Assert.True(scale.Contains(note.Pitch), $"seed {seed}: {note}"));
                total += result.NoteCount;
            }
        }
        Assert.True(total > 50, $"only {total} notes in 100 bars");
    }

    private void AssertHeads(NoteEventSession session, int step, int row)
    {
        AssertClose("time_logits", session.StateTimeLogits, step, row);
        AssertClose("pitch_logits", session.RunPitchHead(_golden.Choice("time_shift", step, row), _golden.Choice("position", step, row), _golden.Choice("bar_phase", step, row), chord: 0), step, row);
        AssertClose("duration_logits", session.RunDurationHead(_golden.Choice("pitch", step, row)), step, row);
        AssertClose("velocity_logits", session.RunVelocityHead(_golden.Choice("duration", step, row)), step, row);
    }

    private void AssertClose(string name, ReadOnlySpan<float> actual, int step, int row)
    {
        var expected = _golden.Row(name, step, row);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, $"{name}[{step}, {row}, {i}] is {actual[i]} instead of {expected[i]}");
    }
}

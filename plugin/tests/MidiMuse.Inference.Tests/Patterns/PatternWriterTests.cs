using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Tests.Patterns;

public class PatternWriterTests
{
    /// <summary>Random logits, scales, ranges, voices and ringing notes; seeds 0..399.</summary>
    [Fact]
    public void No_note_breaks_a_constraint_whatever_the_decoder_says()
    {
        var writer = new PatternWriter();
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var low = random.Next(20, 90);
            var constraints = new NoteConstraints(new PitchClassSet(random.Next(1, 4096)), low, Math.Min(127, low + random.Next(1, 40))) with
            {
                MaxPolyphony = random.Next(1, 7),
                MaxRingOverTicks = random.Next(3) * 24,
            };
            constraints = constraints.WithVelocities(40, 90);
            GridNote[] ringing = random.Next(2) == 0 ? [] : [new GridNote(80, random.Next(1, 60), low, 80)];
            var notes = new GridNote[128];
            var count = Write(writer, random, constraints, ringing, notes);
            var written = notes[..count];

            Assert.True(written.SequenceEqual(written.OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch)), $"Seed {seed}: not sorted.");
            foreach (var note in written)
            {
                Assert.True(constraints.Pitches.Contains(note.Pitch), $"Seed {seed}: pitch {note.Pitch}.");
                Assert.InRange(note.OnsetTick, 96, 191);
                Assert.InRange(note.DurationTicks, 1, int.MaxValue);
                Assert.True(note.EndTick <= 192 + constraints.MaxRingOverTicks, $"Seed {seed}: rings too long.");
                Assert.InRange(note.Velocity, 40, 92);
            }
            for (var tick = 96L; tick < 260; tick++)
            {
                var sounding = written.Concat(ringing).Where(n => n.OnsetTick <= tick && n.EndTick > tick).ToArray();
                Assert.True(sounding.Length <= constraints.MaxPolyphony, $"Seed {seed}: {sounding.Length} voices at tick {tick}.");
                Assert.True(sounding.DistinctBy(n => n.Pitch).Count() == sounding.Length, $"Seed {seed}: a pitch sounds twice at tick {tick}.");
            }
        }
    }

    /// <summary>A line of pattern notes as logits: the likeliest reading is the line itself.</summary>
    [Fact]
    public void The_likeliest_notes_are_written_at_their_steps()
    {
        PatternNote[] line = [new(0, 36, 9), new(8, 38, 6), new(12, 40, 6), new(16, 41, 11)];
        var logits = new AnchoredLogits();
        logits.Pull(line, 5);
        var notes = new GridNote[16];
        var random = new Xoshiro256(1);
        var count = new PatternWriter().Write(logits.Logits, Request(NoteConstraints.None, [], new byte[PatternVocabulary.Steps], 0), ref random, notes);
        Assert.Equal([(96L, 24, 60), (120L, 12, 62), (132L, 12, 64), (144L, 48, 65)], notes[..count].Select(n => (n.OnsetTick, n.DurationTicks, n.Pitch)));
    }

    [Fact]
    public void Logits_that_are_no_numbers_are_reported()
    {
        var pitch = new float[PatternVocabulary.Steps * PatternVocabulary.Counts];
        Array.Fill(pitch, float.NaN);
        var logits = new PatternLogits
        {
            Count = pitch,
            Pitch = new float[PatternVocabulary.Steps * PatternVocabulary.Pitches],
            LowDuration = new float[PatternVocabulary.Steps * PatternVocabulary.Durations],
            HighDuration = new float[PatternVocabulary.Steps * PatternVocabulary.Durations],
        };
        var random = new Xoshiro256(1);
        Assert.Equal(-1, new PatternWriter().Write(logits, Request(NoteConstraints.None, [], new byte[PatternVocabulary.Steps], 0), ref random, new GridNote[8]));
    }

    private static int Write(PatternWriter writer, Random random, NoteConstraints constraints, GridNote[] ringing, GridNote[] notes)
    {
        float[] Draw(int classes) => [.. Enumerable.Range(0, PatternVocabulary.Steps * classes).Select(_ => (float)(6 * random.NextDouble()))];
        var logits = new PatternLogits
        {
            Count = Draw(PatternVocabulary.Counts),
            Pitch = Draw(PatternVocabulary.Pitches),
            LowDuration = Draw(PatternVocabulary.Durations),
            HighDuration = Draw(PatternVocabulary.Durations),
        };
        var velocities = new byte[PatternVocabulary.Steps];
        random.NextBytes(velocities);
        for (var i = 0; i < velocities.Length; i++)
            velocities[i] = (byte)Math.Clamp(velocities[i] / 2, 1, 127);
        var draws = new Xoshiro256((ulong)random.Next());
        return writer.Write(logits, Request(constraints, ringing, velocities, random.NextDouble()), ref draws, notes);
    }

    private static PatternRequest Request(NoteConstraints constraints, ReadOnlySpan<GridNote> ringing, ReadOnlySpan<byte> velocities, double temperature) => new()
    {
        FirstStep = 0,
        StartTick = 96,
        EndTick = 192,
        Frame = default,
        Constraints = constraints,
        Velocities = velocities,
        Ringing = ringing,
        Draw = new DrawSettings(temperature, 1),
    };
}

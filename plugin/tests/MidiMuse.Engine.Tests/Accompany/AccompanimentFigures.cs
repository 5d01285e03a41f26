using MidiMuse.Core.Harmony;
using MidiMuse.Core.Rhythm;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.Tests.Controls;
using MidiMuse.Inference.Models;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests.Accompany;

/// <summary>
/// The shipped model plays along with parts whose chords are known, seeds 0 and 1, beside the same with Chords off.
/// Oracle: the chords that the parts were written with.
/// </summary>
public sealed class AccompanimentFigures
{
    private static readonly (string Part, string Chords)[] Parts =
    [
        ("c4+e4+g4w g3+b3+d4w a3+c4+e4w f3+a3+c4w", "C | G | Am | F"),
        ("d4+f4+a4w g3+b3+d4+f4w c4+e4+g4h a3+c#4+e4h", "Dm | G7 | C A"),
        ("e4e g#4e b4e g#4e e5q b4q c#4e e4e g#4e e4e c#5q g#4q a4e c#5e e5e c#5e a4q e4q b3e d#4e f#4e d#4e b4q f#4q", "E | C#m | A | B"),
    ];

    [Theory]
    [InlineData("Bass")]
    [InlineData("Chords")]
    public void On_strong_beats_it_has_tones_of_the_chords_that_are_played(string role)
    {
        var (off, on) = (Share(role, "Chords=Off"), Share(role, "Chords=From the motif"));
        var what = $"share of strong-beat notes of the {role.ToLowerInvariant()} that are tones of the chords that are played meanwhile";
        FigureLog.Row("Mode", $"{what}, first time round", off.First, ("Accompany, chords as heard", on.First));
        FigureLog.Row("Mode", $"{what}, from the second time on", off.Later, ("Accompany, chords as heard", on.Later));
        Assert.True(on.Later > 0.85 && on.Later > off.Later + 0.15, $"off {off}, on {on}");
    }

    private static (double First, double Later) Share(string role, string chords)
    {
        var (first, later) = (new List<bool>(), new List<bool>());
        foreach (var (part, symbols) in Parts)
        {
            Assert.True(ChordLane.TryParse(symbols, out var lane, out _));
            var bars = lane!.Bars;
            var barPpq = Meter.CommonTime.BarPpq;
            var notes = Enumerable.Range(0, 3).SelectMany(pass => Phrase.Parse(part, pass * bars * barPpq)).ToArray();
            foreach (var seed in Enumerable.Range(0, 2))
            {
                using var model = new ModelContinuation(SharedModel.Acquire(Path.Combine(ControlBench.RepositoryRoot(), "models", "weights", "transformer")));
                var host = Duet.Play(model, notes, Meter.CommonTime, 9 * barPpq, settings: [$"Role={role}", chords, $"Seed={seed}"]);
                AssertInRange(host.Heard, role);
                foreach (var note in host.Heard)
                {
                    var tick = GridTime.ToTick(note.OnsetPpq);
                    if (!MetricalLevel.IsStrong(Meter.CommonTime, tick % Meter.CommonTime.BarTicks))
                        continue;
                    (note.OnsetPpq < bars * barPpq ? first : later).Add(lane.At(Meter.CommonTime, tick).Contains(note.Pitch));
                }
            }
        }
        Assert.True(first.Count > 20 && later.Count > 40, $"only {first.Count} and {later.Count} notes to judge by");
        return (first.Average(isTone => isTone ? 1 : 0), later.Average(isTone => isTone ? 1 : 0));
    }

    private static void AssertInRange(IEnumerable<TimelineNote> notes, string role)
    {
        var (lowest, highest) = role == "Bass" ? (28, 52) : (48, 76);
        Assert.All(notes, note => Assert.InRange(note.Pitch, lowest, highest));
    }
}

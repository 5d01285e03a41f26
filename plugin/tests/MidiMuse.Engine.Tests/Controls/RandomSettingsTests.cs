using CsCheck;
using MidiMuse.Core.Harmony;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>Random values of all controls at once, on every example motif. CsCheck prints the seed of a failure.</summary>
public sealed class RandomSettingsTests(ControlBench bench) : IClassFixture<ControlBench>
{
    private static readonly string[] Progressions = ["Dm7 | G7 | Cmaj7 | %", "F#m7b5 B7 | Em", "C", "N.C. | Ab G", "Bbmaj7 / Eb | D7alt", "E7#9"];

    [Fact]
    public void No_note_of_the_model_breaks_a_limit_and_no_answer_is_empty() => Check(iterations: 120, withModel: true);

    [Fact]
    public void No_note_of_the_fallback_breaks_a_limit_and_no_answer_is_empty() => Check(iterations: 600, withModel: false);

    private void Check(long iterations, bool withModel)
    {
        Gen.Select(Gen.Double[0, 1].Array[ParameterTable.All.Count], Gen.Bool.Array[ParameterTable.All.Count], Gen.Int[0, Progressions.Length], Gen.Int[0, ExampleMotif.All.Length - 1], Gen.Int[0, 9999])
            .Sample(
                (values, isSet, progression, motif, seed) => Check(SettingsOf(values, isSet, progression), ExampleMotif.All[motif], seed, withModel),
                iter: iterations,
                threads: 1);
    }

    private void Check(MusicSettings settings, Motif motif, int seed, bool withModel)
    {
        var answer = bench.Play(motif, settings, motif.Bars, seed, withModel);
        HardLimits.AssertHold(answer);
        Assert.True(answer.Notes.Length > 0 || CannotSound(answer), $"silence; {settings}");
    }

    /// <summary>
    /// Chords that have no tone in the fixed scale leave the strong beats empty, and a locked rhythm may have no others;
    /// a drum lock with a range that its drums are out of leaves nothing to hit.
    /// </summary>
    private static bool CannotSound(Answer answer) =>
        (answer.Settings is { FixedScale: not null, ChordTones: >= 1 } && answer.Character.Chords is not null)
        || (answer.Settings.DrumLock != DrumLock.Off && (answer.Settings.LowNote is not null || answer.Settings.HighNote is not null));

    private static MusicSettings SettingsOf(double[] values, bool[] isSet, int progression)
    {
        var parameters = new ParameterValues();
        for (var i = 0; i < values.Length; i++)
        {
            var definition = ParameterTable.All[i];
            var isControl = definition.Id is ParameterId.Key or ParameterId.Scale or ParameterId.Role or (>= ParameterId.CustomScale and <= ParameterId.Style);
            if (isControl && isSet[i])
                parameters.Set(definition.Id, values[i] > 0.8 ? 1 : values[i]);
        }
        Assert.True(progression == Progressions.Length || ChordLane.TryParse(Progressions[progression], out _, out _));
        var lane = progression < Progressions.Length ? ControlBench.Lane(Progressions[progression]) : null;
        return MusicSettings.From(parameters) with { Chords = lane };
    }
}

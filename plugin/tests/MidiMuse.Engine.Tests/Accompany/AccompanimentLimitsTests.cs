using CsCheck;
using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.Tests.Controls;
using MidiMuse.Inference.Models;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests.Accompany;

/// <summary>
/// Random limits on accompaniments to the example motifs. Oracle: the limits as plugin/docs/CONTROLS.md states them, in
/// every note; no bar is silent without a network, and no answer with one. CsCheck prints the seed of a failure.
/// </summary>
public sealed class AccompanimentLimitsTests
{
    private const int Bars = 6;

    [Fact]
    public void Without_a_network_every_note_keeps_to_the_limits()
    {
        using var model = new ScriptedModel { Fault = "none" };
        Gen.Int[0, int.MaxValue - 1].Sample(seed => Check(seed, model, maySkipBars: false), iter: 150, threads: 1);
    }

    [Fact]
    public void With_the_network_every_note_keeps_to_the_limits()
    {
        using var model = new ModelContinuation(SharedModel.Acquire(Path.Combine(ControlBench.RepositoryRoot(), "models", "weights", "lstm")));
        Gen.Int[0, int.MaxValue - 1].Sample(seed => Check(seed, model, maySkipBars: true), iter: 20, threads: 1);
    }

    /// <param name="maySkipBars">A network may rest for a bar, as players do, but not throughout.</param>
    private static void Check(int seed, IContinuationModel model, bool maySkipBars)
    {
        var random = new Random(seed);
        var motif = ExampleMotif.All[random.Next(ExampleMotif.All.Length)];
        var part = Enumerable.Range(0, (Bars / motif.Bars) + 1).SelectMany(pass => motif.MovedBy(pass * (motif.EndPpq - motif.StartPpq)).Notes);
        var (key, scale, low, voices) = (random.Next(12), random.Next(Scale.All.Count), 30 + random.Next(40), 1 + random.Next(6));
        var (softest, loudest) = (20 + random.Next(50), 80 + random.Next(40));
        var gridChoice = random.Next(3);
        var role = 1 + random.Next(5);
        var host = Duet.Prepare(model, part, motif.Meter, 1);
        host.Set(ParameterId.Role, role);
        host.Set(ParameterId.Key, key + 1);
        host.Set(ParameterId.Scale, scale + 2);
        host.Set(ParameterId.LowNote, low);
        host.Set(ParameterId.HighNote, low + 17);
        host.Set(ParameterId.Voices, voices);
        host.Set(ParameterId.Softest, softest);
        host.Set(ParameterId.Loudest, loudest);
        host.Set(ParameterId.Grid, gridChoice);
        host.Set(ParameterId.Density, random.Next(3));
        host.Set(ParameterId.Form, random.Next(4));
        host.Set(ParameterId.Material, random.Next(4));
        host.Set(ParameterId.Seed, random.Next(1000));
        host.Start();
        host.PlayTo(Bars * motif.Meter.BarPpq, () => 0.1 + random.NextDouble());

        var pitchClasses = Scale.All[scale].PitchClassesOn(key);
        var isDrums = ParameterTable.Roles[role] == Core.Notes.Role.Drums;
        var gridTicks = MusicParameters.GridTicks[gridChoice];
        for (var i = 0; i < host.Heard.Count; i++)
        {
            var note = host.Heard[i];
            True(isDrums || (pitchClasses & (1 << (note.Pitch % 12))) != 0, note, "in the scale");
            True(note.Pitch >= low && note.Pitch <= low + 17, note, "in range");
            True(gridTicks == 0 || InBar(note, motif) % gridTicks == 0, note, "on the grid");
            var velocity = NoteEventVocabulary.VelocityFromMidi(note.Velocity);
            True(velocity >= NoteEventVocabulary.VelocityFromMidi(softest) && velocity <= NoteEventVocabulary.VelocityFromMidi(loudest), note, "within the velocities");
            True(host.Heard.Take(i).Count(other => other.EndPpq > note.OnsetPpq + 1e-6) < voices, note, "within the voices");
            True(note.Channel == Accompaniment.ChannelFor(ParameterTable.Roles[role]!.Value, motif.Channel), note, "on its channel");
        }
        Assert.True(host.Heard.Count > 0 || !CanSound(host), $"seed {seed}: nothing but silence");
        for (var bar = 1; bar < Bars && !maySkipBars; bar++)
            Assert.True(host.Heard.Any(note => (int)Math.Floor((note.OnsetPpq + 1e-6) / motif.Meter.BarPpq) == bar) || !CanSound(host), $"seed {seed}: bar {bar + 1} is silent");
        Assert.Equal(0, host.BlocksBeyondHorizon);

        void True(bool condition, TimelineNote note, string what) => Assert.True(condition, $"seed {seed}: {note} is not {what}");
    }

    /// <summary>A range of drums that General MIDI does not have, and the like.</summary>
    private static bool CanSound(FakeHost host)
    {
        var character = MotifCharacter.Of(host.Loop.Planner.Answer.Frame!, host.Loop.Settings);
        return !character.Constraints.Pitches.IsEmpty;
    }

    private static long InBar(TimelineNote note, Motif motif) => GridTime.ToTick(note.OnsetPpq) % motif.Meter.BarTicks;
}

using CsCheck;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Engine.State;
using MidiMuse.Inference.Steering;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>
/// Random settings (modes, material, form, candidates, chords among them), notes and commands at random positions. Oracle: nothing throws or hangs, the scale that was fixed
/// holds in every note, no bar of an answer is silent, notes end after they begin, and the state can be read.
/// </summary>
public class CombinationTests
{
    private const double EndPpq = 48;

    private static readonly string[] Progressions = ["ii7 V7 | I", "C | Am", "i | VI | VII", "", "N.C. | E7#9"];

    private static readonly Lazy<PatternComposer?> Patterns = new(() => PatternComposer.Load(Weights("vae"), Weights("gan")));

    /// <summary>These say what may sound, or switch the instance off: they are fixed for a run.</summary>
    private static readonly uint[] Fixed =
    [
        ParameterId.Bypass, ParameterId.Thru, ParameterId.OutputChannel, ParameterId.Key, ParameterId.Scale, ParameterId.Role, ParameterId.Program, ParameterId.InputChannel,
    ];

    [Fact]
    public void Whatever_is_set_played_and_asked_for_nothing_breaks() => Gen.Int[0, int.MaxValue - 1].Sample(Check, iter: 150, threads: 1);

    /// <summary>A failure says the seed, whether the seed fails again, and what was set and asked for until then.</summary>
    private static void Check(int seed)
    {
        var journal = new List<string>();
        try
        {
            Run(seed, journal);
        }
        catch (Exception exception)
        {
            var again = Fails(seed) ? "fails every time" : "does not fail when it is run again";
            throw new InvalidOperationException(string.Join(Environment.NewLine, [$"Run({seed}) {again}: {exception}", .. journal]), exception);
        }
    }

    private static bool Fails(int seed)
    {
        try
        {
            Run(seed, []);
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }

    private static void Run(int seed, List<string> journal)
    {
        var random = new Random(seed);
        var host = new FakeHost(new ScriptedModel { Patterns = Patterns.Value }) { Offline = random.Next(2) == 0 };
        var key = random.Next(12);
        var scale = random.Next(Scale.All.Count);
        host.Set(ParameterId.Key, key + 1);
        host.Set(ParameterId.Scale, scale + 2);
        host.Set(ParameterId.Role, 1);
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1 + random.Next(2));
        SetAtRandom(host, random, 6, journal);
        if (random.Next(3) == 0)
            host.Cycle = (0, 4 * (2 + random.Next(4)));
        journal.Add($"offline {host.Offline}, key {key}, scale {scale}, loop {host.Cycle}");
        for (var i = 0; i < 30; i++)
            host.Schedule([Note(random)]);
        host.Start();
        while (host.PositionPpq < EndPpq)
        {
            host.PlayTo(host.PositionPpq + (random.NextDouble() * 4), () => 0.01 + random.NextDouble());
            DoSomething(host, random, journal);
            if (random.Next(4) == 0)
                SetAtRandom(host, random, 1, journal);
        }
        host.Stop();
        host.WorkInSpareTime();
        AssertSound(host, Scale.All[scale].PitchClassesOn(key));
    }

    private static void DoSomething(FakeHost host, Random random, List<string> journal)
    {
        EngineCommand command = random.Next(22) switch
        {
            0 => new ChooseCandidate(random.Next(-1, 9)),
            1 => new StepCandidate(random.Next(-3, 4)),
            2 => new Regenerate(null),
            3 => new Regenerate(new BarRange(random.Next(4), 3 + random.Next(4))),
            4 => new RegenerateNotes([AnyNote(host, random), AnyNote(host, random)]),
            5 => new LockNotes([AnyNote(host, random)], random.Next(2) == 0),
            6 => new LockBars(new BarRange(random.Next(4), 4), random.Next(2) == 0),
            7 => new Accept(),
            8 => new Compare(),
            9 or 10 => new Undo(),
            11 => new Redo(),
            12 => new Recall(random.Next(1, 6)),
            13 => new MarkFavourite(random.Next(1, 6), true),
            14 => new LoadMotif(AnswerCommandsTests.MotifOf("e4q g4e a4e b4q")),
            15 => new PlayAgain(),
            16 => new LearnController((uint)random.Next(1, 20)),
            17 => new ForgetAnswer(random.Next(1, 6)),
            19 => new CaptureChords(),
            20 => new SetText(TextTable.Chords, Progressions[random.Next(Progressions.Length)]),
            18 => new ApplySettings("x", [new("temperature", random.NextDouble() * 3)], []),
            _ => new SetParameter(ParameterId.Seed, random.NextDouble()),
        };
        journal.Add($"{host.PositionPpq:R}: {command}");
        host.Do(command);
    }

    private static string Weights(string model) => Path.Combine(Controls.ControlBench.RepositoryRoot(), "models", "weights", model);

    private static NoteRef AnyNote(FakeHost host, Random random)
    {
        var notes = host.Loop.Planner.Bars.SelectMany(bar => bar.Notes).ToArray();
        return notes.Length == 0 ? new NoteRef(1, 60) : NoteRef.Of(notes[random.Next(notes.Length)]);
    }

    private static TimelineNote Note(Random random)
    {
        var onset = random.NextDouble() * EndPpq;
        return new TimelineNote(onset, onset + 0.05 + (random.NextDouble() * 2), (byte)random.Next(3), (byte)random.Next(40, 90), (byte)random.Next(1, 128));
    }

    private static void SetAtRandom(FakeHost host, Random random, int count, List<string> journal)
    {
        var free = AnswerParameters.All.Concat(MaterialParameters.All).Append(ParameterTable.Find(ParameterId.ChordSource)!).Append(ParameterTable.Find(ParameterId.CaptureChords)!).Append(ParameterTable.Find(ParameterId.Temperature)!).Append(ParameterTable.Find(ParameterId.Mode)!)
            .Append(ParameterTable.Find(ParameterId.AnswerLength)!).Append(ParameterTable.Find(ParameterId.Freeze)!).Append(ParameterTable.Find(ParameterId.Capture)!)
            .Where(definition => !Fixed.Contains(definition.Id)).ToArray();
        for (var i = 0; i < count; i++)
        {
            var (definition, value) = (free[random.Next(free.Length)], random.NextDouble());
            journal.Add($"{host.PositionPpq:R}: {definition.Title} = {definition.ToText(value)} ({value:R})");
            host.Loop.SetParameter(definition.Id, value);
        }
    }

    /// <summary>A variation keeps the motif's rests.</summary>
    private static bool IsRestOfMotif(AnswerPlanner planner, AnswerBar bar)
    {
        var frame = planner.Answer.Frame!;
        var notes = new List<GridNote>();
        new MotifPattern(frame.MotifGrid, frame.MotifTicks, frame.TickOf(frame.Motif.EndPpq)).CopyTo(frame.TickOf(bar.StartPpq), frame.TickOf(bar.EndPpq), notes);
        return notes.Count == 0;
    }

    private static void AssertSound(FakeHost host, ushort pitchClasses)
    {
        foreach (var note in host.Heard)
        {
            Assert.True((pitchClasses & (1 << (note.Pitch % 12))) != 0, $"pitch {note.Pitch} at {note.OnsetPpq} is not in the scale");
            Assert.True(note.EndPpq > note.OnsetPpq, $"a note at {note.OnsetPpq} ends before it begins");
            Assert.InRange(note.Velocity, 1, 127);
        }
        foreach (var bar in host.Loop.Planner.Bars)
            Assert.True(bar.Notes.Length > 0 || IsRestOfMotif(host.Loop.Planner, bar), $"the bar at {bar.StartPpq} is silent ({bar.Origin})");
        Assert.True(host.BlocksBeyondHorizon == 0 || !host.Offline, "a block was played beyond the horizon");
        var state = StateCodec.Write(host.Parameters, host.Loop.View(null), null, null);
        var read = StateCodec.TryRead(state);
        Assert.NotNull(read);
        Assert.Equal(AnswerCommandsTests.Pitches(host.Loop.Planner.Bars), AnswerCommandsTests.Pitches(read.Bars));
        Assert.Equal(host.Loop.View(null).History.Length, read.History.Length);
    }
}

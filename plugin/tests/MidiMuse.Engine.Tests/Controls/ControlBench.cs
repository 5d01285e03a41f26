using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Tests.Controls;

/// <summary>An answer under test. Ticks count from the answer's first bar line.</summary>
internal sealed record Answer(Motif Motif, MusicSettings Settings, MotifCharacter Character, int Bars, int Seed, GridNote[] Notes, TimelineNote[] Played)
{
    public Meter Meter => Motif.Meter;

    public int BarTicks => Meter.BarTicks;

    public long[] Onsets => [.. Notes.Select(note => note.OnsetTick).Distinct()];

    /// <summary>The highest note of each onset.</summary>
    public GridNote[] TopLine => [.. Notes.GroupBy(note => note.OnsetTick).Select(chord => chord.MaxBy(note => note.Pitch))];

    public override string ToString() => $"seed {Seed}, {Motif.Meter}, {Character.Role}: {string.Join(' ', Notes.Select(note => $"{note.OnsetTick}+{note.DurationTicks}:{PitchName.Of(note.Pitch)}"))}";
}

/// <summary>
/// Makes answers as the planner does, bar by bar, with a shipped network or with the fallback. The network is the Transformer,
/// which answers by default; the environment variable MIDIMUSE_CONTROL_MODEL names another one's folder.
/// </summary>
public sealed class ControlBench : IDisposable
{
    private static readonly string Network = Environment.GetEnvironmentVariable("MIDIMUSE_CONTROL_MODEL") is { Length: > 0 } name ? name : "transformer";

    private readonly ModelContinuation _model = new(SharedModel.Acquire(Path.Combine(RepositoryRoot(), "models", "weights", Network)));
    private readonly MotifFallback _fallback = new();

    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MidiMuse.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests must run from within the repository.");
    }

    /// <summary>Settings as a player gives them: "Density=2". Everything else is off, Motif closeness and Development too.</summary>
    public static MusicSettings Settings(params string[] words)
    {
        var values = new ParameterValues();
        values.Set(ParameterId.Closeness, 0.5);
        values.Set(ParameterId.Development, 0);
        foreach (var word in words)
        {
            var parts = word.Split('=');
            var definition = ParameterTable.All.Single(parameter => parameter.Title == parts[0]);
            Assert.True(definition.TryParse(parts[1], out var normalised), word);
            values.Set(definition.Id, normalised);
        }
        return MusicSettings.From(values);
    }

    public static ChordLane Lane(string text)
    {
        Assert.True(ChordLane.TryParse(text, out var lane, out var problem), problem);
        return lane!;
    }

    public void Dispose() => _model.Dispose();

    /// <summary>Answers to each motif with each of the seeds 0..seeds-1.</summary>
    internal List<Answer> Play(IEnumerable<Motif> motifs, MusicSettings settings, int bars = 4, int seeds = 6) =>
        [.. from motif in motifs from seed in Enumerable.Range(0, seeds) select Play(motif, settings, bars, seed)];

    internal Answer Play(Motif motif, MusicSettings settings, int bars, int seed, bool withModel = true)
    {
        settings = settings with { AnswerBars = bars, Seed = seed };
        var grid = motif.ToGrid();
        var character = MotifCharacter.Of(motif, grid, settings);
        var start = GridTime.ToTick(motif.EndPpq - motif.StartPpq);
        var pattern = new MotifPattern(grid, start, start);
        var phrase = grid.ToList();
        var played = new List<TimelineNote>();
        for (var bar = 0; bar < bars; bar++)
        {
            var situation = new BarSituation
            {
                Settings = settings,
                Character = character,
                Motif = pattern,
                Phrase = phrase,
                Meter = motif.Meter,
                StartTick = start + (bar * motif.Meter.BarTicks),
                EndTick = start + ((bar + 1) * motif.Meter.BarTicks),
                BarsLeft = bars - bar,
            };
            var notes = MakeBar(situation, bar, withModel);
            phrase.AddRange(notes);
            played.AddRange(BarPerformance.Of(notes, [], situation, Groove.Of(motif), 0, motif.Channel));
        }
        GridNote[] answer = [.. phrase.Skip(grid.Length).Select(note => note with { OnsetTick = note.OnsetTick - start })];
        var startPpq = GridTime.ToPpq(start);
        return new Answer(motif, settings, character, bars, seed, answer, [.. played.Select(note => note with { OnsetPpq = note.OnsetPpq - startPpq, EndPpq = note.EndPpq - startPpq })]);
    }

    private List<GridNote> MakeBar(BarSituation situation, int bar, bool withModel)
    {
        var controls = BarControls.For(situation);
        var context = new PhraseContext(situation.Meter, situation.Character.Role, situation.Character.Key)
        {
            Conditions = BarConditions.Of(situation.Character, situation.Settings, situation.Meter, situation.Motif, situation.EndTick),
        };
        var notes = new List<GridNote>();
        if (!withModel)
        {
            _fallback.Fill(context, situation, controls, notes);
            return notes;
        }
        var order = new BarOrder
        {
            StartTick = situation.StartTick,
            EndTick = situation.EndTick,
            BarIndex = bar,
            Seed = situation.Settings.Seed,
            Takes = situation.Settings.Takes,
            Temperature = situation.Settings.Temperature,
            TopP = situation.Settings.TopP,
            Constraints = controls.Constraints,
            Steering = controls.Steering,
            Given = controls.Given,
        };
        _model.Guide(situation.Settings.Guidance);
        _model.Hear(context, [.. situation.Phrase], static () => false);
        Assert.Equal(ComposeOutcome.Complete, _model.ComposeBar(order, notes, static () => false, out _));
        return notes;
    }
}

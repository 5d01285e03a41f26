using CsCheck;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Parameters;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>
/// Offline, a host plays on as far as the horizon allows, and the engine may be that late. Oracle: the same render with
/// an engine that runs after every block.
/// </summary>
public class OfflineRenderTests
{
    private const double EndPpq = 64;

    private static readonly uint[] Automated =
    [
        .. AnswerParameters.All.Concat(MaterialParameters.All).Where(definition => !definition.ReadOnly).Select(definition => definition.Id),
        ParameterId.Temperature, ParameterId.Seed, ParameterId.AnswerLength, ParameterId.Freeze, ParameterId.Arm, ParameterId.Clear, ParameterId.Mode, ParameterId.Capture,
        // Most of a session is these, so they are drawn more often.
        ParameterId.NextCandidate, ParameterId.PreviousCandidate, ParameterId.Regenerate, ParameterId.Candidate, ParameterId.Undo, ParameterId.Redo, ParameterId.Reject,
    ];

    [Fact]
    public void A_render_is_the_same_whether_the_engine_keeps_up_or_runs_only_when_it_must() => Gen.Int[0, int.MaxValue - 1].Sample(
        seed =>
        {
            var prompt = Render(seed, engineRunsEveryBlocks: 1);
            var late = Render(seed, engineRunsEveryBlocks: int.MaxValue);
            Assert.True(prompt.SequenceEqual(late), $"seed {seed}: {string.Join(" | ", prompt.Except(late).Concat(late.Except(prompt)).OrderBy(note => note.OnsetPpq).Take(3))}");
        },
        iter: 300,
        threads: 1);

    private static IReadOnlyList<TimelineNote> Render(int seed, int engineRunsEveryBlocks)
    {
        var random = new Random(seed);
        var host = new FakeHost(new ScriptedModel()) { EngineRunsEveryBlocks = engineRunsEveryBlocks };
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1 + random.Next(2));
        host.Set(ParameterId.AnswerLength, random.Next(1, 6));
        host.Set(ParameterId.Candidates, 3);
        if (random.Next(2) == 0)
            host.Cycle = (0, 4 * (4 + random.Next(4)));
        host.Schedule(Phrase.Parse("c4q d4e e4e g4q e4q f4q d4q e4h"));
        for (var i = 0; i < 12; i++)
        {
            var (ppq, id) = (random.Next((int)EndPpq * 8) / 8.0 + (1 / 16.0), Automated[random.Next(Automated.Length)]);
            var definition = ParameterTable.Find(id)!;
            host.ScheduleParameter(ppq, id, definition.Momentary ? 1 : definition.ToPlain(random.NextDouble()));
            if (definition.Momentary)
                host.ScheduleParameter(ppq + 0.25, id, 0);
        }
        host.Start();
        // Blocks end on bar lines or well beside them: one may reach two ticks of the host's ppq beyond a line without waiting for it.
        host.PlayTo(EndPpq, () => random.Next(2, 13) / 128.0);
        return host.Heard;
    }
}

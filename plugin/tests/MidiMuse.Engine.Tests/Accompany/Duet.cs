using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests.Accompany;

/// <summary>A player and an accompaniment: a part is played from position 0 on, Accompany is on.</summary>
internal static class Duet
{
    /// <param name="part">As <see cref="Phrase"/> reads it; more voices one after the other.</param>
    /// <param name="settings">By title, as players give them.</param>
    public static FakeHost Play(IContinuationModel model, IEnumerable<TimelineNote> part, Meter meter, double untilPpq, int listenBars = 1, double blockPpq = 0.25, params string[] settings)
    {
        var host = Prepare(model, part, meter, listenBars, settings);
        host.Start();
        host.PlayTo(untilPpq, blockPpq);
        return host;
    }

    public static FakeHost Prepare(IContinuationModel model, IEnumerable<TimelineNote> part, Meter meter, int listenBars = 1, params string[] settings)
    {
        var host = new FakeHost(model) { Meter = meter };
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Mode, (int)AnswerMode.Accompany);
        host.Set(ParameterId.Capture, listenBars);
        foreach (var setting in settings)
        {
            var (title, value) = (setting.Split('=')[0], setting.Split('=', 2)[1]);
            var definition = ParameterTable.FindByName(title)!;
            Assert.True(definition.TryParse(value, out var normalised), setting);
            host.Loop.SetParameter(definition.Id, normalised);
        }
        host.Schedule(part);
        return host;
    }

    /// <summary>A line a bar: for a look at what was played.</summary>
    public static string Describe(IEnumerable<TimelineNote> notes, Meter meter) => string.Join(Environment.NewLine, notes
        .GroupBy(note => (int)Math.Floor((note.OnsetPpq + 1e-6) / meter.BarPpq))
        .Select(bar => $"{bar.Key + 1,3}: {string.Join(' ', bar.Select(note => FormattableString.Invariant($"{note.OnsetPpq - (bar.Key * meter.BarPpq):0.##}+{note.EndPpq - note.OnsetPpq:0.##}:{PitchName.Of(note.Pitch)}")))}"));
}

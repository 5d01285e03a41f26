using System.Text;
using System.Text.Json.Nodes;
using MidiMuse.Engine.Link;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.State;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: what was put in comes out, whatever happens in between.</summary>
public class StateTests
{
    private const string StateWithAnswer = """
        {"product":"MidiMuse","format":1,"parameters":{"seed":0.5,"arm":1,"fromTheFuture":0.25},
         "motif":{"start":0,"end":4,"numerator":4,"denominator":4,"notes":[{"on":0,"off":1,"pitch":60,"velocity":80,"channel":3}],"mood":"calm"},
         "answer":[{"start":4,"end":8,"origin":"Model","logLikelihood":-12.5,"notes":[{"on":4.5,"off":5,"pitch":67,"velocity":90,"channel":3}]}],
         "model":"lstm 0.1.0","sections":["A","B"]}
        """;

    [Fact]
    public void Parameters_motif_and_answer_survive_a_round_trip()
    {
        using var first = Instance();
        Assert.True(first.SetState(Encoding.UTF8.GetBytes(StateWithAnswer)));
        using var second = Instance();
        Assert.True(second.SetState(first.GetState()));

        var snapshot = second.Snapshot();
        Assert.Equal(0.5, second.Parameters.Normalised(ParameterId.Seed));
        Assert.True(second.Parameters.IsOn(ParameterId.Arm));
        Assert.Equal(60, snapshot.Motif!.Notes[0].Pitch);
        Assert.Equal(-12.5, snapshot.Answer[0].LogLikelihood);
        Assert.Equal(new Answers.TimelineNote(4.5, 5, 3, 67, 90), snapshot.Answer[0].Notes[0]);
        Assert.Equal(first.GetState(), second.GetState());
    }

    [Fact]
    public void Members_of_a_later_version_are_written_back()
    {
        using var instance = Instance();
        instance.SetState(Encoding.UTF8.GetBytes(StateWithAnswer));
        instance.SetParameter(ParameterId.Seed, 0.75);

        var written = JsonNode.Parse(instance.GetState())!;
        Assert.Equal(2, written["sections"]!.AsArray().Count);
        Assert.Equal(0.25, (double)written["parameters"]!["fromTheFuture"]!);
        Assert.Equal("calm", (string?)written["motif"]!["mood"]);
        Assert.Equal(0.75, (double)written["parameters"]!["seed"]!);
    }

    [Fact]
    public void Bytes_that_cannot_be_read_come_back_unchanged()
    {
        byte[] damage = [1, 2, 3, 0, 255];
        using var instance = Instance();
        Assert.False(instance.SetState(damage));
        Assert.Equal(damage, instance.GetState());
        Assert.Equal(ParameterTable.Find(ParameterId.Seed)!.DefaultNormalised, instance.Parameters.Normalised(ParameterId.Seed));
    }

    [Fact]
    public void Bytes_that_cannot_be_read_are_part_of_the_state_after_a_change()
    {
        byte[] damage = [1, 2, 3, 0, 255];
        using var instance = Instance();
        instance.SetState(damage);
        instance.SetParameter(ParameterId.Seed, 0.75);

        var written = JsonNode.Parse(instance.GetState())!;
        Assert.Equal(damage, Convert.FromBase64String((string)written["unreadable"]!));
        using var second = Instance();
        second.SetState(instance.GetState());
        Assert.Equal(damage, Convert.FromBase64String((string)JsonNode.Parse(second.GetState())!["unreadable"]!));
    }

    [Fact]
    public void A_parameter_that_the_audio_thread_passed_on_is_in_the_state()
    {
        var link = new SilentLink();
        using var instance = new EngineInstance(link, new ScriptedModel(), null);
        link.Enqueue(new InputEvent { Kind = InputKind.Parameter, ParameterId = ParameterId.Seed, Value = 0.125 });
        Assert.Equal(0.125, (double)JsonNode.Parse(instance.GetState())!["parameters"]!["seed"]!);
    }

    [Fact]
    public void A_button_is_not_kept_pressed_in_a_state()
    {
        using var instance = Instance();
        instance.SetParameter(ParameterId.Panic, 1);
        Assert.Null(JsonNode.Parse(instance.GetState())!["parameters"]!["panic"]);
    }

    [Fact]
    public void Ten_thousand_damaged_states_neither_throw_nor_lose_a_byte()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        var valid = Encoding.UTF8.GetBytes(StateWithAnswer);
        using var instance = Instance();
        for (var run = 0; run < 10_000; run++)
        {
            var damaged = Damage(valid, random);
            var wasRead = instance.SetState(damaged);
            var state = instance.GetState();
            Assert.True(wasRead || damaged.AsSpan().SequenceEqual(state), $"seed {Seed}, run {run}");
            // What was understood is understood again.
            Assert.True(!wasRead || StateCodec.TryRead(state) is not null, $"seed {Seed}, run {run}");
        }
    }

    private static byte[] Damage(byte[] valid, Random random)
    {
        var damaged = (byte[])valid.Clone();
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(damaged);
                return damaged;
            case 1:
                return damaged[..random.Next(damaged.Length)];
            case 2:
                for (var i = random.Next(1, 8); i > 0; i--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                return damaged;
            default:
                var text = Encoding.UTF8.GetString(damaged);
                string[] numbers = ["60", "80", "4", "1", "0.5"];
                string[] replacements = ["-1", "1e308", "99999999999", "null", "\"x\"", "[]", "1e-300"];
                return Encoding.UTF8.GetBytes(text.Replace($":{numbers[random.Next(5)]}", $":{replacements[random.Next(7)]}", StringComparison.Ordinal));
        }
    }

    private static EngineInstance Instance() => new(new SilentLink(), new ScriptedModel(), null);
}

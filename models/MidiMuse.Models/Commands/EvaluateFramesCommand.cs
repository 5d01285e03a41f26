using System.CommandLine;
using System.Globalization;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Frames;

namespace MidiMuse.Models.Commands;

/// <summary>evaluate-frames: likelihood of whole frames on the benchmarks that papers report, JSB Chorales and Nottingham.</summary>
public static class EvaluateFramesCommand
{
    /// <summary>The lowest test figures published: SRNN (Fraccaro and others 2016) and RNN-NADE (Boulanger-Lewandowski and others 2012).</summary>
    private static readonly (string Name, string Title, int SlotBits, double Published)[] Sets =
    [
        ("jsb_quarter", "JSB Chorales, quarters", 20, 4.74),
        ("nottingham", "Nottingham", 22, 2.31),
    ];

    public static Command Create()
    {
        var benchmarks = new Option<string>("--benchmarks") { Description = "Folder of jsb_quarter.json.gz and nottingham.json.gz.", Required = true };
        var split = new Option<string>("--split") { Description = "valid, or test where the files have it.", DefaultValueFactory = _ => "valid" };
        var only = new Option<string[]>("--set") { Description = string.Join(", ", Sets.Select(s => s.Name)) + "; both if not given.", AllowMultipleArgumentsPerToken = true };
        var rounds = new Option<int>("--rounds") { Description = "Times that the training split is read.", DefaultValueFactory = _ => 3 };
        var rate = new Option<double>("--rate") { Description = "Learning rate of the weights.", DefaultValueFactory = _ => 0.02 };
        var output = new Option<string?>("--out") { Description = "Folder that receives frames.md." };
        var command = new Command("evaluate-frames", "Nats per frame on published benchmarks, learnt from their training split only.") { benchmarks, split, only, rounds, rate, output };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(benchmarks),
            parsed.GetRequiredValue(split),
            parsed.GetValue(only) is { Length: > 0 } chosen ? chosen : [.. Sets.Select(s => s.Name)],
            Math.Max(2, parsed.GetValue(rounds)),
            parsed.GetValue(rate),
            parsed.GetValue(output)));
        return command;
    }

    private static int Run(string folder, string split, string[] only, int rounds, double rate, string? output)
    {
        if (split == "train")
            throw new ArgumentException("train is what the model learns; evaluate on valid or test.");
        if (only.FirstOrDefault(name => Sets.All(s => s.Name != name)) is { } unknown)
            throw new ArgumentException($"'{unknown}' is no set: {string.Join(", ", Sets.Select(s => s.Name))} are.");
        var text = $"| set | split | sequences | frames | nats per frame (95 %) | lowest published (test) |\n|---|---|---|---|---|---|\n";
        foreach (var set in Sets.Where(s => only.Contains(s.Name)))
        {
            var frames = FrameSet.Read(folder, set.Name);
            var (held, training) = (frames.Split(split), frames.Split("train"));
            var model = new FrameModel(set.SlotBits);
            var progress = new ProgressLine();
            var read = 0;
            model.Train(training, rounds, rate, seed: 1, () => progress.Show($"{set.Name}: {++read} of {rounds * training.Count} sequences"));
            // As in the published protocol: frames 2..T of each sequence, the mean over all frames of the split.
            var pieces = held.Where(s => s.Length > 1).Select(s => (model.Nats(s).Skip(1).Sum(), (double)(s.Length - 1))).ToList();
            var estimate = Bootstrap.Ratio(pieces) ?? throw new ArgumentException($"{set.Name}: the split '{split}' has no frames.");
            progress.Finish($"{set.Name}: done");
            text += string.Create(CultureInfo.InvariantCulture, $"| {set.Title} | {split} | {pieces.Count} | {pieces.Sum(p => p.Item2):0} | {estimate.Value:0.00} ({estimate.Low:0.00}-{estimate.High:0.00}) | {set.Published:0.00} |\n");
        }
        Console.WriteLine(text);
        if (output is not null)
        {
            Directory.CreateDirectory(output);
            File.WriteAllText(Path.Combine(output, "frames.md"), text);
        }
        return 0;
    }
}

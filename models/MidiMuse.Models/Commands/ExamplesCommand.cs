using System.CommandLine;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Originality;
using MidiMuse.Inference.Sampling;
using MidiMuse.Models.Corpus;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Examples;
using MidiMuse.Models.Listening;

namespace MidiMuse.Models.Commands;

/// <summary>examples: ten answers to motifs of held-out pieces, to be heard and looked at.</summary>
public static class ExamplesCommand
{
    /// <summary>Enough for every role to have its examples.</summary>
    private const int PhrasesOfRole = 60;

    /// <summary>Enough for a piano, and small files.</summary>
    private const int OggRateHz = 24_000;

    public static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "Folder of *.smc.gz files.", Required = true };
        var split = new Option<string>("--split") { Description = "Which pieces.", DefaultValueFactory = _ => "valid" };
        var engine = new Option<string>("--engine") { Description = "A folder in --weights.", DefaultValueFactory = _ => "transformer" };
        var weights = new Option<string>("--weights") { Description = "Folder of the models' folders and of the originality index.", DefaultValueFactory = _ => "models/weights" };
        var seed = new Option<int>("--seed") { Description = "Of the motifs' choice; an answer's seed is this and its number.", DefaultValueFactory = _ => 1 };
        var temperature = new Option<double>("--temperature") { Description = "Of the draws.", DefaultValueFactory = _ => 0.9 };
        var topP = new Option<double>("--top-p") { Description = "Of the draws.", DefaultValueFactory = _ => 0.95 };
        var soundFont = new Option<string?>("--soundfont") { Description = "A General MIDI sound font; the system's if not given." };
        var output = new Option<string>("--out") { Description = "Folder that receives the examples and table.md.", DefaultValueFactory = _ => "models/examples" };
        var command = new Command("examples", "Renders answers to motifs of held-out pieces.") { corpus, split, engine, weights, seed, temperature, topP, soundFont, output };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(corpus),
            parsed.GetRequiredValue(split),
            parsed.GetRequiredValue(engine),
            parsed.GetRequiredValue(weights),
            parsed.GetValue(seed),
            SamplerSettings.Uniform(parsed.GetValue(temperature), parsed.GetValue(topP)),
            parsed.GetValue(soundFont),
            parsed.GetRequiredValue(output)));
        return command;
    }

    private static int Run(string corpus, string split, string engine, string weights, int seed, SamplerSettings sampler, string? soundFont, string output)
    {
        var synthesizer = new Synthesizer(soundFont, OggRateHz);
        using var model = SharedModel.Acquire(Path.Combine(weights, engine));
        var index = OriginalityFolder.Load(Path.Combine(weights, "originality"));
        var excerpts = ExampleSet.Choose(HeldOutSet.Read(new CorpusFolder(corpus), split, "A", PhrasesOfRole, mostLong: 0), seed);
        var progress = new ProgressLine();
        var number = 0;
        ExampleSet.Write(output, $"{engine} {model.Hash[..16]}", new NetworkContinuation(engine, model, sampler), excerpts, seed, index, synthesizer, () => progress.Show($"{++number} of {excerpts.Count} examples"));
        progress.Finish($"{number} examples in {output}");
        return 0;
    }
}

using System.CommandLine;
using MidiMuse.Inference.Models;
using MidiMuse.Models.Commands;
using MidiMuse.Models.Corpus;

var root = new RootCommand("MidiMuse's models: corpus to shards, weights to ONNX, evaluation.")
{
    ShardsCommand.Create(),
    PatternShardsCommand.Create(),
    BuildPatternOnnxCommand.Create(),
    BuildOnnxCommand.Create(),
    IndexCommand.Create(),
    EvaluateCommand.Create(),
    ClosenessCommand.Create(),
    DevelopmentCommand.Create(),
    KeysCommand.Create(),
    EvaluateFramesCommand.Create(),
    ExamplesCommand.Create(),
    ListeningTestCommand.Create(),
    ListeningResultsCommand.Create(),
    EvaluatePatternsCommand.Create(),
};

try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is CorpusMissingException or CorpusFormatException or ArgumentException or IOException or InvalidDataException or ModelException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MidiMuse.Core.Time;
using MidiMuse.Host.Transport;

namespace MidiMuse.Host.Commands;

/// <summary>The arguments of `play`.</summary>
internal sealed class PlayOptions
{
    internal Argument<FileInfo> Motif { get; } = new("MOTIF") { Description = "MIDI file with the motif, whose tempo and meter are taken; or a WAV file of a sung or played line (with --bpm and --sig; 120 and 4/4)." };

    internal Option<int> Bars { get; } = new("--bars") { Description = "Bars of answer.", DefaultValueFactory = _ => 4 };

    internal Option<FileInfo?> Out { get; } = new("--out") { Description = "MIDI file to write the answer to." };

    internal Option<string?> Plugin { get; } = new("--plugin") { Description = "Plugin bundle; MidiMuse as it was built by default." };

    internal Option<double?> Bpm { get; } = new("--bpm") { Description = "Tempo in quarter notes a minute, instead of the file's." };

    internal Option<Meter?> Signature { get; } = new("--sig") { Description = "Time signature such as 3/4, instead of the file's.", CustomParser = ParseMeter };

    internal Option<double> SampleRate { get; } = new("--sample-rate") { Description = "Samples a second.", DefaultValueFactory = _ => 48000 };

    internal Option<string> Block { get; } = new("--block") { Description = "Samples a block, or \"random\".", DefaultValueFactory = _ => "512" };

    internal Option<double[]> Loop { get; } = new("--loop")
    {
        Description = "Loop from quarter note A to quarter note B.",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    internal Option<int?> Seed { get; } = new("--seed") { Description = "The plugin's Seed parameter." };

    internal Option<string[]> Set { get; } = new("--set") { Description = "A parameter by title, \"Param=value\"; may be repeated." };

    internal Option<string[]> Do { get; } = new("--do") { Description = "A command at a position in quarter notes, \"12:regenerate 1-2\" (plugin/docs/COMMANDS.md); may be repeated." };

    internal Option<bool> Realtime { get; } = new("--realtime") { Description = "Blocks wait for the clock, as with a sound card; else as fast as possible." };

    internal Option<FileInfo?> Json { get; } = new("--json") { Description = "File for notes and statistics as JSON." };

    internal Option<FileInfo?> Wav { get; } = new("--wav") { Description = "WAV file for motif and answer as the plugin's own Preview sound plays them." };

    internal Option<double> Tail { get; } = new("--tail") { Description = "Quarter notes to play on after the answer.", DefaultValueFactory = _ => 1 };

    internal Option<bool> WithMotif { get; } = new("--with-motif") { Description = "Write the motif too, as a track of its own." };

    internal Command ToCommand()
    {
        Bars.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() is >= 1 and <= 1000, "--bars is 1 to 1000."));
        Bpm.Validators.Add(result => Require(result, result.GetValueOrDefault<double?>() is null or (>= 10 and <= 1000), "--bpm is 10 to 1000."));
        SampleRate.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() is >= 8000 and <= 384000, "--sample-rate is 8000 to 384000."));
        Tail.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() is >= 0 and <= 1000, "--tail is 0 to 1000."));
        Block.Validators.Add(result => Require(result, TryBlocks(result.GetValueOrDefault<string>()!, out _), "--block is 1 to 65536, or random."));
        Set.Validators.Add(result => Require(result, result.Tokens.All(token => token.Value.IndexOf('=') > 0), "--set is \"Param=value\"."));
        Do.Validators.Add(result => Require(result, result.Tokens.All(token => TryCommand(token.Value, out _, out _)), "--do is \"POSITION:COMMAND\"."));
        Loop.Validators.Add(result => Require(
            result, result.GetValueOrDefault<double[]>() is not [var start, var end] || end > start, "--loop ends after it starts."));
        return new Command("play", "Plays a motif into the plugin and writes what comes back.")
        {
            Motif, Bars, Out, Plugin, Bpm, Signature, SampleRate, Block, Loop, Seed, Set, Do, Realtime, Json, Wav, Tail, WithMotif,
        };
    }

    internal static bool TryBlocks(string text, out BlockSizes blocks)
    {
        if (text.Equals("random", StringComparison.OrdinalIgnoreCase))
        {
            blocks = BlockSizes.Random(seed: 1);
            return true;
        }
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var samples) && samples is >= 1 and <= 65536;
        blocks = BlockSizes.Fixed(isNumber ? samples : 512);
        return isNumber;
    }

    internal static bool TryCommand(string text, out double atPpq, out string line)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        atPpq = 0;
        line = colon > 0 ? text[(colon + 1)..].Trim() : "";
        return line.Length > 0 && double.TryParse(text.AsSpan(0, colon), NumberStyles.Float, CultureInfo.InvariantCulture, out atPpq) && atPpq >= 0;
    }

    private static void Require(SymbolResult result, bool isValid, string message)
    {
        if (!isValid)
            result.AddError(message);
    }

    private static Meter? ParseMeter(ArgumentResult result)
    {
        var parts = result.Tokens[0].Value.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var numerator)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var denominator)
            && Meter.IsValid(numerator, denominator))
            return new Meter(numerator, denominator);
        result.AddError("--sig is a time signature such as 3/4.");
        return null;
    }
}

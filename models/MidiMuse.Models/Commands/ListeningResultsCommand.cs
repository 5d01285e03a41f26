using System.CommandLine;
using System.Globalization;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Listening;

namespace MidiMuse.Models.Commands;

/// <summary>listening-results: what the listeners' files say, once the key is opened.</summary>
public static class ListeningResultsCommand
{
    public static Command Create()
    {
        var key = new Option<string>("--key") { Description = "key.json of the test.", Required = true };
        var results = new Argument<string[]>("results") { Description = "The listeners' listening-result.json files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("listening-results", "Counts the answers of a listening test: binomial intervals, Bradley-Terry strengths.") { key, results };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(key), parsed.GetRequiredValue(results)));
        return command;
    }

    private static int Run(string keyFile, string[] resultFiles)
    {
        var key = ListeningKey.Read(keyFile);
        var results = resultFiles.Select(ListeningKey.ReadResult).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count} listeners, {results.Sum(r => r.Answers.Count)} answers\n"));
        Console.WriteLine("| preferred | to | wins | losses | no difference | share of wins (95 %) | p |\n|---|---|---|---|---|---|---|");
        foreach (var c in ListeningStatistics.Compare(key, results))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {c.First} | {c.Second} | {c.Wins} | {c.Losses} | {c.Equal} | {Text(c.Share)} | {c.PValue:0.000} |"));
        Console.WriteLine("\n| method | preferred to an average method (95 %) |\n|---|---|");
        foreach (var s in ListeningStatistics.Rank(key, results))
            Console.WriteLine($"| {s.Method} | {Text(s.Probability)} |");
        return 0;
    }

    private static string Text(Estimate? estimate) =>
        estimate is { } e ? string.Create(CultureInfo.InvariantCulture, $"{e.Value:0.00} ({e.Low:0.00}-{e.High:0.00})") : "-";
}

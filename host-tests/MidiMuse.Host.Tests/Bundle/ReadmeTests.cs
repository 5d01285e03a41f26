using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MidiMuse.Host.Motifs;
using Xunit.Abstractions;

namespace MidiMuse.Host.Tests.Bundle;

/// <summary>
/// Every command of README.md's tables of what a player can ask for, run as written by the built host. Oracle: the
/// table itself; what a row promises and a list of notes can show is checked besides.
/// </summary>
[Collection(BundleTests.Name)]
public sealed partial class ReadmeTests(ITestOutputHelper output)
{
    private const string BaseOfSecondTable = "ode_to_joy.mid";

    /// <summary>By what the player asks for; those not named here promise what only ears can check.</summary>
    private static readonly Dictionary<string, Action<Played>> Promises = new()
    {
        ["a scale of my own, kept by every note"] = played => Assert.InRange(played.Notes.Select(note => note.Pitch % 12).Distinct().Count(), 1, 5),
        ["a bass to what I play, while I play it"] = played =>
        {
            Assert.All(played.Notes, note => Assert.True(note.Pitch <= 52 && note.Channel == 1));
            Assert.Equal(4, played.Notes[0].OnsetPpq, 2);
            Assert.Contains(played.Notes, note => note.OnsetPpq > 16);
        },
        ["chords to my bass; drums to it"] = played => Assert.True(played.Notes.All(note => note.Channel == 9) || played.Notes.GroupBy(note => note.OnsetPpq).Average(chord => chord.Count()) > 1.8),
        ["follow degrees of the key"] = played => Assert.All(played.Notes.Where(note => note.OnsetPpq is >= 16 and < 20 && note.OnsetPpq % 2 == 0), note => Assert.Contains(note.Pitch % 12, (int[])[2, 6, 9])),
        ["take down the chords that I played"] = played => Assert.Contains("C | G | Am | F", played.Output, StringComparison.Ordinal),
        ["two notes a beat, on triplets"] = played => Assert.All(played.Notes, note => Assert.Equal(Math.Round(note.OnsetPpq * 3), note.OnsetPpq * 3, 2)),
        ["nothing below E4 or above C5"] = played => Assert.All(played.Notes, note => Assert.InRange(note.Pitch, 64, 72)),
        ["an octave lower"] = played => Assert.True(played.Notes.Average(note => note.Pitch) < 62),
        ["at most two voices"] = played => Assert.All(played.Notes, note => Assert.True(played.Notes.Count(other => other.OnsetPpq <= note.OnsetPpq + 1e-3 && other.EndPpq > note.OnsetPpq + 1e-2) <= 2)),
        ["an ending"] = played => Assert.Equal(2, played.Notes[^1].Pitch % 12),
        ["a factory preset"] = played => Assert.Equal(2, played.Notes[^1].Pitch % 12),
        ["a bass line, chords to my melody"] = played => Assert.All(played.Notes, note => Assert.True(note.Pitch <= 52)),
        ["all of that in plain words"] = played => Assert.Contains("bass", played.Output, StringComparison.OrdinalIgnoreCase),
        ["another MIDI channel"] = played => Assert.All(played.Notes, note => Assert.Equal(4, note.Channel)),
        ["another candidate from the next bar on"] = played => Assert.Contains("\"currentCandidate\": 3", played.Output, StringComparison.Ordinal),
        ["the answer kept, another one, and one against the other"] = played => Assert.Contains("compare", played.Output, StringComparison.Ordinal),
        ["a clip of motif and answer, with tempo, meter, key and provenance"] = played => Assert.True(File.Exists(Path.Combine(played.Folder, "both.mid"))),
        ["a preset file"] = played => Assert.True(File.Exists(Path.Combine(played.Folder, "mine.json"))),
        ["sections"] = played => Assert.True(File.Exists(Path.Combine(played.Folder, "form.mid"))),
    };

    [BundleFact]
    public void Every_row_can_be_run_as_it_is_written()
    {
        var folder = Directory.CreateTempSubdirectory("midimuse-readme").FullName;
        try
        {
            var rows = Rows();
            Assert.True(rows.Count > 40, $"only {rows.Count} rows");
            Assert.Empty(Promises.Keys.Except(rows.Select(row => row.Asked)));
            var broken = rows.Select(row => Run(row.Asked, row.Command, folder)).OfType<string>().ToArray();
            Assert.True(broken.Length == 0, string.Join(Environment.NewLine, broken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>What is wrong with the row, or null.</returns>
    private string? Run(string asked, string command, string folder)
    {
        var played = Play(command, folder);
        output.WriteLine($"{played.Notes.Count,4} notes  {asked}: {command}");
        if (played.ExitCode != 0)
            return $"{asked}: {command}{Environment.NewLine}{played.Output}";
        if (played.Notes.Count == 0 || played.Faults != (0, 0))
            return $"{asked}: {played.Notes.Count} notes, {played.Faults.Hanging} hanging, {played.Faults.Overlapping} overlapping; {command}";
        try
        {
            if (Promises.TryGetValue(asked, out var promise))
                promise(played);
            return null;
        }
        catch (Xunit.Sdk.XunitException exception)
        {
            return $"{asked}: {command}{Environment.NewLine}{exception.Message}";
        }
    }

    /// <summary>A row with several commands is several rows; those that begin with options vary the row's first one.</summary>
    private static List<(string Asked, string Command)> Rows()
    {
        var rows = new List<(string, string)>();
        foreach (var line in File.ReadLines(TestPaths.Readme).Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            var cells = CellBreak().Split(line.Trim('|', ' ')).Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal)).ToArray();
            var commands = Code().Matches(cells[^1]).Select(match => match.Groups[1].Value).Where(code => code.Contains("--", StringComparison.Ordinal)).ToArray();
            if (cells.Length != 2 || commands.Length == 0 || !(commands[0].Contains(".mid --", StringComparison.Ordinal) || commands[0].StartsWith("$P", StringComparison.Ordinal)))
                continue;
            var motif = commands[0].StartsWith("$P", StringComparison.Ordinal) ? BaseOfSecondTable : commands[0].Split(' ')[0];
            rows.AddRange(commands.Select(command => (Link().Replace(cells[0], "$1"), command.StartsWith("--", StringComparison.Ordinal) ? $"{motif} {command}" : command.Replace("$P", motif, StringComparison.Ordinal))));
        }
        return rows;
    }

    private static Played Play(string command, string folder)
    {
        var words = Words(command);
        var json = Path.Combine(folder, "played.json");
        File.Delete(json);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (IEnumerable<string>)["exec", typeof(MotifSession).Assembly.Location, "play", TestPaths.Example(words[0]), .. words.Skip(1), "--json", json])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        var text = printed.Result + errors.Result;
        if (process.ExitCode != 0)
            return new Played(process.ExitCode, text, [], (0, 0), folder);
        using var document = JsonDocument.Parse(File.ReadAllBytes(json));
        var root = document.RootElement;
        var notes = root.GetProperty("answer").EnumerateArray().Select(note => new Note(
            Number(note, "onsetPpq"), Number(note, "endPpq"), (int)Number(note, "pitch"), (int)Number(note, "velocity"), (int)Number(note, "channel")));
        return new Played(0, text, [.. notes.OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch)], ((int)Number(root, "hanging"), (int)Number(root, "overlapping")), folder);

        static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();
    }

    /// <summary>As a shell splits them: quotes keep words together.</summary>
    private static List<string> Words(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var character in command + " ")
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (character != ' ' || isQuoted)
                word.Append(character);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        return words;
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBreak();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    private sealed record Note(double OnsetPpq, double EndPpq, int Pitch, int Velocity, int Channel);

    private sealed record Played(int ExitCode, string Output, IReadOnlyList<Note> Notes, (int Hanging, int Overlapping) Faults, string Folder);
}

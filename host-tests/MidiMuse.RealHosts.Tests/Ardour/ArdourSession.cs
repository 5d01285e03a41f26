using System.Globalization;
using System.Text.Json;

namespace MidiMuse.RealHosts.Tests.Ardour;

/// <summary>One session in a headless Ardour; see host-tests/ardour/play_in_ardour.py.</summary>
internal static class ArdourSession
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="settings">Parameters by name with their normalised values.</param>
    public static ArdourRun Run(Scenario scenario, IEnumerable<(string Name, double Value)> settings, params IEnumerable<string> options)
    {
        var folder = Repository.NewWorkFolder("ardour");
        var motif = scenario.Motif.WriteTo(folder);
        var results = Path.Combine(folder, "results.json");
        CommandLine.Run(
            "/usr/bin/python3",
            Limit,
            [
                Path.Combine(Repository.Root, "host-tests", "ardour", "play_in_ardour.py"),
                "--plugin", Repository.Bundle, "--motif", motif, "--json", results, "--work", Path.Combine(folder, "work"),
                "--bpm", Scenario.Number(scenario.Bpm), "--sig", scenario.Meter.ToString(),
                "--seconds", Scenario.Number(scenario.Seconds(scenario.StopPpq)),
                .. settings.SelectMany(setting => new[] { "--set", string.Create(CultureInfo.InvariantCulture, $"{setting.Name}={setting.Value}") }),
                .. options,
            ]);
        return JsonSerializer.Deserialize<ArdourRun>(File.ReadAllText(results), Json)!;
    }
}

/// <summary>What play_in_ardour.py reports.</summary>
internal sealed record ArdourRun(ArdourOutputs Outputs, ArdourTake[] Takes);

internal sealed record ArdourOutputs(int Audio, int Midi);

/// <param name="Parameters">Normalised values after the take, the read-only ones too.</param>
internal sealed record ArdourTake(ArdourNote[] Notes, Dictionary<string, double> Parameters, long RolledSamples, bool Arrived, int Xruns)
{
    /// <summary>In order of onset; without what the recording caught after the end that was asked for.</summary>
    public IReadOnlyList<HostNote> NotesBefore(double endPpq) =>
        [.. Notes.Select(note => new HostNote(note.OnsetPpq, note.OnsetPpq + note.LengthPpq, note.Pitch, note.Velocity, note.Channel))
            .Where(note => note.OnsetPpq < endPpq)
            .OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch)];
}

internal sealed record ArdourNote(double OnsetPpq, double LengthPpq, int Pitch, int Velocity, int Channel);

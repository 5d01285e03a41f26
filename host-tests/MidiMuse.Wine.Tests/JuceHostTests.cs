using MidiMuse.Core.Clips;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Plugins;

namespace MidiMuse.Wine.Tests;

/// <summary>
/// The cross-built bundle in a Windows host that is not ours. Oracle: the Linux bundle, compiled ahead of time, in our own
/// host: another plugin binary, another host, another system.
/// </summary>
public sealed class JuceHostTests
{
    private const int AnswerBars = 4;

    private const string Seed = "7";

    [WineJuceFact]
    public void Juce_loads_the_bundle_and_the_answer_is_the_one_of_our_host_on_Linux()
    {
        var motif = Repository.Motif("ode_to_joy");
        var ours = AnswerOnLinux(motif);
        var expected = InOrder(ours.Answer.Select(note => new HeardNote(note.OnsetPpq, note.Pitch, note.Velocity)));

        var report = JuceHost.Run(
            "--motif", JuceHost.OnDriveZ(motif), "--stop", $"{ours.AnswerEndPpq + 1}", "--offline",
            "--set", "Arm=On", "--set", "Capture=4 bars", "--set", $"Answer length={AnswerBars} bars", "--set", $"Seed={Seed}");

        Assert.StartsWith("JUCE v7.", report.Host, StringComparison.Ordinal);
        Assert.Equal(new JuceReport.PluginPart("MidiMuse", "Instrument|Generator", ProducesMidi: true), report.Plugin);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, InOrder(report.Onsets.Where(note => note.OnsetPpq >= ours.AnswerStartPpq)));
        Assert.Equal(0, report.Instances.Single().Peak);
    }

    private static MotifResult AnswerOnLinux(string motifPath)
    {
        using var module = Vst3Module.Load(Vst3Bundle.FindBuilt());
        using var plugin = HostedPlugin.Create(module);
        using var stream = File.OpenRead(motifPath);
        var plan = new MotifPlan { Motif = MotifPlan.NotesOf(ClipFormat.Current.Read(stream)), Bars = AnswerBars, Settings = [("Seed", Seed)] };
        return new MotifSession(plugin, plan).Run();
    }

    /// <summary>Onsets to a thousandth of a quarter: the two hosts round a note's sample in their own ways.</summary>
    private static List<HeardNote> InOrder(IEnumerable<HeardNote> notes) =>
        [.. notes.Select(note => note with { OnsetPpq = Math.Round(note.OnsetPpq, 3) }).OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch)];
}

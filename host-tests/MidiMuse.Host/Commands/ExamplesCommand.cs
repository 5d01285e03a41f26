using System.CommandLine;
using MidiMuse.Core.Clips;
using MidiMuse.Host.Motifs;

namespace MidiMuse.Host.Commands;

/// <summary>`examples`: writes the example motifs.</summary>
internal static class ExamplesCommand
{
    internal static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "Where to write the MIDI files." };
        var command = new Command("examples", "Writes the example motifs of host-tests/examples.") { folder };
        command.SetAction(result => CommandFailure.Guard(() => Run(result.GetRequiredValue(folder))));
        return command;
    }

    private static int Run(DirectoryInfo folder)
    {
        folder.Create();
        foreach (var (fileName, clip) in ExampleMotifs.All)
        {
            using var stream = File.Create(Path.Combine(folder.FullName, fileName));
            ClipWriter.Write(clip, stream, format: 0);
            Console.WriteLine(fileName);
        }
        return 0;
    }
}

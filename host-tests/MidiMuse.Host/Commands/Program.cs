using System.CommandLine;
using System.Text;
using MidiMuse.Host.Commands;

// A Windows console has an old code page by default, which has no piano rolls.
if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
    Console.OutputEncoding = Encoding.UTF8;

var root = new RootCommand("Drives a VST3 plugin like a DAW, without a screen.") { PlayCommand.Create(), ParametersCommand.Create(), ExamplesCommand.Create(), EditorCommand.Create() };
return root.Parse(args).Invoke();

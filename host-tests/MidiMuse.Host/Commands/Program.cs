using System.CommandLine;
using MidiMuse.Host.Commands;

var root = new RootCommand("Drives a VST3 plugin like a DAW, without a screen.") { PlayCommand.Create(), ParametersCommand.Create(), ExamplesCommand.Create() };
return root.Parse(args).Invoke();

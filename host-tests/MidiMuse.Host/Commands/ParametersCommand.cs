using System.CommandLine;
using System.Globalization;
using MidiMuse.Host.Loading;
using MidiMuse.Host.Plugins;

namespace MidiMuse.Host.Commands;

/// <summary>`parameters`: lists what a plugin lets a host set and read.</summary>
internal static class ParametersCommand
{
    private const int MostNamedValues = 16;

    internal static Command Create()
    {
        var plugin = new Option<string?>("--plugin") { Description = "Plugin bundle; MidiMuse as it was built by default." };
        var all = new Option<bool>("--all") { Description = "Hidden ones too, such as MIDI controllers." };
        var command = new Command("parameters", "Lists the plugin's parameters with their values.") { plugin, all };
        command.SetAction(result => CommandFailure.Guard(() => Run(result.GetValue(plugin) ?? Vst3Bundle.FindBuilt(), result.GetValue(all))));
        return command;
    }

    private static int Run(string bundlePath, bool isAll)
    {
        using var module = Vst3Module.Load(bundlePath);
        using var plugin = HostedPlugin.Create(module);
        Console.WriteLine($"{plugin.Class.Name} {plugin.Class.Version} by {plugin.Class.Vendor} ({plugin.Class.SubCategories})");
        foreach (var parameter in plugin.Parameters.Where(p => isAll || !p.IsHidden))
        {
            var value = plugin.DisplayText(parameter, plugin.GetNormalized(parameter));
            var readOnly = parameter.IsReadOnly ? " (read-only)" : "";
            Console.WriteLine($"{parameter.Title,-20} {value + " " + parameter.Units,-18} {Values(plugin, parameter)}{readOnly}");
        }
        return 0;
    }

    private static string Values(HostedPlugin plugin, HostedParameter parameter)
    {
        string Text(double normalized) => plugin.DisplayText(parameter, normalized);
        if (parameter.StepCount == 0 || parameter.StepCount > MostNamedValues)
        {
            var steps = parameter.StepCount > 0 ? string.Create(CultureInfo.InvariantCulture, $", {parameter.StepCount + 1} values") : "";
            return $"{Text(0)} .. {Text(1)}{steps}";
        }
        return string.Join(" | ", Enumerable.Range(0, parameter.StepCount + 1).Select(i => Text(i / (double)parameter.StepCount)));
    }
}

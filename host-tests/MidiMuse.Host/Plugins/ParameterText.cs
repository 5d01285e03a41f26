using System.Globalization;

namespace MidiMuse.Host.Plugins;

/// <summary>Finds the value that a person means by a text.</summary>
internal static class ParameterText
{
    private const int MostNamedValues = 1024;

    /// <summary>A value's display text, with or without its unit; else a plain number; else whatever the plugin makes of it.</summary>
    internal static bool TryParse(HostedPlugin plugin, HostedParameter parameter, string text, out double normalized)
    {
        text = text.Trim();
        if (parameter.StepCount is > 0 and <= MostNamedValues && TryNamedValue(plugin, parameter, text, out normalized))
            return true;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain))
        {
            normalized = plugin.PlainToNormalized(parameter, plain);
            var tolerance = parameter.StepCount > 0 ? 0.5 : 1e-6 * Math.Max(1, Math.Abs(plain));
            return Math.Abs(plugin.NormalizedToPlain(parameter, normalized) - plain) <= tolerance; // else it was clamped
        }
        return plugin.TryParseDisplayText(parameter, text, out normalized);
    }

    private static bool TryNamedValue(HostedPlugin plugin, HostedParameter parameter, string text, out double normalized)
    {
        for (var step = 0; step <= parameter.StepCount; step++)
        {
            normalized = step / (double)parameter.StepCount;
            var name = plugin.DisplayText(parameter, normalized).Trim();
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase) || $"{name} {parameter.Units}".Equals(text, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        normalized = 0;
        return false;
    }
}

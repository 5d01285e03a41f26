using System.Text.Json;
using MidiMuse.Core.Clips;
using MidiMuse.Host.Plugins;

namespace MidiMuse.Host.Motifs;

/// <summary>The clip of its answer that the plugin itself would save.</summary>
internal static class PluginClip
{
    /// <summary>Its texts; none where the plugin has no answer, or knows no such command.</summary>
    public static string[] Texts(HostedPlugin plugin)
    {
        var folder = Directory.CreateTempSubdirectory("midimuse-");
        try
        {
            var path = Path.Combine(folder.FullName, "answer.mid");
            return IsDone(plugin.Command($"save-clip {path}")) ? Read(path) : [];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsDone(string? reply)
    {
        if (reply is null)
            return false;
        using var json = JsonDocument.Parse(reply);
        return json.RootElement.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True;
    }

    private static string[] Read(string path)
    {
        using var stream = File.OpenRead(path);
        return [.. ClipReader.Read(stream).Texts.Where(text => text.Kind == ClipTextKind.Text).Select(text => text.Text)];
    }
}

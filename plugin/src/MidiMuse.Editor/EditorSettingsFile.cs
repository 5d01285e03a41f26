using System.Globalization;
using MidiMuse.Editor.Drawing;

namespace MidiMuse.Editor;

/// <summary>
/// Theme and text size, the same in every project: lines of <c>name=value</c> in the user's configuration folder.
/// What cannot be read or written is no reason to trouble anybody.
/// </summary>
internal static class EditorSettingsFile
{
    private static string FilePath => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "MidiMuse", "editor.conf");

    public static EditorSettings Read()
    {
        try
        {
            return File.Exists(FilePath) ? Parse(File.ReadAllLines(FilePath)) : new EditorSettings();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new EditorSettings();
        }
    }

    public static void Write(EditorSettings settings)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            File.WriteAllLines(FilePath, [$"theme={settings.Theme}", string.Create(CultureInfo.InvariantCulture, $"text-scale={settings.TextScale}")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    internal static EditorSettings Parse(IEnumerable<string> lines)
    {
        var settings = new EditorSettings();
        foreach (var line in lines)
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is ["theme", var theme] && Enum.TryParse<ThemeKind>(theme, ignoreCase: true, out var kind) && Enum.IsDefined(kind))
                settings = settings with { Theme = kind };
            else if (parts is ["text-scale", var text] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale is >= 0.5 and <= 2)
                settings = settings with { TextScale = scale };
        }
        return settings;
    }
}

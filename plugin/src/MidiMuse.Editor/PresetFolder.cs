namespace MidiMuse.Editor;

/// <summary>The player's own presets: a file each in the user's configuration folder, the same in every project.</summary>
internal static class PresetFolder
{
    private const string Extension = ".json";

    public static string FolderPath => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.Create), "MidiMuse", "Presets");

    public static IReadOnlyList<string> Names()
    {
        try
        {
            return Directory.Exists(FolderPath)
                ? [.. Directory.GetFiles(FolderPath, $"*{Extension}").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.CurrentCultureIgnoreCase)!]
                : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Where a preset of this name is or will be. Characters that no file name has become spaces.</summary>
    public static string FileOf(string name)
    {
        var allowed = string.Concat(name.Select(character => Path.GetInvalidFileNameChars().Contains(character) || character == '\\' ? ' ' : character)).Trim(' ', '.');
        return Path.Combine(FolderPath, (allowed.Length > 0 ? allowed : "Preset") + Extension);
    }
}

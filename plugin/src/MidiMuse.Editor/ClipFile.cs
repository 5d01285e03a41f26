using MidiMuse.Core.Clips;

namespace MidiMuse.Editor;

/// <summary>Writes clips where players look for them.</summary>
internal static class ClipFile
{
    /// <summary>Null, or why it could not be written, in words for the player.</summary>
    public static string? TryWrite(Clip clip, string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using var stream = File.Create(full);
            ClipWriter.Write(clip, stream);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return exception.Message;
        }
    }
}

/// <summary>
/// Where dragged clips lie. Not a temporary folder: some hosts keep referring to the file that was dropped on them.
/// </summary>
internal static class ExportFolder
{
    public static string NewFile()
    {
        var folder = Path.Combine(Root(), "MidiMuse", "Clips");
        var name = $"MidiMuse answer {DateTime.Now:yyyy-MM-dd HH.mm.ss}";
        var path = Path.Combine(folder, $"{name}.mid");
        for (var number = 2; File.Exists(path); number++)
            path = Path.Combine(folder, $"{name} {number}.mid");
        return path;
    }

    private static string Root()
    {
        var music = Environment.GetFolderPath(Environment.SpecialFolder.MyMusic);
        return music.Length > 0 && Directory.Exists(music) ? music : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
    }
}

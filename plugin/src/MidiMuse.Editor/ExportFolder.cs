namespace MidiMuse.Editor;

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

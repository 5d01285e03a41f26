using System.Text.Json;
using System.Text.Json.Serialization;

namespace MidiMuse.Inference.Devices;

/// <summary>
/// Figures of earlier trials, so that a model is measured once on a machine and not at every load: a small JSON in the
/// user's cache folder. A file that cannot be read counts as empty, one that cannot be written is done without.
/// Only usable devices are kept: a failure may be over after the next start.
/// </summary>
internal sealed class DeviceCache
{
    private const int CurrentFormat = 1;
    private const int MostEntries = 64;

    private static readonly Lock Gate = new();

    private readonly string _path;

    /// <param name="folder">Made when something is kept.</param>
    public DeviceCache(string folder)
    {
        Folder = folder;
        _path = Path.Combine(folder, "devices.json");
    }

    public string Folder { get; }

    /// <summary>%LOCALAPPDATA%\MidiMuse\Cache, ~/Library/Caches/MidiMuse, $XDG_CACHE_HOME/MidiMuse or ~/.cache/MidiMuse.</summary>
    public static DeviceCache OfUser() => new(UserFolder());

    /// <summary>Identifies what was measured: weights, library, machine and device.</summary>
    public static string KeyOf(string modelHash, string runtimeVersion, Device device) =>
        string.Join('|', modelHash, runtimeVersion, Environment.MachineName, Environment.ProcessorCount, device.Id);

    public DeviceFigures? Find(string key)
    {
        lock (Gate)
            return Read().Entries.Find(entry => entry.Key == key)?.Figures;
    }

    public void Keep(string key, DeviceFigures figures)
    {
        if (!figures.IsUsable)
            return;
        lock (Gate)
        {
            var entries = Read().Entries;
            entries.RemoveAll(entry => entry.Key == key);
            entries.Add(new CachedFigures(key, figures));
            Write(new CachedTrials(CurrentFormat, entries[Math.Max(0, entries.Count - MostEntries)..]));
        }
    }

    private CachedTrials Read()
    {
        var nothing = new CachedTrials(CurrentFormat, []);
        try
        {
            var trials = JsonSerializer.Deserialize(File.ReadAllBytes(_path), DeviceCacheJson.Default.CachedTrials);
            return trials is { Format: CurrentFormat, Entries: not null } && trials.Entries.TrueForAll(IsSound) ? trials : nothing;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return nothing;
        }
    }

    private void Write(CachedTrials trials)
    {
        var draft = $"{_path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(trials, DeviceCacheJson.Default.CachedTrials));
            // Another process reads either the old file or the new one.
            File.Move(draft, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Measured again at the next load.
        }
    }

    private static bool IsSound(CachedFigures? entry) =>
        entry is { Key: not null, Figures: { DeviceId: not null, DeviceName: not null, Problem: null, NoteMilliseconds: > 0, CpuNoteMilliseconds: > 0 } };

    private static string UserFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "MidiMuse", "Cache");
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Caches", "MidiMuse");
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.Combine(string.IsNullOrEmpty(cache) ? Path.Combine(home, ".cache") : cache, "MidiMuse");
    }
}

internal sealed record CachedFigures(string Key, DeviceFigures Figures);

internal sealed record CachedTrials(int Format, List<CachedFigures> Entries);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CachedTrials))]
internal sealed partial class DeviceCacheJson : JsonSerializerContext;

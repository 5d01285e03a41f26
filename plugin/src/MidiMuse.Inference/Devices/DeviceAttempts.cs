using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MidiMuse.Inference.Devices;

/// <summary>
/// What was begun with a driver and never came to an end. A driver that fails can take the host with it, at every start
/// anew; so each attempt is a file in the user's cache folder while it lasts, and one whose process is gone counts against
/// the device. Files that cannot be written are done without. Any thread.
/// </summary>
internal sealed class DeviceAttempts
{
    /// <summary>One or two may have been hosts that were stopped just then, such as those that only look at plugins.</summary>
    public const int MostUnfinished = 3;

    private const string Extension = ".attempt";

    private readonly Lock _gate = new();
    private readonly int _process;
    private readonly Func<int, bool> _isRunning;
    private readonly List<string> _going = [];
    private int _begun;

    /// <param name="folder">Made when something is begun.</param>
    public DeviceAttempts(string folder)
        : this(folder, Environment.ProcessId, IsRunning)
    {
    }

    internal DeviceAttempts(string folder, int process, Func<int, bool> isRunning)
    {
        Folder = folder;
        _process = process;
        _isRunning = isRunning;
    }

    public string Folder { get; }

    /// <summary>Whether it has ended its host so often that it is not to be tried again.</summary>
    public bool IsHopeless(string key) => Unfinished(key).Count >= MostUnfinished;

    public void Begin(string key)
    {
        lock (_gate)
        {
            var file = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"{NameOf(key)}-{_process}-{_begun++}{Extension}"));
            _going.Add(file);
            Try(() =>
            {
                Directory.CreateDirectory(Folder);
                File.WriteAllText(file, key);
            });
        }
    }

    /// <summary>Everything that this process has begun is over, well or not, or does not count because the host goes in order.</summary>
    public void End()
    {
        lock (_gate)
        {
            foreach (var file in _going)
                Try(() => File.Delete(file));
            _going.Clear();
        }
    }

    /// <summary>The driver has done what was asked for: what happened before is forgiven.</summary>
    public void Forgive(string key)
    {
        foreach (var file in Unfinished(key))
            Try(() => File.Delete(file));
    }

    private List<string> Unfinished(string key)
    {
        try
        {
            return Directory.Exists(Folder)
                ? [.. Directory.EnumerateFiles(Folder, $"{NameOf(key)}-*{Extension}").Where(file => ProcessOf(file) is { } process && process != _process && !_isRunning(process))]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string NameOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];

    private static int? ProcessOf(string file) =>
        int.TryParse(Path.GetFileName(file).Split('-') is [_, var process, _] ? process : "", NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then a driver that ends the host is tried again at the next start.
        }
    }
}

namespace MidiMuse.Installer.Tests;

/// <summary>A test that needs programs which not every system has; skipped, with the reason, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    /// <param name="files">Full paths of programs.</param>
    public NeedsFactAttribute(params string[] files)
    {
        Files = files;
        var missing = files.Where(file => !File.Exists(file)).ToList();
        if (!OperatingSystem.IsLinux())
            Skip = "Runs on Linux only.";
        else if (missing.Count > 0)
            Skip = $"Not installed: {string.Join(", ", missing)} (.ci/install-packages installs it).";
    }

    public IReadOnlyList<string> Files { get; }
}

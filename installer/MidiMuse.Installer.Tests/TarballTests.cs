using MidiMuse.Wine.Tests;

namespace MidiMuse.Installer.Tests;

/// <summary>The tar.gz and its install script, with a home folder of its own. Oracle: the built bundle, file by file.</summary>
public sealed class TarballTests
{
    private const string Tar = "/bin/tar";

    [NeedsFact(Tar)]
    public void It_installs_upgrades_and_uninstalls_leaving_nothing()
    {
        var home = Repository.NewWorkFolder("home");
        var unpacked = Unpack();

        Install(unpacked, home).MustSucceed();
        var plugin = Path.Combine(home, ".vst3", "MidiMuse.vst3");
        Assert.Equal(Packages.Files(Packages.Bundle), Packages.Files(plugin));

        // An older version with a file that the new one does not have.
        File.WriteAllText(Path.Combine(plugin, "Contents", "left-over.txt"), "of an older version");
        Install(unpacked, home).MustSucceed();
        Assert.Equal(Packages.Files(Packages.Bundle), Packages.Files(plugin));

        Directory.CreateDirectory(Path.Combine(home, ".cache", "MidiMuse"));
        File.WriteAllText(Path.Combine(home, ".cache", "MidiMuse", "devices.json"), "{}");
        Install(unpacked, home, "--uninstall").MustSucceed();
        Directory.Delete(Path.Combine(home, ".cache"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(home));
    }

    [NeedsFact(Tar)]
    public void It_leaves_alone_what_is_not_its_own()
    {
        var home = Repository.NewWorkFolder("home");
        var unpacked = Unpack();
        var other = Path.Combine(home, ".vst3", "Other.vst3");
        Directory.CreateDirectory(other);
        var strange = Path.Combine(home, "plugins", "MidiMuse.vst3");
        Directory.CreateDirectory(strange);
        File.WriteAllText(Path.Combine(strange, "notes.txt"), "mine");

        Install(unpacked, home).MustSucceed();
        Install(unpacked, home, "--uninstall").MustSucceed();
        Assert.True(Directory.Exists(other));

        Assert.Equal(1, Install(unpacked, home, "--to", Path.Combine(home, "plugins")).ExitCode);
        Assert.Equal(1, Install(unpacked, home, "--to", Path.Combine(home, "plugins"), "--uninstall").ExitCode);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(strange, "notes.txt")));
        Assert.Equal(1, Install(unpacked, home, "--uninstall").ExitCode);
        Assert.Equal(2, Install(unpacked, home, "--nonsense").ExitCode);
    }

    private static string Unpack()
    {
        var folder = Repository.NewWorkFolder("unpacked");
        Packages.Run(Tar, [], "-xzf", Packages.Tarball, "-C", folder).MustSucceed();
        return Path.Combine(folder, $"MidiMuse-{Packages.Version}-linux-x64");
    }

    private static Finished Install(string unpacked, string home, params string[] options) =>
        Packages.Run(
            "/bin/sh",
            new() { ["HOME"] = home, ["XDG_CACHE_HOME"] = Path.Combine(home, ".cache") },
            [Path.Combine(unpacked, "install.sh"), .. options]);
}

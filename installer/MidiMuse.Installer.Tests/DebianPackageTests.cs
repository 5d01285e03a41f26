using MidiMuse.Wine.Tests;

namespace MidiMuse.Installer.Tests;

/// <summary>
/// The .deb in a fresh root that has nothing but dpkg's own files and the C and C++ libraries' entries. Oracles: dpkg; the
/// built bundle, file by file; the scanner of a real host.
/// </summary>
public sealed class DebianPackageTests
{
    private const string Dpkg = "/usr/bin/dpkg";
    private const string DpkgDeb = "/usr/bin/dpkg-deb";
    private const string Scanner = "/usr/lib/ardour7/ardour-vst3-scanner";
    private const string PluginFolder = "usr/lib/vst3/MidiMuse.vst3";

    [NeedsFact(Dpkg, DpkgDeb)]
    public void It_installs_upgrades_and_uninstalls_leaving_nothing()
    {
        var root = FreshRoot();
        var before = Entries(root);

        InRoot(root, "--install", Packages.Debian).MustSucceed();
        Assert.Equal(Packages.Files(Packages.Bundle), Packages.Files(Path.Combine(root, PluginFolder)));
        Assert.Contains("Status: install ok installed", InRoot(root, "--status", "midimuse").Output, StringComparison.Ordinal);
        Assert.Contains($"Version: {Packages.Version}", InRoot(root, "--status", "midimuse").Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(root, "usr/share/doc/midimuse/copyright")));

        InRoot(root, "--install", Packages.Debian).MustSucceed();
        Assert.Equal(Packages.Files(Packages.Bundle), Packages.Files(Path.Combine(root, PluginFolder)));

        InRoot(root, "--purge", "midimuse").MustSucceed();
        Assert.Equal(before, Entries(root));
    }

    [NeedsFact(Dpkg, DpkgDeb)]
    public void It_names_the_libraries_that_it_needs()
    {
        var root = Repository.NewWorkFolder("bare-root");
        MakeDpkgFolders(root, status: "");
        var refused = InRoot(root, "--install", Packages.Debian);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("libc6", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("libstdc++6", refused.Errors, StringComparison.Ordinal);
    }

    [NeedsFact(Dpkg, DpkgDeb)]
    public void Its_files_belong_to_root_and_nobody_else_may_write_them()
    {
        var listing = Packages.Run(DpkgDeb, [], "--contents", Packages.Debian).MustSucceed().Output;
        var lines = listing.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.EndsWith($"./{PluginFolder}/Contents/x86_64-linux/MidiMuse.so", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches("^(drwxr-xr-x|-rw-r--r--) root/root ", line));
    }

    [NeedsFact(Dpkg, DpkgDeb, Scanner)]
    public void Ardour_finds_the_plugin_where_the_package_puts_it()
    {
        var root = FreshRoot();
        InRoot(root, "--install", Packages.Debian).MustSucceed();
        var home = Repository.NewWorkFolder("ardour-home");

        Packages.Run(Scanner, new() { ["HOME"] = home, ["XDG_CACHE_HOME"] = home, ["XDG_CONFIG_HOME"] = home, ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(Scanner)! }, "-f", "-q", Path.Combine(root, PluginFolder)).MustSucceed();

        var caches = Directory.GetFiles(home, "*.v3i", SearchOption.AllDirectories);
        Assert.Contains("MidiMuse", File.ReadAllText(Assert.Single(caches)), StringComparison.Ordinal);
    }

    private static Finished InRoot(string root, params string[] command) =>
        Packages.Run(Dpkg, new() { ["LC_ALL"] = "C" }, [$"--root={root}", "--force-not-root", "--force-script-chrootless", $"--log={Path.Combine(root, "dpkg.log")}", .. command]);

    private static string FreshRoot()
    {
        var root = Repository.NewWorkFolder("fresh-root");
        var status = Packages.Run(Dpkg, new() { ["LC_ALL"] = "C" }, "--status", "libc6", "libgcc-s1", "libstdc++6", "gcc-12-base", "libcrypt1").MustSucceed().Output;
        MakeDpkgFolders(root, status);
        // Packages of a full system have more files; for what depends on them only their state counts.
        foreach (var name in (string[])["libc6:amd64", "libgcc-s1:amd64", "libstdc++6:amd64", "gcc-12-base:amd64", "libcrypt1:amd64"])
            File.WriteAllText(Path.Combine(root, "var/lib/dpkg/info", name + ".list"), "/.\n");
        File.WriteAllText(Path.Combine(root, "dpkg.log"), "");
        return root;
    }

    private static void MakeDpkgFolders(string root, string status)
    {
        foreach (var folder in (string[])["var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers"])
            Directory.CreateDirectory(Path.Combine(root, folder));
        File.WriteAllText(Path.Combine(root, "var/lib/dpkg/status"), status);
        File.WriteAllText(Path.Combine(root, "var/lib/dpkg/available"), "");
    }

    /// <summary>Files and folders outside of dpkg's own books.</summary>
    private static string[] Entries(string root) =>
        [.. Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories)
            .Select(entry => Path.GetRelativePath(root, entry))
            .Where(entry => !entry.StartsWith("var/lib/dpkg/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
}

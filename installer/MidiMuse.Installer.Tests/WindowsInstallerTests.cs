using MidiMuse.Wine.Tests;

namespace MidiMuse.Installer.Tests;

/// <summary>
/// The Windows installer, silently, in a Wine prefix. Oracles: the bundle, file by file; the prefix's files and the
/// uninstall keys before the installation.
/// </summary>
public sealed class WindowsInstallerTests
{
    private const string MakeNsis = "/usr/bin/makensis";
    private const string WineProgram = "/usr/lib/wine/wine64";
    private const string CrossCompiler = "/usr/bin/x86_64-w64-mingw32-g++-posix";
    private const string UninstallKey = @"Software\Microsoft\Windows\CurrentVersion\Uninstall\MidiMuse";

    private static readonly TimeSpan UninstallLimit = TimeSpan.FromMinutes(1);

    /// <summary>A test that was cut short before may have left its installation.</summary>
    public WindowsInstallerTests()
    {
        if (!File.Exists(WineProgram) || !File.Exists(CrossCompiler))
            return;
        foreach (var (folder, scope) in (ReadOnlySpan<(string, string)>)[(AllUsersProgram, "all"), (UserProgram, "user")])
        {
            if (File.Exists(Path.Combine(folder, "uninstall.exe")))
                Uninstall(Path.Combine(folder, "uninstall.exe"), $"/Scope={scope}");
        }
    }

    private static string AllUsersProgram => Path.Combine(WinePrefix.DriveC, "Program Files", "MidiMuse");

    private static string UserProgram => Path.Combine(WinePrefix.DriveC, "users", Environment.UserName, "AppData", "Local", "Programs", "MidiMuse");

    [NeedsFact(MakeNsis, WineProgram, CrossCompiler)]
    public void For_all_users_it_installs_upgrades_and_uninstalls_leaving_nothing()
    {
        var before = Entries();
        var older = Make(Edition("0.0.9", "a file of an older version"), "0.0.9");
        WinePrefix.Run(older, "/S").MustSucceed();
        Assert.Equal("0.0.9", Registered("HKLM", "DisplayVersion"));

        var installer = Make(Packages.WindowsBundle, Packages.Version);
        WinePrefix.Run(installer, "/S").MustSucceed();

        var plugin = Path.Combine(WinePrefix.DriveC, "Program Files", "Common Files", "VST3", "MidiMuse.vst3");
        Assert.Equal(Packages.Files(Packages.WindowsBundle), Packages.Files(plugin));
        Assert.Equal(Packages.Version, Registered("HKLM", "DisplayVersion"));
        Assert.Null(Registered("HKCU", "DisplayVersion"));
        AssertPlays(@"C:\Program Files\Common Files\VST3\MidiMuse.vst3");

        Uninstall(Path.Combine(AllUsersProgram, "uninstall.exe"), "/Scope=all");
        AssertNothingBeside(before);
        Assert.Null(Registered("HKLM", "DisplayVersion"));
    }

    [NeedsFact(MakeNsis, WineProgram, CrossCompiler)]
    public void For_one_user_or_into_any_folder_it_leaves_nothing_either()
    {
        var before = Entries();
        var small = Edition("1", "small");
        var installer = Make(small, Packages.Version);
        var local = Path.Combine(WinePrefix.DriveC, "users", Environment.UserName, "AppData", "Local", "Programs");

        WinePrefix.Run(installer, "/S", "/CurrentUser").MustSucceed();
        Assert.Equal(Packages.Files(small), Packages.Files(Path.Combine(local, "Common", "VST3", "MidiMuse.vst3")));
        Assert.Equal(Packages.Version, Registered("HKCU", "DisplayVersion"));
        Assert.Null(Registered("HKLM", "DisplayVersion"));
        Uninstall(Path.Combine(UserProgram, "uninstall.exe"), "/Scope=user");
        AssertNothingBeside(before);

        WinePrefix.Run(installer, "/S", "/CurrentUser", @"/D=C:\Plugins\VST3").MustSucceed();
        Assert.Equal(Packages.Files(small), Packages.Files(Path.Combine(WinePrefix.DriveC, "Plugins", "VST3", "MidiMuse.vst3")));
        Uninstall(Path.Combine(UserProgram, "uninstall.exe"), "/Scope=user");
        Directory.Delete(Path.Combine(WinePrefix.DriveC, "Plugins"));
        AssertNothingBeside(before);
    }

    [NeedsFact(MakeNsis, WineProgram, CrossCompiler)]
    public void Either_edition_or_both_can_be_chosen_and_the_other_one_goes()
    {
        var before = Entries();
        var (native, other) = (Edition("native", "n"), Edition("other", "o"));
        var installer = Make(native, Packages.Version, other);
        var folder = Path.Combine(WinePrefix.DriveC, "Program Files", "Common Files", "VST3");

        WinePrefix.Run(installer, "/S", "/Edition=Both").MustSucceed();
        Assert.Equal(["MidiMuse.vst3", "MidiMuseBridge.vst3"], Folders(folder));
        WinePrefix.Run(installer, "/S", "/Edition=AudioPlugSharp").MustSucceed();
        Assert.Equal(["MidiMuseBridge.vst3"], Folders(folder));
        Assert.Equal(Packages.Files(other), Packages.Files(Path.Combine(folder, "MidiMuseBridge.vst3")));
        WinePrefix.Run(installer, "/S").MustSucceed();
        Assert.Equal(["MidiMuse.vst3"], Folders(folder));

        Uninstall(Path.Combine(AllUsersProgram, "uninstall.exe"), "/Scope=all");
        AssertNothingBeside(before);
    }

    private static void AssertPlays(string plugin)
    {
        var host = Path.Combine(Repository.Artifacts, "windows-host", "publish", "MidiMuse.Host.exe");
        var played = WinePrefix.Run(host, "play", Repository.Motif("ode_to_joy"), "--bars", "1", "--plugin", plugin).MustSucceed();
        Assert.Contains("Engine: Ready", played.Output, StringComparison.Ordinal);
    }

    /// <summary>A bundle of one file: what the installer does with files does not depend on what is in them.</summary>
    private static string Edition(string name, string content)
    {
        var bundle = Repository.NewWorkFolder(name);
        Directory.CreateDirectory(Path.Combine(bundle, "Contents", "Resources"));
        File.WriteAllText(Path.Combine(bundle, "Contents", "Resources", $"{name}.txt"), content);
        return bundle;
    }

    private static string Make(string bundle, string version, string? otherEdition = null)
    {
        var output = Path.Combine(Repository.NewWorkFolder("windows-installer"), $"MidiMuse-{version}-win-x64.exe");
        string[] defines = [$"-DVERSION={version}", $"-DBUNDLE={bundle}", $"-DREPOSITORY={Repository.Root}", $"-DOUTPUT={output}", "-DCOMPRESSION=off"];
        string[] other = otherEdition is null ? [] : [$"-DAUDIOPLUGSHARP_BUNDLE={otherEdition}"];
        Packages.Run(MakeNsis, [], ["-V2", "-INPUTCHARSET", "UTF8", .. defines, .. other, Path.Combine(Repository.Root, "installer", "windows", "midimuse.nsi")]).MustSucceed();
        return output;
    }

    /// <summary>The uninstaller goes on from a copy of itself in the temporary folder, so its end is waited for.</summary>
    private static void Uninstall(string uninstaller, string scope)
    {
        WinePrefix.Run(uninstaller, "/S", scope).MustSucceed();
        WaitFor(() => !Directory.Exists(Path.GetDirectoryName(uninstaller)!));
    }

    private static void AssertNothingBeside(string[] before)
    {
        WaitFor(() => Entries().Except(before).FirstOrDefault() is null);
        var left = Entries().Except(before).ToArray();
        Assert.True(left.Length == 0, $"left behind: {string.Join(", ", left)}");
        Assert.Null(Registered("HKLM", "DisplayVersion"));
        Assert.Null(Registered("HKCU", "DisplayVersion"));
    }

    private static void WaitFor(Func<bool> isDone)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!isDone() && waited.Elapsed < UninstallLimit)
            Thread.Sleep(50);
    }

    private static string? Registered(string root, string value)
    {
        var query = WinePrefix.Run("reg", "query", $@"{root}\{UninstallKey}", "/v", value, "/reg:64");
        return query.ExitCode == 0 ? query.Output.Split("REG_SZ", 2)[1].Trim() : null;
    }

    private static string[] Folders(string folder) =>
        [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Everything on drive C: but temporary files, which Windows clears, and what lies behind links: Wine links the
    /// user's folders to his home.
    /// </summary>
    private static string[] Entries() =>
        [.. Directory.EnumerateFileSystemEntries(WinePrefix.DriveC, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(entry => !entry.Contains("/Temp", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
}

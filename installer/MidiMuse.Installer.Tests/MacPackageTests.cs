using MidiMuse.Wine.Tests;

namespace MidiMuse.Installer.Tests;

/// <summary>
/// macos/make-pkg with stand-ins for Apple's programs, which write down how they were called and keep what they were
/// given. This shows what the script does, not that Apple's programs like it: that is on the list in VERIFY.md.
/// </summary>
public sealed class MacPackageTests
{
    private const string Shell = "/bin/sh";

    private static readonly string[] Programs = ["pkgbuild", "productbuild", "codesign", "xcrun"];

    [NeedsFact(Shell)]
    public void Without_identities_the_bundle_is_packed_as_it_is_and_nothing_is_signed()
    {
        var run = new MacRun();
        run.Make([]).MustSucceed();

        Assert.Equal(["pkgbuild", "productbuild"], run.Calls.Select(call => call[0]));
        Assert.Equal(Packages.Files(run.Bundle), Packages.Files(Path.Combine(run.Payload, "MidiMuse.vst3")));
        Assert.Equal(["MidiMuse.vst3"], Directory.EnumerateFileSystemEntries(run.Payload).Select(Path.GetFileName));
        Assert.Equal("/Library/Audio/Plug-Ins/VST3", ValueOf(run.Calls[0], "--install-location"));
        Assert.Equal(Packages.Version, ValueOf(run.Calls[0], "--version"));
        Assert.Equal(run.Package, run.Calls[1][^1]);
        Assert.DoesNotContain("--sign", run.Calls[1]);
        Assert.True(File.Exists(run.Package));
    }

    [NeedsFact(Shell)]
    public void The_distribution_names_the_version_the_component_and_the_licence_that_lie_beside_it()
    {
        var run = new MacRun();
        run.Make([]).MustSucceed();

        var distribution = File.ReadAllText(Path.Combine(run.Kept, "distribution.xml"));
        Assert.Contains($"<pkg-ref id=\"org.midimuse.vst3\" version=\"{Packages.Version}\">MidiMuse.pkg</pkg-ref>", distribution, StringComparison.Ordinal);
        Assert.DoesNotContain('@', distribution);
        Assert.Equal("org.midimuse.vst3", ValueOf(run.Calls[0], "--identifier"));
        Assert.Equal("MidiMuse.pkg", Path.GetFileName(run.Calls[0][^1]));
        Assert.Equal(Path.GetDirectoryName(run.Calls[0][^1]), ValueOf(run.Calls[1], "--package-path"));
        Assert.Equal("MIT", File.ReadAllText(Path.Combine(run.Kept, "resources", "LICENSE.txt")));
    }

    [NeedsFact(Shell)]
    public void With_identities_libraries_are_signed_before_the_bundle_and_the_package_is_signed_notarised_and_stapled()
    {
        var run = new MacRun();
        run.Make(new()
        {
            ["MIDIMUSE_SIGN_APPLICATION"] = "Developer ID Application: A Name (TEAM)",
            ["MIDIMUSE_SIGN_INSTALLER"] = "Developer ID Installer: A Name (TEAM)",
            ["MIDIMUSE_NOTARY_PROFILE"] = "a profile",
        }).MustSucceed();

        Assert.Equal(["codesign", "codesign", "codesign", "pkgbuild", "productbuild", "xcrun", "xcrun"], run.Calls.Select(call => call[0]));
        var (libraries, bundle, check) = (run.Calls[0], run.Calls[1], run.Calls[2]);
        Assert.Equal(["libSkiaSharp.dylib", "libonnxruntime.dylib"], libraries.Where(word => word.EndsWith(".dylib", StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.EndsWith("MidiMuse.vst3", bundle[^1], StringComparison.Ordinal);
        Assert.All((string[][])[libraries, bundle], call =>
        {
            Assert.Equal("Developer ID Application: A Name (TEAM)", ValueOf(call, "--sign"));
            Assert.Equal("runtime", ValueOf(call, "--options"));
        });
        Assert.Contains("--verify", check);
        Assert.Equal("Developer ID Installer: A Name (TEAM)", ValueOf(run.Calls[4], "--sign"));
        Assert.Equal(["xcrun", "notarytool", "submit", run.Package, "--keychain-profile", "a profile", "--wait"], run.Calls[5]);
        Assert.Equal(["xcrun", "stapler", "staple", run.Package], run.Calls[6]);
    }

    [NeedsFact(Shell)]
    public void A_step_that_fails_ends_it()
    {
        foreach (var program in (string[])["pkgbuild", "codesign"])
        {
            var run = new MacRun();
            var made = run.Make(new() { ["MIDIMUSE_SIGN_APPLICATION"] = "somebody", ["FAILS"] = program });
            Assert.NotEqual(0, made.ExitCode);
            Assert.Equal(program, run.Calls[^1][0]);
            Assert.False(File.Exists(run.Package));
        }
    }

    private static string ValueOf(string[] call, string option) => call[Array.IndexOf(call, option) + 1];

    /// <summary>One run of the script over a small bundle.</summary>
    private sealed class MacRun
    {
        // Each call is a line: the program and its words, a tab between two. What a package is made of is kept.
        private const string StandIn = """
            #!/bin/sh
            { printf '%s' "${0##*/}"; for word in "$@"; do printf '\t%s' "$word"; done; echo; } >> "$KEPT/calls"
            [ "${0##*/}" != "${FAILS:-}" ] || exit 1
            for word in "$@"; do
                case ${option:-} in
                    --root) cp -R "$word" "$KEPT/payload" ;;
                    --distribution) cp "$word" "$KEPT/distribution.xml" ;;
                    --resources) cp -R "$word" "$KEPT/resources" ;;
                esac
                option=$word
            done
            case ${0##*/} in *build) : > "$option" ;; esac
            """;

        private readonly string _folder = Repository.NewWorkFolder("mac");

        public MacRun()
        {
            foreach (var program in Programs)
            {
                var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, program);
                File.WriteAllText(file, StandIn.ReplaceLineEndings("\n") + "\n");
                Packages.Run("/bin/chmod", [], "+x", file).MustSucceed();
            }
            Write("Contents/MacOS/MidiMuse", "bridge");
            Write("Contents/MacOS/libonnxruntime.dylib", "runtime");
            Write("Contents/MacOS/libSkiaSharp.dylib", "drawing");
            Write("Contents/Info.plist", "plist");
            Write("Contents/Resources/LICENSE", "MIT");
            Directory.CreateDirectory(Kept);
        }

        public string Bundle => Path.Combine(_folder, "a folder with blanks", "MidiMuse.vst3");

        public string Kept => Path.Combine(_folder, "kept");

        public string Payload => Path.Combine(Kept, "payload");

        public string Package => Path.Combine(_folder, "out", $"MidiMuse-{Packages.Version}-macos.pkg");

        public string[][] Calls => [.. File.ReadAllLines(Path.Combine(Kept, "calls")).Select(line => line.Split('\t'))];

        public Finished Make(Dictionary<string, string> environment)
        {
            environment["PATH"] = $"{Path.Combine(_folder, "bin")}:/usr/bin:/bin";
            environment["KEPT"] = Kept;
            var script = Path.Combine(Repository.Root, "installer", "macos", "make-pkg");
            return Packages.Run(Shell, environment, script, Bundle, Packages.Version, Path.Combine(_folder, "out"));
        }

        private void Write(string path, string text)
        {
            var file = Path.Combine(Bundle, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}

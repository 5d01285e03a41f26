using System.Diagnostics;

namespace MidiMuse.Models.Tests.Training;

/// <summary>A test that needs a Python with torch; skipped, with a word why, where there is none.</summary>
internal sealed class TorchFactAttribute : FactAttribute
{
    private static readonly string[] Candidates = ["python3", "/usr/bin/python3"];

    private static readonly Lazy<string?> Found = new(() => Candidates.FirstOrDefault(HasTorch));

    public TorchFactAttribute()
    {
        if (Found.Value is null)
            Skip = "No python3 with torch here (Debian: python3-torch).";
    }

    public static string Python => Found.Value!;

    private static bool HasTorch(string python)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch, numpy"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

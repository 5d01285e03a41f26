using System.Diagnostics;

namespace MidiMuse.RealHosts.Tests;

internal static class CommandLine
{
    /// <summary>Runs a program to its end; anything but exit status 0 fails the test with the program's own words.</summary>
    public static string Run(string program, TimeSpan limit, params IEnumerable<string> arguments) => Run(program, limit, [], arguments);

    /// <param name="environment">Variables beside those of this process.</param>
    public static string Run(string program, TimeSpan limit, Dictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} was still running after {limit.TotalSeconds:F0} s.\n{output.Result}\n{errors.Result}");
        }
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}.\n{output.Result}\n{errors.Result}");
        return output.Result;
    }
}

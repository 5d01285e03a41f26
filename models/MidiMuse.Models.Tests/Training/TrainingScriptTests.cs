using System.Diagnostics;

namespace MidiMuse.Models.Tests.Training;

public class TrainingScriptTests
{
    [TorchFact]
    public void The_training_scripts_pass_their_own_tests()
    {
        var start = new ProcessStartInfo(TorchFactAttribute.Python, ["-m", "unittest"])
        {
            WorkingDirectory = Path.Combine(Folders.Repository, "models", "training"),
            RedirectStandardError = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!;
        var report = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, report);
    }
}

using System.Diagnostics;
using MidiMuse.Inference.Devices;

namespace MidiMuse.Inference.Tests.Devices;

public sealed class DeviceAttemptsTests : IDisposable
{
    private const string Key = "weights|1.31.1|machine|2|DirectMl:0:A";

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("midimuse-devices-").FullName, "cache");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void A_driver_that_ends_its_host_three_times_is_left_alone()
    {
        for (var host = 101; host < 101 + DeviceAttempts.MostUnfinished; host++)
        {
            Assert.False(Host(host).IsHopeless(Key));
            Host(host).Begin(Key);
        }
        Assert.True(Host(200).IsHopeless(Key));
        Assert.False(Host(200).IsHopeless("another device"));
    }

    [Fact]
    public void What_comes_to_an_end_counts_for_nothing_however_it_ends()
    {
        for (var host = 101; host < 120; host++)
        {
            var attempts = Host(host);
            attempts.Begin(Key);
            attempts.End();
        }
        Assert.False(Host(200).IsHopeless(Key));
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void Hosts_that_are_still_at_it_count_for_nothing()
    {
        for (var host = 101; host < 110; host++)
            new DeviceAttempts(_folder, host, _ => true).Begin(Key);
        Assert.False(new DeviceAttempts(_folder, 200, _ => true).IsHopeless(Key));
        Assert.True(Host(200).IsHopeless(Key));
    }

    [Fact]
    public void One_success_forgives_what_happened_before()
    {
        Host(101).Begin(Key);
        Host(102).Begin(Key);
        var good = Host(103);
        good.Begin(Key);
        good.Forgive(Key);
        good.End();
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    /// <summary>Oracle: a process that was killed in the middle.</summary>
    [Fact]
    public void A_process_that_is_gone_is_known_to_be_gone()
    {
        using var host = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        new DeviceAttempts(_folder, host.Id, _ => true).Begin(Key);
        host.Kill();
        host.WaitForExit();
        var own = new DeviceAttempts(_folder);
        own.Begin(Key);
        own.Forgive(Key);
        Assert.Equal([$"-{Environment.ProcessId}-"], Directory.EnumerateFiles(_folder).Select(file => $"-{Path.GetFileName(file).Split('-')[1]}-"));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_done_without()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder)!);
        File.WriteAllText(_folder, "a file where the folder should be");
        var attempts = new DeviceAttempts(_folder);
        attempts.Begin(Key);
        Assert.False(attempts.IsHopeless(Key));
        attempts.Forgive(Key);
        attempts.End();
    }

    /// <summary>A host with that process number, which is gone for all others.</summary>
    private DeviceAttempts Host(int process) => new(_folder, process, _ => false);
}

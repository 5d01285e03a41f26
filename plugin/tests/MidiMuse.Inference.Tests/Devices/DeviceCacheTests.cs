using MidiMuse.Inference.Devices;

namespace MidiMuse.Inference.Tests.Devices;

public sealed class DeviceCacheTests : IDisposable
{
    private static readonly DeviceFigures Figures = new("WebGpu:0:A", "A", 0.5, 1.25, 0.001);

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("midimuse-devices-").FullName, "cache");

    private string File => Path.Combine(_folder, "devices.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void Figures_come_back_under_their_key_only()
    {
        var key = DeviceCache.KeyOf("weights", "1.31.1", FakeAdapter.Honest());
        new DeviceCache(_folder).Keep(key, Figures);

        Assert.Equal(Figures, new DeviceCache(_folder).Find(key));
        Assert.Null(new DeviceCache(_folder).Find(DeviceCache.KeyOf("other weights", "1.31.1", FakeAdapter.Honest())));
        Assert.Null(new DeviceCache(_folder).Find(DeviceCache.KeyOf("weights", "1.32.0", FakeAdapter.Honest())));
        Assert.Null(new DeviceCache(_folder).Find(DeviceCache.KeyOf("weights", "1.31.1", FakeAdapter.Honest("Another adapter"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("{\"format\": 2, \"entries\": []}")]
    [InlineData("{\"format\": 1}")]
    [InlineData("{\"format\": 1, \"entries\": [null]}")]
    [InlineData("{\"format\": 1, \"entries\": [{\"key\": \"k\", \"figures\": {\"deviceId\": \"d\", \"deviceName\": \"n\", \"noteMilliseconds\": -1, \"cpuNoteMilliseconds\": 1, \"deviation\": 0}}]}")]
    public void A_damaged_file_counts_as_empty_and_is_replaced(string content)
    {
        Directory.CreateDirectory(_folder);
        System.IO.File.WriteAllText(File, content);
        var cache = new DeviceCache(_folder);

        Assert.Null(cache.Find("k"));
        cache.Keep("k", Figures);
        Assert.Equal(Figures, cache.Find("k"));
    }

    [Fact]
    public void Failures_are_not_kept()
    {
        var cache = new DeviceCache(_folder);
        cache.Keep("k", DeviceFigures.Failed(FakeAdapter.Honest(), "no driver"));
        Assert.Null(cache.Find("k"));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_done_without()
    {
        System.IO.File.WriteAllText(_folder, "a file where the folder should be");
        var cache = new DeviceCache(_folder);
        cache.Keep("k", Figures);
        Assert.Null(cache.Find("k"));
        System.IO.File.Delete(_folder);
    }

    [Fact]
    public void The_oldest_of_many_entries_go()
    {
        var cache = new DeviceCache(_folder);
        for (var i = 0; i < 70; i++)
            cache.Keep($"k{i}", Figures);
        Assert.Null(cache.Find("k0"));
        Assert.Equal(Figures, cache.Find("k69"));
        Assert.Equal(Figures, cache.Find("k6"));
    }
}

using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Devices;

/// <summary>Oracle: the CPU.</summary>
public sealed class DeviceTrialTests : IDisposable
{
    private readonly RandomLstmFolder _folder = new(new RandomLstm());
    private readonly RandomLstmFolder _other = new(new RandomLstm(seed: 8));
    private readonly SharedModel _cpu;

    public DeviceTrialTests() => _cpu = SharedModel.Acquire(_folder.Path);

    public void Dispose()
    {
        _cpu.Dispose();
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_device_with_the_same_numbers_passes_and_is_timed()
    {
        var figures = Try(FakeAdapter.Honest());
        Assert.True(figures.IsUsable, figures.Problem);
        Assert.Equal(0, figures.Deviation);
        Assert.True(figures.NoteMilliseconds > 0);
        Assert.True(figures.CpuNoteMilliseconds > 0);
    }

    [Fact]
    public void A_device_with_other_numbers_is_found_out()
    {
        var figures = Try(FakeAdapter.WithWeightsOf(_other));
        Assert.False(figures.IsUsable);
        Assert.Contains("other numbers than the CPU", figures.Problem, StringComparison.Ordinal);
        Assert.True(figures.Deviation > DeviceTrial.Tolerance);
    }

    [Fact]
    public void Numbers_that_are_a_hundredth_off_pass_and_a_tenth_off_do_not()
    {
        using var near = new RandomLstmFolder(Scaled(1.01f));
        using var far = new RandomLstmFolder(Scaled(1.1f));
        Assert.InRange(Try(FakeAdapter.WithWeightsOf(near)).Deviation, 0.005, 0.015);
        Assert.True(Try(FakeAdapter.WithWeightsOf(near)).IsUsable);
        Assert.False(Try(FakeAdapter.WithWeightsOf(far)).IsUsable);
    }

    [Fact]
    public void A_device_without_a_driver_is_named_with_the_runtimes_words()
    {
        var figures = Try(FakeAdapter.ThatRefuses());
        Assert.False(figures.IsUsable);
        Assert.Contains("could not open", figures.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_fails_in_a_run_is_not_used()
    {
        using var scratch = new RandomLstmFolder(new RandomLstm());
        var figures = Try(FakeAdapter.ThatFailsFromDuration(3, scratch));
        Assert.False(figures.IsUsable);
        Assert.NotEmpty(figures.Problem!);
    }

    private static RandomLstm Scaled(float factor)
    {
        var weights = new RandomLstm();
        foreach (var matrix in (float[][])[weights.TimeWeights, weights.PitchWeights, weights.DurationWeights, weights.VelocityWeights])
        {
            for (var i = 0; i < matrix.Length; i++)
                matrix[i] *= factor;
        }
        return weights;
    }

    private DeviceFigures Try(Device device) => DeviceTrial.Run(device, _cpu, () => SharedModel.Acquire(_folder.Path, device));
}

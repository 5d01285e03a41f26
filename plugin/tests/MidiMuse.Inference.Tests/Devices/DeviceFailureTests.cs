using Microsoft.ML.OnnxRuntime;
using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Devices;

/// <summary>A device that fails in the middle of a phrase. Oracle: a session that was on the CPU all along.</summary>
public sealed class DeviceFailureTests
{
    private const int FirstBadDuration = 40;

    [Fact]
    public void The_phrase_goes_on_bit_for_bit_on_the_CPU_and_the_reason_is_kept()
    {
        using var folder = new RandomLstmFolder(new RandomLstm());
        using var scratch = new RandomLstmFolder(new RandomLstm());
        using var onCpu = SharedModel.Acquire(folder.Path);
        using var onDevice = SharedModel.Acquire(folder.Path, FakeAdapter.ThatFailsFromDuration(FirstBadDuration, scratch));
        using var expected = onCpu.CreateSession();
        using var actual = onDevice.CreateSession();
        var phrase = SmallModel.Phrase(60, seed: 3);

        Both(session => session.Reset(SmallModel.Context));
        for (var i = 0; i < phrase.Length; i++)
        {
            var duration = i < 30 ? i % FirstBadDuration : FirstBadDuration + (i % 20);
            Assert.Equal(Logits(expected, duration), Logits(actual, duration));
            Assert.Equal(i < 30, onDevice.DeviceFailure is null);
            if (i == 20)
                Both(session => session.Save(4));
            Both(session => session.Step(phrase[i]));
        }
        Both(session => session.Restore(4));
        Assert.Equal(Logits(expected, 50), Logits(actual, 50));

        // A second session on the same model does not try the device again.
        using var later = onDevice.CreateSession();
        later.Reset(SmallModel.Context);
        expected.Reset(SmallModel.Context);
        Assert.Equal(Logits(expected, 60), Logits(later, 60));

        void Both(Action<NoteEventSession> act)
        {
            act(expected);
            act(actual);
        }
    }

    /// <summary>Oracle: the session that the device opened.</summary>
    [Theory]
    [InlineData(FirstBadDuration, true)]
    [InlineData(FirstBadDuration - 1, false)]
    public void Sessions_of_a_device_that_failed_are_never_released(int duration, bool fails)
    {
        using var folder = new RandomLstmFolder(new RandomLstm());
        using var scratch = new RandomLstmFolder(new RandomLstm());
        var device = FakeAdapter.ThatFailsFromDuration(FirstBadDuration, scratch);
        InferenceSession? opened = null;
        var watched = new Device(device.Provider, device.Index, $"Watched adapter {duration}", path => opened = device.Open(path));
        using (var model = SharedModel.Acquire(folder.Path, watched))
        using (var session = model.CreateSession())
        {
            session.Reset(SmallModel.Context);
            Logits(session, duration);
            Assert.Equal(fails, model.DeviceFailure is not null);
        }
        Assert.NotNull(opened);
        Assert.Equal(fails, ModelDevice.NeverReleased.Contains(opened));
    }

    private static float[] Logits(NoteEventSession session, int duration) =>
        [.. session.TimeLogits, .. session.PitchLogits(12), .. session.DurationLogits(64), .. session.VelocityLogits(duration)];
}

using MidiMuse.Inference.Devices;
using MidiMuse.Inference.Runtime;
using MidiMuse.Inference.Tests.Support;

namespace MidiMuse.Inference.Tests.Devices;

/// <summary>Devices that are the CPU in truth but open other files than they are asked for, so that what ONNX Runtime then does is real.</summary>
internal static class FakeAdapter
{
    public static Device Honest(string name = "Honest adapter") => new(DeviceProvider.WebGpu, 0, name, OnnxSessions.Open);

    /// <summary>Another model's weights.</summary>
    public static Device WithWeightsOf(RandomLstmFolder other) =>
        new(DeviceProvider.DirectMl, 0, "Wrong adapter", path => OnnxSessions.Open(Path.Combine(other.Path, Path.GetFileName(path))));

    /// <summary>As a driver that is not there: no graph can be opened.</summary>
    public static Device ThatRefuses() =>
        new(DeviceProvider.Cuda, 0, "Refusing adapter", path => OnnxSessions.Open(Path.Combine(Path.GetDirectoryName(path)!, "model.json")));

    /// <summary>Works until a velocity is asked for after a duration of this class or above; then the run fails.</summary>
    public static Device ThatFailsFromDuration(int duration, RandomLstmFolder scratch) =>
        new(DeviceProvider.DirectMl, 0, "Failing adapter", path =>
        {
            if (Path.GetFileName(path) != "velocity.onnx")
                return OnnxSessions.Open(path);
            scratch.Write("velocity.onnx", RandomLstmFolder.VelocityOfFirstDurations(scratch.Weights, duration));
            return OnnxSessions.Open(Path.Combine(scratch.Path, "velocity.onnx"));
        });
}

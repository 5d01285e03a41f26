using MidiMuse.Inference.Runtime;

namespace MidiMuse.Inference.Tests.Runtime;

/// <summary>Oracle: what the DirectML library of ONNX Runtime 1.30.0 said without a graphics device.</summary>
public sealed class DriverErrorsTests
{
    [Fact]
    public void A_number_from_DirectX_becomes_a_sentence_without_the_makers_paths()
    {
        const string Message = @"[ErrorCode:RuntimeException] N:\_work\1\s\onnxruntime\core\providers\dml\dml_provider_factory.cc(512)\onnxruntime.dll!000000000BF3CBD0: (caller: 000000000BF3CF0A) Exception(1) tid(12c) 887A0004 ";
        Assert.Equal("there is no graphics device with DirectX 12 (887A0004)", DriverErrors.InWords(Message));
    }

    [Fact]
    public void Other_messages_stay_as_they_are() =>
        Assert.Equal("[ErrorCode:NoSuchFile] Load model failed", DriverErrors.InWords("[ErrorCode:NoSuchFile] Load model failed"));
}

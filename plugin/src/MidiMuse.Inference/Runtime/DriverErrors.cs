namespace MidiMuse.Inference.Runtime;

/// <summary>What DirectML says as a number at the end of its source files' paths, in words for the player.</summary>
internal static class DriverErrors
{
    /// <summary>Microsoft's DXGI_ERROR constants and those HRESULTs of Windows that Direct3D 12 returns.</summary>
    private static readonly (string Code, string Words)[] Known =
    [
        ("887A0002", "there is no such graphics device"),
        ("887A0004", "there is no graphics device with DirectX 12"),
        ("887A0005", "the graphics device was removed, or its driver restarted"),
        ("887A0006", "the graphics device stopped responding"),
        ("887A0007", "the graphics driver was reset"),
        ("887A0020", "the graphics driver failed"),
        ("8007000E", "the graphics memory is full"),
        ("80070057", "the graphics driver refused what the model needs"),
    ];

    /// <summary>The same message where no known number is in it: it may be words already.</summary>
    public static string InWords(string message)
    {
        foreach (var (code, words) in Known)
        {
            if (message.Contains(code, StringComparison.OrdinalIgnoreCase))
                return $"{words} ({code})";
        }
        return message;
    }
}

namespace MidiMuse.Wine.Tests;

/// <summary>
/// A test with a real DirectML library under Wine. It is skipped unless <see cref="Variable"/> names a folder with
/// onnxruntime.dll and DirectML.dll; the release must be the one that the bundle was built for (OrtVersion), which the
/// bundle itself checks.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DirectMlFactAttribute : FactAttribute
{
    public const string Variable = "MIDIMUSE_DIRECTML_LIBRARY";

    public DirectMlFactAttribute() =>
        Skip = WinePrefix.Missing ?? (Folder.Length > 0 ? null : $"{Variable} names no folder with onnxruntime.dll and DirectML.dll of the release that the bundle was built for.");

    internal static string Folder => Environment.GetEnvironmentVariable(Variable) ?? "";
}

using MidiMuse.Editor.Windows.X11;

namespace MidiMuse.Editor.Windows;

/// <summary>Opens the window of this system.</summary>
internal static class NativeWindows
{
    private const string Title = "MidiMuse";

    public static bool AreSupported => OperatingSystem.IsLinux();

    /// <param name="parent">The host's window, or 0 for a window of our own.</param>
    public static INativeWindow Open(nint parent, int widthPixels, int heightPixels)
    {
        if (AreSupported)
            return new X11Window((uint)parent, widthPixels, heightPixels, Title);
        throw new PlatformNotSupportedException("The editor has no window on this system yet.");
    }
}

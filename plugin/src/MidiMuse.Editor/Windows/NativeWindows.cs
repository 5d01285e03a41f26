using MidiMuse.Editor.Windows.Win32;
using MidiMuse.Editor.Windows.X11;

namespace MidiMuse.Editor.Windows;

/// <summary>The windows of this system.</summary>
internal static class NativeWindows
{
    private const string Title = "MidiMuse";

    public static bool AreSupported => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    /// <param name="parent">The host's window, or 0 for a window of our own.</param>
    public static INativeWindow Open(nint parent, int widthPixels, int heightPixels)
    {
        if (OperatingSystem.IsLinux())
            return new X11Window((uint)parent, widthPixels, heightPixels, Title);
        if (OperatingSystem.IsWindows())
            return new Win32Window(parent, widthPixels, heightPixels, Title);
        throw new PlatformNotSupportedException("The editor has no window on this system yet.");
    }

    /// <summary>A thread for a window, not yet started.</summary>
    public static Thread NewThread(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true, Name = "MidiMuse editor" };
        if (OperatingSystem.IsWindows())
            thread.SetApartmentState(ApartmentState.STA); // drag and drop there asks for it
        return thread;
    }

    /// <summary>Waits for what the thread of a window does. [main]</summary>
    public static void WaitFor(EventWaitHandle happened)
    {
        if (OperatingSystem.IsWindows())
            MainThreadWait.For(happened);
        else
            happened.WaitOne();
    }
}

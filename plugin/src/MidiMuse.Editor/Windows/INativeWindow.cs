using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Windows;

/// <summary>A window of the operating system with the editor in it. Everything but <see cref="Wake"/> is for one thread. [ui]</summary>
internal interface INativeWindow : IDisposable
{
    /// <summary>False once the window is gone: the host has destroyed its parent, or the display has died.</summary>
    bool IsAlive { get; }

    /// <summary>False where nobody sees it: nothing needs to be drawn.</summary>
    bool IsShown { get; }

    void Resize(int widthPixels, int heightPixels);

    /// <summary>Hands on what has happened.</summary>
    void Pump(IWindowEvents events);

    /// <summary>Sleeps until something happens, somebody wakes it or the time is over.</summary>
    void Wait(int milliseconds);

    /// <summary>Ends a <see cref="Wait"/>. Any thread.</summary>
    void Wake();

    /// <summary>Shows a part of a picture.</summary>
    void Present(PixelBuffer picture, SKRectI part);

    /// <summary>Text is being typed: the keyboard belongs to the editor. False gives it back to the host.</summary>
    void TakeKeyboard(bool isTaken);

    /// <summary>The pointer, whose button is down, carries a file from now on.</summary>
    void BeginFileDrag(string path);
}

/// <summary>What happens in a window. [ui]</summary>
internal interface IWindowEvents
{
    void OnPointerDown(in PointerInput input);

    void OnPointerMove(in PointerInput input);

    void OnPointerUp(in PointerInput input);

    void OnPointerLeave();

    void OnWheel(in WheelInput input);

    void OnKey(in KeyInput input);

    /// <summary>Some of the window has to be shown again.</summary>
    void OnExposed(SKRectI part);

    /// <summary>The window has another size.</summary>
    void OnResized(int widthPixels, int heightPixels);

    /// <summary>Files were dropped on the window.</summary>
    void OnFilesDropped(IReadOnlyList<string> paths);

    /// <summary>A drag of ours is over.</summary>
    void OnFileDragEnded(bool wasTaken);

    /// <summary>Close button of a window of its own.</summary>
    void OnCloseRequested();
}

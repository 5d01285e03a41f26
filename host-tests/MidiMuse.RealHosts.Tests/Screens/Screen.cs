using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using MidiMuse.Editor.Windows.X11;
using SkiaSharp;

namespace MidiMuse.RealHosts.Tests.Screens;

/// <summary>
/// An X server without a monitor (Xvfb), a hand for it (xdotool), and eyes: the server keeps its picture in a file in
/// the format of xwd (X11/XWDFile.h, version 7).
/// </summary>
internal sealed class Screen : IDisposable
{
    private const int Width = 1600;
    private const int Height = 1000;

    /// <summary>
    /// JUCE 7.0.5 looks up names that a window manager would have made, and uses what it did not find
    /// (juce_linux_XWindowSystem.cpp). There is none here, so they are made.
    /// </summary>
    private static readonly string[] NamesOfWindowManagers =
    [
        "WM_PROTOCOLS", "WM_TAKE_FOCUS", "WM_DELETE_WINDOW", "WM_CHANGE_STATE", "WM_STATE", "_NET_WM_PING", "_NET_WM_STATE", "_NET_WM_STATE_HIDDEN",
        "_NET_WM_WINDOW_TYPE", "_NET_WM_WINDOW_TYPE_NORMAL",
    ];

    private readonly Process _server;
    private readonly string _folder;
    private readonly byte[] _pixels = new byte[Width * Height * 4];
    private int _pictures;

    /// <param name="folder">For the pictures.</param>
    public Screen(string folder)
    {
        _folder = folder;
        _server = Process.Start(new ProcessStartInfo("Xvfb", ["-noreset", "-displayfd", "1", "-screen", "0", $"{Width}x{Height}x24", "-fbdir", folder, "-nolisten", "tcp"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _server.ErrorDataReceived += static (_, _) => { };
        _server.BeginErrorReadLine();
        Display = $":{_server.StandardOutput.ReadLine()}";
        XDisplay.DisplayName = Display;
        using var names = new XDisplay();
        foreach (var name in NamesOfWindowManagers)
            _ = names.Atom(name);
    }

    public string Display { get; }

    /// <summary>Moves, clicks and types; returns when it is done.</summary>
    public void Do(params object[] words) => CommandLine.Run(
        "xdotool",
        TimeSpan.FromSeconds(20),
        new Dictionary<string, string> { ["DISPLAY"] = Display },
        words.Select(word => Convert.ToString(word, CultureInfo.InvariantCulture)!));

    public void Click(SKPoint at) => Do("mousemove", (int)at.X, (int)at.Y, "click", 1);

    public void ShiftClick(SKPoint at) => Do("mousemove", (int)at.X, (int)at.Y, "keydown", "shift", "click", 1, "keyup", "shift");

    /// <summary>Presses, moves step by step as a hand does, and lets go.</summary>
    public void Drag(SKPoint from, SKPoint to)
    {
        const int steps = 12;
        Do("mousemove", (int)from.X, (int)from.Y, "mousedown", 1);
        for (var step = 1; step <= steps; step++)
            Do("mousemove", (int)(from.X + ((to.X - from.X) * step / steps)), (int)(from.Y + ((to.Y - from.Y) * step / steps)));
        Do("mouseup", 1);
    }

    public SKColor ColorAt(SKPoint at)
    {
        Look();
        return Pixel((int)at.X, (int)at.Y);
    }

    public bool IsAt(SKPoint at, SKColor color)
    {
        const int tolerance = 8;
        var seen = ColorAt(at);
        return Math.Abs(seen.Red - color.Red) <= tolerance && Math.Abs(seen.Green - color.Green) <= tolerance && Math.Abs(seen.Blue - color.Blue) <= tolerance;
    }

    /// <summary>A number that is another one where the picture is.</summary>
    public ulong Fingerprint(SKRect area)
    {
        Look();
        var hash = 14695981039346656037UL; // FNV-1a
        for (var y = (int)area.Top; y < (int)area.Bottom; y++)
        {
            for (var x = (int)area.Left; x < (int)area.Right; x++)
                hash = (hash ^ (uint)Pixel(x, y)) * 1099511628211UL;
        }
        return hash;
    }

    /// <summary>Keeps what is on the screen as NN-name.png.</summary>
    public void TakePicture(string name)
    {
        Look();
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        System.Runtime.InteropServices.Marshal.Copy(_pixels, 0, bitmap.GetPixels(), _pixels.Length);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using var stream = File.Create(Path.Combine(_folder, $"{++_pictures:D2}-{name}.png"));
        data.SaveTo(stream);
    }

    public void Dispose()
    {
        _server.Kill();
        _server.Dispose();
    }

    private SKColor Pixel(int x, int y)
    {
        var at = ((y * Width) + x) * 4;
        return new SKColor(_pixels[at + 2], _pixels[at + 1], _pixels[at]);
    }

    /// <summary>The header is big-endian words: its own size first, the bytes of a line as word 12, the number of colours as word 19.</summary>
    private void Look()
    {
        using var stream = new FileStream(Path.Combine(_folder, "Xvfb_screen0"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> header = stackalloc byte[100];
        stream.ReadExactly(header);
        int Word(Span<byte> words, int index) => (int)BinaryPrimitives.ReadUInt32BigEndian(words[(index * 4)..]);
        const int bytesOfColour = 12;
        Assert.Equal(Width * 4, Word(header, 12));
        stream.Position = Word(header, 0) + (Word(header, 19) * bytesOfColour);
        stream.ReadExactly(_pixels);
    }
}

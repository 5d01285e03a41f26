using System.Runtime.InteropServices;
using SkiaSharp;

namespace MidiMuse.Editor.Windows;

/// <summary>A picture in native memory that Skia draws into and a window shows: 32 bits a pixel, blue first. [ui]</summary>
internal sealed unsafe class PixelBuffer : IDisposable
{
    private const int BytesPerPixel = 4;

    // Allocated in the constructor, freed by Dispose; the surface, which draws into it, is disposed of first.
    private readonly byte* _pixels;
    private readonly SKSurface _surface;

    public PixelBuffer(int width, int height)
    {
        Width = Math.Max(1, width);
        Height = Math.Max(1, height);
        RowBytes = Width * BytesPerPixel;
        _pixels = (byte*)NativeMemory.AllocZeroed((nuint)Height, (nuint)RowBytes);
        var info = new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        _surface = SKSurface.Create(info, (nint)_pixels, RowBytes) ?? throw new InvalidOperationException("Skia cannot draw into this picture.");
        Canvas = _surface.Canvas;
    }

    public int Width { get; }

    public int Height { get; }

    public int RowBytes { get; }

    public SKCanvas Canvas { get; }

    /// <summary>First byte of a pixel; valid until <see cref="Dispose"/>.</summary>
    public byte* At(int x, int y) => _pixels + ((long)y * RowBytes) + (x * BytesPerPixel);

    public void Dispose()
    {
        _surface.Dispose();
        NativeMemory.Free(_pixels);
    }
}

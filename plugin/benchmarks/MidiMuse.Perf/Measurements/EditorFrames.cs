using System.Diagnostics;
using MidiMuse.Editor;
using MidiMuse.Engine.Planning;
using MidiMuse.Host.Motifs;
using MidiMuse.Host.Pictures;
using MidiMuse.Perf.Reports;
using SkiaSharp;

namespace MidiMuse.Perf.Measurements;

/// <summary>What a frame of the editor costs, in process and without a window, and how long a window takes to open.</summary>
internal static class EditorFrames
{
    private const string Part = "editor";
    private const double FramePpq = 0.066; // a thirtieth of a second at 120 bpm

    public static IEnumerable<Figure> Measure(IContinuationModel model, int frames, int openings, Action<string> onProgress)
    {
        onProgress("editor");
        var motif = ExampleMotifs.All.First(example => example.FileName.StartsWith("ode_to_joy", StringComparison.Ordinal)).Clip;
        var scene = EditorScene.Play(motif, new EditorPictureOrder("", EditorState.Candidates), model, null);
        yield return Whole(scene, 1, frames);
        yield return Whole(scene, 2, frames);
        foreach (var figure in Playing(scene, frames))
            yield return figure;
        foreach (var figure in Opening(scene, openings))
            yield return figure;
    }

    private static Figure Whole(EditorScene scene, double scale, int frames)
    {
        using var canvas = new Canvas(scene, scale);
        var times = new Distribution(Enumerable.Range(0, frames).Select(_ =>
        {
            canvas.View.InvalidateAll();
            return canvas.Draw();
        }));
        return Figure.Of(Part, $"whole frame, 1200 x 700 at {scale * 100:0} %", "ms", times) with { Note = FormattableString.Invariant($"least {times.Min:F2} ms; everything drawn anew, {frames} frames") };
    }

    private static IEnumerable<Figure> Playing(EditorScene scene, int frames)
    {
        using var canvas = new Canvas(scene, 1);
        var startPpq = scene.PlayheadPpq;
        double Next(int frame)
        {
            scene.PlayheadPpq = startPpq + (frame % 60 * FramePpq);
            return canvas.Draw();
        }
        for (var warmUp = 0; warmUp < 120; warmUp++)
            Next(warmUp);
        var all = new double[frames];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var frame = 0; frame < frames; frame++)
            all[frame] = Next(frame);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        scene.PlayheadPpq = startPpq;
        var times = new Distribution(all);
        yield return Figure.Of(Part, "frame while playing", "ms", times) with { Note = FormattableString.Invariant($"least {times.Min:F2} ms; poll, and what the playhead has passed drawn anew") };
        yield return new Figure(Part, "managed bytes a frame while playing", "B", bytes / (double)frames);
    }

    /// <summary>From the call to the first frame on the display; nothing where there is no display.</summary>
    private static IEnumerable<Figure> Opening(EditorScene scene, int openings)
    {
        using var display = VirtualDisplay.StartIfNeeded();
        if (!display.IsThere)
            yield break;
        var first = Open(scene);
        yield return new Figure(Part, "first opening in the process", "ms", first) { Note = "to the first frame on an X server; font, libraries and shapes included" };
        var times = new Distribution(Enumerable.Range(0, openings).Select(_ => Open(scene)));
        yield return Figure.Of(Part, "later opening", "ms", times) with { Note = FormattableString.Invariant($"least {times.Min:F1} ms, {openings} openings") };
    }

    private static double Open(EditorScene scene)
    {
        var clock = Stopwatch.StartNew();
        using var session = EditorSession.Open(0, EditorView.DefaultWidth, EditorView.DefaultHeight, 1, _ => new EditorView(scene, scene));
        while (session.Frames == 0)
            Thread.Sleep(0);
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>A view and the picture that it is drawn into.</summary>
    private sealed class Canvas : IDisposable
    {
        private readonly SKSurface _surface;
        private long _milliseconds;

        public Canvas(EditorScene scene, double scale)
        {
            var (width, height) = ((int)(EditorView.DefaultWidth * scale), (int)(EditorView.DefaultHeight * scale));
            _surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
            View = new EditorView(scene, scene);
            View.Resize(width, height, scale);
            for (var warmUp = 0; warmUp < 10; warmUp++)
            {
                View.InvalidateAll();
                Draw();
            }
        }

        public EditorView View { get; }

        /// <returns>Milliseconds of a poll and what was to be drawn after it.</returns>
        public double Draw()
        {
            var start = Stopwatch.GetTimestamp();
            View.Poll(_milliseconds += 33);
            View.Draw(_surface.Canvas);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        public void Dispose()
        {
            View.Dispose();
            _surface.Dispose();
        }
    }
}

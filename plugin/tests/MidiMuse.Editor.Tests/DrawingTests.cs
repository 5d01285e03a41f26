using MidiMuse.Editor.Drawing;
using MidiMuse.Editor.Tests.Support;
using MidiMuse.Engine.Link;
using SkiaSharp;

namespace MidiMuse.Editor.Tests;

/// <summary>Oracle: what is drawn piece by piece must equal what is drawn at once.</summary>
public sealed class DrawingTests
{
    [Fact]
    public void A_frame_in_steady_state_allocates_nothing()
    {
        using var fixture = new ViewFixture();
        fixture.Instance.Transport = Playing(8);
        for (var warmUp = 0; warmUp < 40; warmUp++)
            Frame(fixture, 8 + (warmUp * 0.033));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var frame = 0; frame < 100; frame++)
            Frame(fixture, 10 + (frame * 0.033));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Nothing_is_damaged_while_nothing_happens()
    {
        using var fixture = new ViewFixture();
        fixture.Poll();
        Assert.True(fixture.View.Damage.IsEmpty);
    }

    [Fact]
    public void The_playhead_damages_a_strip_and_not_the_view()
    {
        using var fixture = new ViewFixture();
        fixture.Instance.Transport = Playing(9);
        fixture.Poll();
        fixture.Draw();
        fixture.Instance.Transport = Playing(9.05);
        fixture.Poll();
        Assert.False(fixture.View.Damage.IsEmpty);
        Assert.InRange(fixture.View.Damage.Width, 1, 40);
    }

    [Fact]
    public void Pieces_add_up_to_the_whole_picture()
    {
        using var pieces = new ViewFixture();
        for (var ppq = 8.0; ppq <= 10; ppq += 0.05)
        {
            pieces.Instance.Transport = Playing(ppq);
            pieces.Poll();
            pieces.Draw();
        }
        pieces.Click("arm");
        pieces.View.PointerLeave();
        pieces.Draw();
        using var whole = new ViewFixture();
        whole.Instance.Transport = pieces.Instance.Transport;
        whole.Instance.SetByHost(Engine.Parameters.ParameterId.Arm, 1);
        whole.Poll();
        whole.View.InvalidateAll();
        whole.Draw();
        using var first = pieces.Image();
        using var second = whole.Image();
        // Skia covers the edge pixels of a shape that a clip cuts by another rule than those of a whole one.
        Assert.True(Pictures.DifferentPixels(first, second, Pictures.Tolerance) == 0, "drawing only what was damaged left something behind");
    }

    [Theory]
    [InlineData(ThemeKind.Dark, 1)]
    [InlineData(ThemeKind.Light, 1)]
    [InlineData(ThemeKind.Dark, 2)]
    public void The_editor_looks_as_it_did(ThemeKind theme, double scale)
    {
        var instance = new FakeInstance { Model = FakeInstance.Answered(), Transport = Playing(9.5) };
        using var view = new EditorView(instance, instance, new EditorSettings(theme));
        using var image = EditorPicture.Draw(view, 900, 560, scale);
        Pictures.AssertLooksLike($"answered-{theme}-{scale * 100:0}.png".ToLowerInvariant(), AboveControls(view, image, scale));
    }

    [Fact]
    public void The_empty_state_looks_as_it_did()
    {
        var instance = new FakeInstance { Model = EditorModel.Empty with { HostName = "Ardour" } };
        using var view = new EditorView(instance, instance);
        using var image = EditorPicture.Draw(view, 900, 560, 1);
        Pictures.AssertLooksLike("empty.png", AboveControls(view, image, 1));
    }

    [Theory]
    [InlineData(760, 520, 1)]
    [InlineData(2400, 1400, 2)]
    [InlineData(400, 300, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(3000, 600, 1)]
    public void Every_size_and_scale_can_be_drawn(int width, int height, double scale)
    {
        using var fixture = new ViewFixture();
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        fixture.View.Resize(width, height, scale);
        fixture.View.Draw(surface.Canvas);
        Assert.True(fixture.View.Damage.IsEmpty);
    }

    /// <summary>Without the controls, of which there are more with every version.</summary>
    private static SKImage AboveControls(EditorView view, SKImage image, double scale) =>
        image.Subset(new SKRectI(0, 0, image.Width, (int)(view.Roll.Bounds.Bottom * scale)));

    private static TransportSnapshot Playing(double ppq) => new()
    {
        BlockStartPpq = ppq,
        BlockEndPpq = ppq,
        ProjectPpq = ppq,
        BarStartPpq = Math.Floor(ppq / 4) * 4,
        TempoBpm = 120,
        Meter = Core.Time.Meter.CommonTime,
        Playing = true,
    };

    private static void Frame(ViewFixture fixture, double ppq)
    {
        fixture.Instance.Transport = Playing(ppq);
        fixture.Poll();
        fixture.Draw();
    }
}

using MidiMuse.Editor.Controls;
using MidiMuse.Editor.Elements;
using MidiMuse.Editor.Input;
using SkiaSharp;

namespace MidiMuse.Editor.Tests.Support;

/// <summary>A view of 1200 by 700 with something to see, and the hands of a player.</summary>
internal sealed class ViewFixture : IDisposable
{
    private readonly SKSurface _surface = SKSurface.Create(new SKImageInfo(EditorView.DefaultWidth, EditorView.DefaultHeight, SKColorType.Bgra8888, SKAlphaType.Opaque));

    public ViewFixture(EditorModel? model = null)
    {
        Instance.Model = model ?? FakeInstance.Answered();
        View = new EditorView(Instance, Instance);
        View.Resize(EditorView.DefaultWidth, EditorView.DefaultHeight, 1);
        Poll();
        Draw();
    }

    public FakeInstance Instance { get; } = new();

    public EditorView View { get; }

    public List<string> Log => Instance.Log;

    private long _now;

    public Element Find(string name) => View.Root.Visible().First(element => element.Name == name);

    public void ShowPageOf(uint id) => View.Root.Visible().OfType<ControlPanel>().Single().Reveal(id);

    public void Poll(int milliseconds = 33) => View.Poll(_now += milliseconds);

    public void Draw() => View.Draw(_surface.Canvas);

    public void Click(SKPoint at, int clicks = 1, PointerButton button = PointerButton.Left, Modifiers modifiers = Modifiers.None)
    {
        for (var click = 1; click <= clicks; click++)
        {
            var input = new PointerInput(at.X, at.Y, button, modifiers, click);
            View.PointerMove(input);
            View.PointerDown(input);
            View.PointerUp(input);
        }
    }

    public void Click(string name, int clicks = 1, PointerButton button = PointerButton.Left) => Click(Centre(name), clicks, button);

    public void Drag(SKPoint from, SKPoint to, Modifiers modifiers = Modifiers.None)
    {
        View.PointerMove(new PointerInput(from.X, from.Y));
        View.PointerDown(new PointerInput(from.X, from.Y, Modifiers: modifiers));
        for (var step = 1; step <= 10; step++)
            View.PointerMove(new PointerInput(from.X + ((to.X - from.X) * step / 10), from.Y + ((to.Y - from.Y) * step / 10), Modifiers: modifiers));
        View.PointerUp(new PointerInput(to.X, to.Y, Modifiers: modifiers));
    }

    public void Type(string text)
    {
        foreach (var character in text)
            View.Key(new KeyInput(character == ' ' ? EditorKey.Space : EditorKey.None, character));
    }

    public bool Press(EditorKey key, Modifiers modifiers = Modifiers.None) => View.Key(new KeyInput(key, Modifiers: modifiers));

    public SKPoint Centre(string name) => new(Find(name).Bounds.MidX, Find(name).Bounds.MidY);

    public SKImage Image() => _surface.Snapshot();

    public void Dispose()
    {
        View.Dispose();
        _surface.Dispose();
    }
}

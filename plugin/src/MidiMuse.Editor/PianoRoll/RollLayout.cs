using SkiaSharp;

namespace MidiMuse.Editor.PianoRoll;

/// <summary>The piano roll's lanes, in logical pixels: keys at the left; ruler, regions and chords above the notes, velocities below.</summary>
internal readonly record struct RollLayout(SKRect Bounds)
{
    private const float KeysWidth = 46;
    private const float RulerHeight = 24;
    private const float RegionHeight = 16;
    private const float VelocityHeight = 40;

    public SKRect Ruler => new(Left, Bounds.Top, Bounds.Right, Bounds.Top + RulerHeight);

    public SKRect Regions => new(Left, Ruler.Bottom, Bounds.Right, Ruler.Bottom + RegionHeight);

    public SKRect Chords => new(Left, Regions.Bottom, Bounds.Right, Regions.Bottom + ChordLaneElement.Height);

    public SKRect Notes => new(Left, Chords.Bottom, Bounds.Right, Bounds.Bottom - VelocityHeight);

    public SKRect Velocities => new(Left, Notes.Bottom, Bounds.Right, Bounds.Bottom);

    public SKRect Keys => new(Bounds.Left, Notes.Top, Left - 1, Notes.Bottom);

    private float Left => Bounds.Left + KeysWidth;
}

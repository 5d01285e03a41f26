using MidiMuse.Editor;
using MidiMuse.Editor.Drawing;

namespace MidiMuse.Host.Pictures;

/// <summary>One picture of the editor.</summary>
internal sealed record EditorPictureOrder(string FileName, EditorState State)
{
    public ThemeKind Theme { get; init; }

    public double Scale { get; init; } = 1;

    public int Width { get; init; } = EditorView.DefaultWidth;

    public int Height { get; init; } = EditorView.DefaultHeight;

    public int Bars { get; init; } = 4;

    public string HostName { get; init; } = "";
}

/// <summary>The pictures of plugin/docs/images, all made by `editor --all plugin/docs/images`.</summary>
internal static class DocumentationPictures
{
    public static readonly IReadOnlyList<EditorPictureOrder> All =
    [
        new("editor-empty.png", EditorState.Empty) { HostName = "Ardour" },
        new("editor-waiting.png", EditorState.Waiting) { HostName = "REAPER" },
        new("editor-capturing.png", EditorState.Capturing),
        new("editor-answering.png", EditorState.Answering),
        new("editor-candidates.png", EditorState.Candidates),
        new("editor-chords.png", EditorState.Chords),
        new("editor-light.png", EditorState.Finished) { Theme = ThemeKind.Light },
        new("editor-200-percent.png", EditorState.Answering) { Scale = 2 },
        new("editor-error.png", EditorState.Error) { Theme = ThemeKind.Light },
    ];
}

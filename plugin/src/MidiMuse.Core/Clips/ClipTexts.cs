using MidiMuse.Core.Smf;

namespace MidiMuse.Core.Clips;

/// <summary>Which meta events a clip's texts are.</summary>
internal static class ClipTexts
{
    internal static bool TryKind(byte metaType, out ClipTextKind kind)
    {
        kind = metaType switch
        {
            SmfMeta.Copyright => ClipTextKind.Copyright,
            SmfMeta.Lyric => ClipTextKind.Lyric,
            SmfMeta.Marker => ClipTextKind.Marker,
            SmfMeta.CuePoint => ClipTextKind.CuePoint,
            _ => ClipTextKind.Text,
        };
        return kind != ClipTextKind.Text || metaType == SmfMeta.Text;
    }

    internal static byte MetaType(ClipTextKind kind) => kind switch
    {
        ClipTextKind.Copyright => SmfMeta.Copyright,
        ClipTextKind.Lyric => SmfMeta.Lyric,
        ClipTextKind.Marker => SmfMeta.Marker,
        ClipTextKind.CuePoint => SmfMeta.CuePoint,
        _ => SmfMeta.Text,
    };
}

using MidiMuse.Core.Events;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Shards;

/// <summary>
/// The style class of a piece, from what its data set is and what the set says of the piece. Where neither is clear
/// the style is not given.
/// </summary>
public static class PieceStyle
{
    private static readonly (string Word, StyleClass Style)[] Dances =
        [.. "mazur|waltz|polonaise|polka|march|ecossaise|krakowiak|galop|oberek|reel|jig|hornpipe|minuet".Split('|').Select(w => (w, StyleClass.Dance))];

    private static readonly (string Word, StyleClass Style)[] Mutopia =
    [
        ("technique", StyleClass.NotGiven), ("hymn", StyleClass.Hymn), ("baroque", StyleClass.Baroque), ("renaissance", StyleClass.Baroque),
        ("folk", StyleClass.Folk), ("jazz", StyleClass.NotGiven), ("string quartet", StyleClass.Chamber), ("voice and piano", StyleClass.ArtSong),
        ("classical;", StyleClass.Classical), ("; classical", StyleClass.Classical), ("piano; romantic", StyleClass.RomanticPiano),
    ];

    private static readonly (string Word, StyleClass Style)[] Scores =
    [
        ("sacred", StyleClass.Sacred), ("completorium", StyleClass.Sacred), .. Dances, ("partsong", StyleClass.ArtSong), ("song", StyleClass.ArtSong),
        ("string quartet", StyleClass.Chamber), ("keyboard", StyleClass.RomanticPiano), ("chamber", StyleClass.Chamber), ("ensemble", StyleClass.Orchestral),
    ];

    private static readonly (string Word, StyleClass Style)[] Drums =
    [
        ("hiphop", StyleClass.HipHop), ("jazz", StyleClass.Jazz), ("funk", StyleClass.Funk), ("soul", StyleClass.Funk), ("gospel", StyleClass.Funk),
        ("neworleans", StyleClass.Funk), ("latin", StyleClass.Latin), ("afrocuban", StyleClass.Latin), ("afrobeat", StyleClass.Latin),
        ("reggae", StyleClass.Latin), ("highlife", StyleClass.Latin), ("rock", StyleClass.RockAndMetal), ("punk", StyleClass.RockAndMetal), ("pop", StyleClass.Pop),
    ];

    public static StyleClass Of(Piece piece) => piece.Dataset switch
    {
        "openscore_lieder" => StyleClass.ArtSong,
        "openscore_quartets" => StyleClass.Chamber,
        "open_hymnal" => StyleClass.Hymn,
        "free_midi_chords" => StyleClass.Pop,
        "freedoom" => StyleClass.RockAndMetal,
        "nottingham" or "oneills1850" or "ryans_mammoth" => StyleClass.Folk,
        "chopin_first_editions" => First(piece, Dances, StyleClass.RomanticPiano),
        "mutopia" => First(piece, Mutopia, StyleClass.NotGiven),
        "polish_scores" or "polish_ensembles" => First(piece, Scores, StyleClass.NotGiven),
        "groove_midi" => First(piece, Drums, StyleClass.NotGiven),
        _ => StyleClass.NotGiven,
    };

    private static StyleClass First(Piece piece, (string Word, StyleClass Style)[] words, StyleClass otherwise)
    {
        foreach (var (word, style) in words)
        {
            if (piece.Style.Contains(word, StringComparison.OrdinalIgnoreCase))
                return style;
        }
        return otherwise;
    }
}

using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;

namespace MidiMuse.Engine.Parameters;

/// <summary>
/// The parameters that steer the notes of a bar: harmony, rhythm, line, mood, style. Part of
/// <see cref="ParameterTable"/>; append only. plugin/docs/CONTROLS.md says what each does and how well.
/// </summary>
public static class MusicParameters
{
    /// <summary>Grid ticks of each Grid choice; 0 = free.</summary>
    public static readonly IReadOnlyList<int> GridTicks = [0, 24, 12, 6, 3, 16, 8, 4];

    internal static readonly ParameterDefinition[] All =
    [
        ParameterDefinition.Whole(ParameterId.CustomScale, "customScale", "Custom scale", 0, 0xFFF) with
        {
            Words = plain => plain < 1 ? "Off" : Scale.NameOf((ushort)plain),
            FromWords = text => IsWord(text, "Off") ? 0 : Scale.TryParse(text, out var scale) ? scale.Mask : null,
        },
        ParameterDefinition.Choice(ParameterId.ChordSource, "chordSource", "Chords", ["Off", "As given", "From the motif"], 1),
        ParameterDefinition.Continuous(ParameterId.ChordTones, "chordTones", "Chord tones", 0, 1, 0.8),
        ParameterDefinition.Choice(ParameterId.Keep, "keep", "Keep", ["Nothing", "Rhythm", "Contour"]),
        OrZero(ParameterDefinition.Continuous(ParameterId.Density, "density", "Density", 0, 4, 0), "Free"),
        OrZero(ParameterDefinition.Continuous(ParameterId.NotesPerBeat, "notesPerBeat", "Notes per beat", 0, 8, 0), "Free"),
        ParameterDefinition.Choice(ParameterId.Grid, "grid", "Grid", ["Free", "1/4", "1/8", "1/16", "1/32", "1/4 triplets", "1/8 triplets", "1/16 triplets"]),
        ParameterDefinition.Choice(ParameterId.Groove, "groove", "Groove", ["Straight", "Of the motif", "Swing 1/8", "Swing 1/16", "Laid back"]),
        ParameterDefinition.Continuous(ParameterId.GrooveAmount, "grooveAmount", "Groove amount", 0, 1, 1),
        ParameterDefinition.Continuous(ParameterId.Syncopation, "syncopation", "Syncopation", -1, 1, 0),
        ParameterDefinition.Choice(ParameterId.DrumLock, "drumLock", "Drum lock", ["Off", "Kick and snare", "Cymbals", "All but toms"]),
        PitchOrAuto(ParameterId.LowNote, "lowNote", "Low note"),
        PitchOrAuto(ParameterId.HighNote, "highNote", "High note"),
        ParameterDefinition.Whole(ParameterId.Octave, "octave", "Octave", -3, 3),
        ParameterDefinition.Continuous(ParameterId.Leaps, "leaps", "Leaps", -1, 1, 0),
        OrZero(ParameterDefinition.Whole(ParameterId.Voices, "voices", "Voices", 0, 6), "Auto"),
        OrZero(ParameterDefinition.Whole(ParameterId.Softest, "softest", "Softest", 0, 127), "Auto"),
        OrZero(ParameterDefinition.Whole(ParameterId.Loudest, "loudest", "Loudest", 0, 127), "Auto"),
        ParameterDefinition.Continuous(ParameterId.FollowDynamics, "followDynamics", "Follow dynamics", 0, 1, 0),
        ParameterDefinition.Continuous(ParameterId.Articulation, "articulation", "Articulation", -1, 1, 0),
        ParameterDefinition.Continuous(ParameterId.Closeness, "closeness", "Motif closeness", -1, 1, 0),
        ParameterDefinition.Choice(ParameterId.Ending, "ending", "Ending", ["Open", "Cadence"]),
        ParameterDefinition.Continuous(ParameterId.Valence, "valence", "Valence", -1, 1, 0),
        ParameterDefinition.Continuous(ParameterId.Energy, "energy", "Energy", -1, 1, 0),
        ParameterDefinition.Choice(ParameterId.Style, "style", "Style", [.. Enum.GetValues<StyleClass>().Select(StyleName)]),
        ParameterDefinition.Choice(ParameterId.HeardKey, "heardKey", "Heard key", [.. Enumerable.Range(0, NoteEventVocabulary.Keys).Select(KeyName)]) with { StatusSlot = 8, Automatable = false },
        ParameterDefinition.Continuous(ParameterId.KeyConfidence, "keyConfidence", "Key confidence", 0, 1, 0) with { StatusSlot = 9, Automatable = false },
    ];

    /// <summary>A style as players read it.</summary>
    public static string StyleName(StyleClass style) => style switch
    {
        StyleClass.NotGiven => "Any",
        StyleClass.ArtSong => "Art song",
        StyleClass.Chamber => "Chamber music",
        StyleClass.RomanticPiano => "Romantic piano",
        StyleClass.RockAndMetal => "Rock and metal",
        StyleClass.HipHop => "Hip-hop",
        _ => style.ToString(),
    };

    /// <summary>A key by its class of <see cref="NoteEventVocabulary.KeyFrom"/>.</summary>
    private static string KeyName(int keyClass)
    {
        if (keyClass == 0)
            return "None";
        var tonic = PitchName.OfClass((keyClass - 1) % 12);
        return tonic + (keyClass > 12 ? " minor" : " major");
    }

    private static ParameterDefinition PitchOrAuto(uint id, string key, string title) =>
        ParameterDefinition.Whole(id, key, title, -1, 127, -1) with
        {
            Words = plain => plain < 0 ? "Auto" : PitchName.Of((int)plain),
            FromWords = text => IsWord(text, "Auto") ? -1 : PitchName.TryParse(text, out var pitch) ? pitch : null,
        };

    /// <summary>0 has a word of its own; what reads like 0 is 0.</summary>
    private static ParameterDefinition OrZero(ParameterDefinition definition, string word) => definition with
    {
        Words = plain => plain < 0.005 ? word : null,
        FromWords = text => IsWord(text, word) ? 0 : null,
    };

    private static bool IsWord(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

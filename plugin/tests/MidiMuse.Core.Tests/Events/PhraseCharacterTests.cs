using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Tests.Events;

public sealed class PhraseCharacterTests
{
    private const int Bar = 96;

    [Fact]
    public void Eighths_in_thirds_have_two_onsets_a_quarter_and_two_voices()
    {
        var notes = Enumerable.Range(0, 8).SelectMany(i => new[] { new GridNote(i * 12, 12, 60, 90), new GridNote(i * 12, 12, 64, 90) }).ToArray();
        var character = PhraseCharacter.Of(notes, Bar, Mode.Major, velocityIsKnown: true)!.Value;
        Assert.Equal((2.0, 62.0, 2.0), (character.OnsetsPerQuarter, character.MeanPitch, character.Voices));
        Assert.True(character.Valence > 0);
    }

    [Fact]
    public void Overlapping_notes_count_as_voices_only_while_they_overlap()
    {
        GridNote[] notes = [new(0, 48, 60, 80), new(24, 48, 64, 80)];
        Assert.Equal(96.0 / 72, PhraseCharacter.Of(notes, Bar, null, false)!.Value.Voices, 6);
    }

    [Fact]
    public void Minor_is_darker_and_louder_or_denser_is_more_driving()
    {
        GridNote[] slow = [new(0, 96, 60, 40)];
        var fast = Enumerable.Range(0, 16).Select(i => new GridNote(i * 6, 6, 60, 110)).ToArray();
        var (calm, driving) = (PhraseCharacter.Of(slow, Bar, Mode.Minor, true)!.Value, PhraseCharacter.Of(fast, Bar, Mode.Major, true)!.Value);
        Assert.True(calm.Valence < driving.Valence);
        Assert.True(calm.Energy < driving.Energy);
        Assert.Equal(1, calm.ToConditions(Role.Melody).Energy);
        Assert.Equal(5, driving.ToConditions(Role.Melody).Energy);
    }

    [Fact]
    public void Drums_have_no_register_and_no_valence()
    {
        var conditions = PhraseCharacter.Of([new GridNote(0, 6, 36, 100)], Bar, null, true)!.Value.ToConditions(Role.Drums);
        Assert.Equal((0, 0), (conditions.Register, conditions.Valence));
        Assert.NotEqual(0, conditions.Density);
    }

    [Fact]
    public void Silence_has_no_character() => Assert.Null(PhraseCharacter.Of([], Bar, Mode.Major, true));
}

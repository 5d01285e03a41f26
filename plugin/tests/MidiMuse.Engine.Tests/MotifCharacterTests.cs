using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Planning;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: what a musician would say of these motifs.</summary>
public class MotifCharacterTests
{
    [Theory]
    [InlineData("c4q d4q e4q f4q", 0, Role.Melody)]
    [InlineData("c2q g2q c2q e2q", 0, Role.Bass)]
    [InlineData("c4+e4+g4h f4+a4+c5h", 0, Role.Chords)]
    [InlineData("c3+e4q g4q c3+e4q g4q", 0, Role.Piano)]
    [InlineData("c2q d2q c2q d2q", 9, Role.Drums)]
    public void The_role_is_heard_from_register_polyphony_and_channel(string phrase, byte channel, Role role) =>
        Assert.Equal(role, Of(phrase, channel: channel).Role);

    [Fact]
    public void A_line_is_answered_by_a_line_and_chords_by_chords()
    {
        Assert.Equal(1, Of("c4q d4q e4q f4q").Constraints.MaxPolyphony);
        Assert.Equal(4, Of("c4+e4+g4h f4+a4+c5h").Constraints.MaxPolyphony);
    }

    [Fact]
    public void Following_the_motif_allows_its_scale_and_its_own_notes_within_a_fifth_of_its_range()
    {
        var pitches = Of("c4q e4q g4q f#4q g4q e4q d4q c4q").Constraints.Pitches;
        Assert.True(pitches.Contains(66), "the motif's own F sharp");
        Assert.True(pitches.Contains(71), "B of the scale of C");
        Assert.False(pitches.Contains(70), "B flat is in neither");
        Assert.False(pitches.Contains(67 + 8), "more than a fifth above");
    }

    [Fact]
    public void A_fixed_key_and_scale_hold_whatever_the_motif_is()
    {
        var values = new ParameterValues();
        values.Set(ParameterId.Key, ParameterTable.Find(ParameterId.Key)!.ToNormalised(3));
        Assert.True(ParameterTable.Find(ParameterId.Scale)!.TryParse("Dorian", out var dorian));
        values.Set(ParameterId.Scale, dorian);
        var character = Of("c4q d4q e4q f4q", values: values);

        Assert.Equal(new Key(2, Mode.Minor), character.Key);
        for (var pitch = 0; pitch < 128; pitch++)
        {
            if (character.Constraints.Pitches.Contains(pitch))
                Assert.Contains(pitch % 12, (int[])[2, 4, 5, 7, 9, 11, 0]);
        }
    }

    [Fact]
    public void A_gentle_motif_is_not_answered_with_accents()
    {
        var velocities = Of("c4q d4q e4q f4q", velocity: 48).Constraints.Velocities;
        for (var velocity = 1; velocity < 128; velocity++)
            Assert.Equal(velocity is >= 40 and < 56, velocities.Contains(NoteEventVocabulary.VelocityFromMidi(velocity)));
    }

    private static MotifCharacter Of(string phrase, byte channel = 0, byte velocity = 80, ParameterValues? values = null)
    {
        var motif = new Motif(0, 8, Meter.CommonTime, [.. Phrase.Parse(phrase, velocity: velocity, channel: channel)]);
        return MotifCharacter.Of(motif, motif.ToGrid(), MusicSettings.From(values ?? new ParameterValues(), new TextValues()));
    }
}

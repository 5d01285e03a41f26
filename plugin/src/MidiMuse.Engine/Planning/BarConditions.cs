using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Time;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// What the models are told of the player's wishes. Only what was asked for is given, so that a model is free in everything
/// else; limits and weights act besides. The motif is what it is: nothing is told along it, as in the part of the training
/// sequences that begin without conditions, and a setting that changes leaves what was read of the motif as it is.
/// </summary>
public static class BarConditions
{
    /// <summary>Chords and bar counts are laid out this many bars at a time, so that a lane seldom changes.</summary>
    private const int BarsAtOnce = 64;

    public static ConditionLane Of(MotifCharacter character, in MusicSettings settings, Meter meter, MotifPattern motif, long untilTick = 0)
    {
        var constant = Constant(character, settings, meter, motif);
        var motifBars = (int)Math.Max(1, motif.LengthTicks / Math.Max(1, meter.BarTicks));
        var bars = settings.Ending == Ending.Cadence ? settings.AnswerBarsFor(motifBars) : null;
        if (character.Chords is null && bars is null)
            return constant.IsEmpty ? ConditionLane.Empty : new ConditionLane([(motif.AnchorTick, constant)]);
        var entries = new List<(long Tick, NoteConditions Conditions)>();
        var barTicks = Math.Max(1, meter.BarTicks);
        var count = bars ?? ((Math.Max(0, (untilTick - motif.AnchorTick) / barTicks) / BarsAtOnce) + 1) * BarsAtOnce;
        for (var bar = 0; bar < count; bar++)
            AddBar(entries, constant, character.Chords, meter, motif.AnchorTick, bar, bars);
        entries.Add((motif.AnchorTick + (count * barTicks), constant));
        return new ConditionLane(entries);
    }

    private static void AddBar(List<(long Tick, NoteConditions Conditions)> entries, NoteConditions constant, ChordLane? chords, Meter meter, long anchorTick, int bar, int? bars)
    {
        var startTick = anchorTick + ((long)bar * meter.BarTicks);
        var ofBar = constant with { BarsLeft = bars is { } known ? ConditionVocabulary.BarsLeftFrom(known - bar) : (byte)0 };
        if (chords is null)
        {
            entries.Add((startTick, ofBar));
            return;
        }
        var shares = chords.BarAt(bar);
        for (var i = 0; i < shares.Length; i++)
            entries.Add((startTick + ChordLane.ShareTick(meter, shares.Length, i), ofBar with { Chord = shares[i] }));
    }

    private static NoteConditions Constant(MotifCharacter character, in MusicSettings settings, Meter meter, MotifPattern motif) => new()
    {
        Style = settings.Style,
        Density = DensityOf(settings, meter, motif),
        Register = RegisterOf(character, settings),
        Polyphony = settings.Voices is { } voices ? ConditionVocabulary.PolyphonyFrom(voices) : (byte)0,
        Valence = settings.Valence == 0 ? (byte)0 : ConditionVocabulary.ValenceFrom(settings.Valence),
        Energy = settings.Energy == 0 ? (byte)0 : ConditionVocabulary.EnergyFrom(settings.Energy),
    };

    private static byte DensityOf(in MusicSettings settings, Meter meter, MotifPattern motif)
    {
        if (settings.NotesPerBeat > 0)
            return ConditionVocabulary.DensityFrom(settings.NotesPerBeat / meter.BeatPpq);
        if (settings.Density == 0)
            return 0;
        var onsets = BarControls.OnsetsOf(motif.Notes);
        return ConditionVocabulary.DensityFrom(settings.Density * onsets / GridTime.ToPpq(motif.LengthTicks));
    }

    private static byte RegisterOf(MotifCharacter character, in MusicSettings settings)
    {
        if (settings is { LowNote: null, HighNote: null, Octave: 0 })
            return 0;
        var (sum, count) = (0, 0);
        for (var pitch = 0; pitch < NoteEventVocabulary.PitchTargets; pitch++)
        {
            if (!character.Constraints.Pitches.Contains(pitch))
                continue;
            sum += pitch;
            count++;
        }
        return ConditionVocabulary.RegisterFrom(sum / (double)count);
    }
}

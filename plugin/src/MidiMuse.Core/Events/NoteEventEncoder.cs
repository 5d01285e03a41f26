using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Events;

/// <summary>
/// Turns grid notes into note events. Time shifts are measured from the decoded position of the event before, so
/// that the rounding of a long rest does not add up.
/// </summary>
public struct NoteEventEncoder
{
    private readonly byte _meter;
    private readonly byte _role;
    private readonly byte _key;
    private readonly int _barTicks;

    /// <param name="context">The phrase's constants. The phrase begins on a bar line, at tick 0.</param>
    public NoteEventEncoder(PhraseContext context)
    {
        _meter = (byte)NoteEventVocabulary.MeterFrom(context.Meter);
        _role = (byte)NoteEventVocabulary.RoleFrom(context.Role);
        _key = (byte)NoteEventVocabulary.KeyFrom(context.Key);
        _barTicks = Math.Max(1, context.Meter.BarTicks);
    }

    /// <summary>Decoded onset of the last event, in ticks from the phrase's start.</summary>
    public long PositionTick { get; private set; }

    /// <summary>The event that stands before the first note of a phrase or of a part that begins at <see cref="PositionTick"/>.</summary>
    public readonly NoteEvent Start => new(
        NoteEventVocabulary.TimeShiftStart,
        NoteEventVocabulary.PitchStart,
        NoteEventVocabulary.DurationStart,
        NoteEventVocabulary.VelocityStart,
        (byte)NoteEventVocabulary.PositionFromTicks(PositionTick % _barTicks),
        (byte)(PositionTick / _barTicks % NoteEventVocabulary.BarPhases),
        _meter,
        _role,
        _key);

    /// <summary>The next time shift counts from here.</summary>
    /// <param name="barLineTick">A bar line, in ticks from the phrase's start.</param>
    public void MoveTo(long barLineTick) => PositionTick = barLineTick;

    /// <summary>Encodes the next note; notes come sorted by onset, then pitch.</summary>
    /// <param name="note">Its onset must not lie before the last one's.</param>
    /// <param name="velocityIsKnown">False where the source has no dynamics.</param>
    public NoteEvent Encode(in GridNote note, bool velocityIsKnown = true)
    {
        var timeShift = NoteEventVocabulary.TimeShiftFromTicks(note.OnsetTick - PositionTick);
        return Append(
            timeShift,
            note.Pitch,
            NoteEventVocabulary.DurationFromTicks(note.DurationTicks),
            velocityIsKnown ? NoteEventVocabulary.VelocityFromMidi(note.Velocity) : NoteEventVocabulary.VelocityUnknown);
    }

    /// <summary>Position class and bar phase that an onset this many ticks after the last one has.</summary>
    public readonly (int Position, int BarPhase) Locate(int timeShift)
    {
        var tick = PositionTick + NoteEventVocabulary.TimeShiftToTicks(timeShift);
        return (NoteEventVocabulary.PositionFromTicks(tick % _barTicks), (int)(tick / _barTicks % NoteEventVocabulary.BarPhases));
    }

    /// <summary>Appends an event given by its classes, as a sampler chose them.</summary>
    public NoteEvent Append(int timeShift, int pitch, int duration, int velocity)
    {
        var (position, barPhase) = Locate(timeShift);
        PositionTick += NoteEventVocabulary.TimeShiftToTicks(timeShift);
        return new NoteEvent((byte)timeShift, (byte)pitch, (byte)duration, (byte)velocity, (byte)position, (byte)barPhase, _meter, _role, _key);
    }
}

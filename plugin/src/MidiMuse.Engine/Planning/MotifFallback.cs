using System.Diagnostics.CodeAnalysis;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Generation;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Planning;

/// <summary>
/// Bars without a network: the motif varied (<see cref="MotifVariation"/>) or a plain accompaniment, and then through the same generator as a
/// network's bars, so that it keeps to the same limits. [engine]
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The session holds nothing but arrays.")]
public sealed class MotifFallback
{
    private const int MostNotesOfBar = 256;

    private readonly VariationSession _session = new();
    private readonly BarGenerator _generator = new();
    private readonly List<GridNote> _wanted = [];
    private readonly GridNote[] _drawn = new GridNote[MostNotesOfBar];

    /// <param name="notes">Receives the bar's notes; cleared first.</param>
    public void Fill(in PhraseContext context, in BarSituation bar, BarControls controls, List<GridNote> notes)
    {
        var isPitched = bar.Character.Role != Role.Drums;
        if (bar.Character.Accompanies)
            PlainAccompaniment.Fill(bar, _wanted);
        else
            MotifVariation.Fill(bar.Motif, bar.StartTick, bar.EndTick, controls.Constraints.Pitches, isPitched, _wanted);
        Draw(context, bar, controls, notes);
    }

    /// <summary>Moves notes that were made in another way to the nearest ones that the limits permit.</summary>
    public void Fit(in PhraseContext context, in BarSituation bar, BarControls controls, List<GridNote> notes)
    {
        var others = controls with { Steering = [.. controls.Steering.Where(steering => steering.SuitsFinishedNotes)] };
        if (others.Steering.Length == 0 && others.Given.Length == 0)
            return;
        _wanted.Clear();
        _wanted.AddRange(notes);
        Draw(context, bar, others, notes);
    }

    private void Draw(in PhraseContext context, in BarSituation bar, BarControls controls, List<GridNote> notes)
    {
        notes.Clear();
        _session.Begin(context, LastBefore(bar), _wanted, bar.EndTick);
        var request = new BarRequest
        {
            StartTick = bar.StartTick,
            EndTick = bar.EndTick,
            Sampler = SamplerSettings.Uniform(0, 1),
            Constraints = controls.Constraints,
            Steering = controls.Steering,
            Given = controls.Given,
            Ringing = RingingOf(bar),
        };
        var random = new Xoshiro256(0);
        var result = _generator.Generate(_session, request, ref random, _drawn);
        foreach (var note in _drawn.AsSpan(0, result.NoteCount))
            notes.Add(Exact(note, controls));
    }

    private static GridNote? LastBefore(in BarSituation bar)
    {
        GridNote? last = null;
        foreach (var note in bar.Phrase)
        {
            if (note.OnsetTick < bar.StartTick)
                last = note;
        }
        return last;
    }

    private static GridNote[] RingingOf(BarSituation bar) =>
        [.. bar.Phrase.Where(note => note.OnsetTick < bar.StartTick && note.EndTick > bar.StartTick)];

    /// <summary>The motif's own duration and velocity where the classes that were drawn are theirs.</summary>
    private GridNote Exact(in GridNote drawn, BarControls controls)
    {
        foreach (var wanted in _wanted)
        {
            if (wanted.OnsetTick != drawn.OnsetTick || wanted.Pitch != drawn.Pitch)
                continue;
            var velocity = NoteEventVocabulary.VelocityFromMidi(wanted.Velocity);
            var isSameVelocity = velocity == NoteEventVocabulary.VelocityFromMidi(drawn.Velocity) && controls.Constraints.Velocities.Contains(velocity);
            return isSameVelocity ? drawn with { Velocity = wanted.Velocity } : drawn;
        }
        return drawn;
    }
}

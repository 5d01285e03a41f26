using System.Globalization;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Clips;

/// <summary>The answer, or motif and answer, as a clip that begins on a bar line.</summary>
public static class AnswerClip
{
    /// <summary>Null where there is no answer.</summary>
    /// <param name="parameters">For the seed, which is part of the provenance.</param>
    /// <param name="trainingMusic">For the answer's originality, which is part of it too; null where it is not at hand.</param>
    public static Clip? Of(EngineSnapshot snapshot, ParameterValues parameters, bool withMotif, OriginalityIndex? trainingMusic = null)
    {
        if (snapshot.Answer.IsEmpty || snapshot.Motif is not { } motif)
            return null;
        var answer = new PhrasePart("MidiMuse answer", snapshot.Answer.SelectMany(bar => bar.Notes).Select(Part));
        var startPpq = withMotif ? motif.StartPpq : snapshot.Answer[0].StartPpq;
        var clip = new PhraseClip
        {
            Name = withMotif ? "MidiMuse motif and answer" : "MidiMuse answer",
            StartPpq = startPpq,
            EndPpq = snapshot.Answer[^1].EndPpq,
            Parts = withMotif ? [new PhrasePart("Motif", motif.Notes.Select(Part)), answer] : [answer],
            Tempos = snapshot.Tempos,
            Meters = MetersOf(snapshot),
            Key = snapshot.Key,
            Provenance = [.. ProvenanceOf(snapshot, parameters), .. trainingMusic is null ? Array.Empty<string>() : [$"MidiMuse; {OriginalityOf(snapshot, trainingMusic).ToText(trainingMusic)}"]],
        };
        return clip.ToClip();
    }

    private static PartNote Part(TimelineNote note) => new(note.OnsetPpq, note.EndPpq, note.Pitch, note.Velocity, note.Channel);

    /// <summary>The meter of the motif, and a change where the bars have another length.</summary>
    private static List<MeterPoint> MetersOf(EngineSnapshot snapshot)
    {
        var motif = snapshot.Motif!;
        var meters = new List<MeterPoint> { new(motif.StartPpq, motif.Meter) };
        foreach (var bar in snapshot.Answer)
        {
            if (Math.Abs(bar.LengthPpq - meters[^1].Meter.BarPpq) < 1e-6)
                continue;
            var quarters = bar.LengthPpq;
            var denominator = Math.Abs(quarters - Math.Round(quarters)) < 1e-6 ? 4 : Math.Abs((quarters * 2) - Math.Round(quarters * 2)) < 1e-6 ? 8 : 16;
            var numerator = (int)Math.Round(quarters * denominator / 4);
            if (Meter.IsValid(numerator, denominator))
                meters.Add(new MeterPoint(bar.StartPpq, new Meter(numerator, denominator)));
        }
        return meters;
    }

    private static string[] ProvenanceOf(EngineSnapshot snapshot, ParameterValues parameters)
    {
        var made = snapshot.Answer.Count(bar => bar.Origin == BarOrigin.Fallback);
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"MidiMuse; model {snapshot.ModelIdentity ?? "none"}; seed {parameters.Index(ParameterId.Seed)}; candidate {snapshot.CurrentCandidate + 1}; take {snapshot.Redone.Takes}; edits {snapshot.Redone.Edits}"),
            .. made > 0 ? [string.Create(CultureInfo.InvariantCulture, $"MidiMuse; {made} of {snapshot.Answer.Length} bars are the motif varied, without a model")] : Array.Empty<string>(),
        ];
    }

    /// <summary>How much of the training music stands in the answer; nothing measured where there is no answer.</summary>
    public static OriginalityReport OriginalityOf(EngineSnapshot snapshot, OriginalityIndex trainingMusic)
    {
        if (snapshot.Motif is not { } motif)
            return OriginalityReport.Nothing;
        return new OriginalityMeter(trainingMusic).Measure(snapshot.Role ?? Role.Melody, OnGrid(motif.Notes), OnGrid(snapshot.Answer.SelectMany(bar => bar.Notes)));

        GridNote[] OnGrid(IEnumerable<TimelineNote> notes) =>
        [
            .. notes.Select(note => (Note: note, Onset: GridTime.ToTick(note.OnsetPpq - motif.StartPpq)))
                .Select(n => new GridNote(n.Onset, (int)Math.Max(1, GridTime.ToTick(n.Note.EndPpq - motif.StartPpq) - n.Onset), n.Note.Pitch, n.Note.Velocity))
                .OrderBy(n => n.OnsetTick).ThenBy(n => n.Pitch),
        ];
    }
}

using MidiMuse.Core.Events;
using MidiMuse.Models.Onnx;
using MidiMuse.Models.Shards;

namespace MidiMuse.Models.Evaluation;

/// <summary>Likelihoods of an LSTM by its ONNX files, one phrase after the other, all steps in one run.</summary>
public sealed class LstmLikelihood(LstmSessions sessions) : ILikelihoodModel
{
    public string Name => "LSTM";

    public IEnumerable<AspectNats> Evaluate(IReadOnlyList<HeldOutPhrase> phrases) => phrases.Select(p => Evaluate(p.Phrase));

    private AspectNats Evaluate(Phrase phrase)
    {
        var events = Segment.Events(phrase);
        var backbone = sessions.Backbone([.. events.SelectMany(Columns)], events.Length, 1, sessions.ZeroState(1));
        var following = events[1..];
        var context = backbone.Context[..(following.Length * sessions.Context)];
        var (pitchLogits, pitchContext) = sessions.Pitch(
            context, Classes(following, e => e.TimeShift), Classes(following, e => e.Position), Classes(following, e => e.BarPhase));
        var (durationLogits, durationContext) = sessions.Duration(pitchContext, Classes(following, e => e.Pitch));
        var velocityLogits = sessions.Velocity(durationContext, Classes(following, e => e.Duration));

        var nats = new AspectNats();
        for (var i = 0; i < following.Length; i++)
        {
            nats.Add(NoteAspect.Time, Nats(backbone.TimeLogits, i, NoteEventVocabulary.TimeShiftTargets, following[i].TimeShift));
            nats.Add(NoteAspect.Pitch, Nats(pitchLogits, i, NoteEventVocabulary.PitchTargets, following[i].Pitch));
            nats.Add(NoteAspect.Duration, Nats(durationLogits, i, NoteEventVocabulary.DurationTargets, following[i].Duration));
            if (following[i].Velocity < NoteEventVocabulary.VelocityTargets)
                nats.Add(NoteAspect.Velocity, Nats(velocityLogits, i, NoteEventVocabulary.VelocityTargets, following[i].Velocity));
        }
        if (phrase.EndsPiece)
            nats.Add(NoteAspect.Time, Nats(backbone.TimeLogits, following.Length, NoteEventVocabulary.TimeShiftTargets, NoteEventVocabulary.TimeShiftEnd));
        return nats;
    }

    private static IEnumerable<long> Columns(NoteEvent e) =>
        [e.TimeShift, e.Pitch, e.Duration, e.Velocity, e.Position, e.BarPhase, e.Meter, e.Role, e.Key];

    private static long[] Classes(NoteEvent[] events, Func<NoteEvent, long> column) => [.. events.Select(column)];

    /// <summary>-log softmax(logits[row])[target], logits f32 [rows, classes].</summary>
    private static double Nats(float[] logits, int row, int classes, int target)
    {
        var values = logits.AsSpan(row * classes, classes);
        double highest = float.NegativeInfinity;
        foreach (var value in values)
            highest = Math.Max(highest, value);
        double sum = 0;
        foreach (var value in values)
            sum += Math.Exp(value - highest);
        return highest + Math.Log(sum) - values[target];
    }
}

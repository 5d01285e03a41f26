using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Inference.Models;
using MidiMuse.Inference.Steering;

namespace MidiMuse.Models.Evaluation;

/// <summary>
/// How much real continuations keep to their primes beyond what a network expects: the nats of held-out music under
/// the network with the weights of <see cref="MotifCloseness"/> added. With weights w on what agrees with the prime,
/// a class of probability p that agrees has p e^w / (1 + sum over agreeing classes of p (e^w - 1)), so one run of the
/// network serves all weights.
/// </summary>
public sealed class ClosenessFit
{
    private static readonly ClosenessWeights OnsetOnly = new(1, 0, 0, 0);
    private static readonly ClosenessWeights PitchOnly = new(0, 1, 0, 0);
    private static readonly ClosenessWeights IntervalOnly = new(0, 0, 1, 0);
    private static readonly ClosenessWeights DurationOnly = new(0, 0, 0, 1);

    private readonly List<Target> _times = [];
    private readonly List<Target> _pitches = [];
    private readonly List<Target> _durations = [];

    public int Notes => _pitches.Count;

    /// <summary>Adds the true continuation of an excerpt.</summary>
    public void Add(INoteEventModel model, Excerpt excerpt)
    {
        using var session = model.CreateSession();
        session.Reset(excerpt.Context);
        session.Prefill(excerpt.Prime.ToArray(), excerpt.VelocityIsKnown);
        var pattern = new MotifPattern(excerpt.Prime.ToArray(), excerpt.PrimeTicks, excerpt.PrimeTicks);
        var bars = new Bars(pattern);
        var barTicks = excerpt.Context.Meter.BarTicks;
        for (var bar = Excerpt.Bars; bar < 2 * Excerpt.Bars; bar++)
        {
            var (start, end) = ((long)bar * barTicks, (long)(bar + 1) * barTicks);
            bars.Begin(start, end, session);
            foreach (var note in excerpt.Truth.Where(note => note.OnsetTick >= start && note.OnsetTick < end))
                AddNote(session, bars, note, excerpt.VelocityIsKnown);
            _times.Add(TimeTarget(session, bars, null));
        }
    }

    /// <summary>Nats of a note under weights: time with the bars' ends, pitch, duration.</summary>
    public (double Time, double Pitch, double Duration) Nats(ClosenessWeights weights) => (
        _times.Sum(target => target.Nats(weights.Onset, 0)) / Notes,
        _pitches.Sum(target => target.Nats(weights.Pitch, weights.Interval)) / Notes,
        _durations.Sum(target => target.Nats(weights.Duration, 0)) / Notes);

    /// <summary>The weights under which the continuations are likeliest, to a tenth of a nat.</summary>
    public ClosenessWeights Best()
    {
        var grid = Enumerable.Range(0, 61).Select(step => step / 10.0).ToArray();
        var pitch = (from p in grid from i in grid select (P: p, I: i)).MinBy(w => _pitches.Sum(target => target.Nats(w.P, w.I)));
        return new ClosenessWeights(
            grid.MinBy(w => _times.Sum(target => target.Nats(w, 0))),
            pitch.P,
            pitch.I,
            grid.MinBy(w => _durations.Sum(target => target.Nats(w, 0))));
    }

    private void AddNote(NoteEventSession session, Bars bars, GridNote note, bool velocityIsKnown)
    {
        _times.Add(TimeTarget(session, bars, note.OnsetTick));
        var timeShift = NoteEventVocabulary.TimeShiftFromTicks(note.OnsetTick - session.PositionTick);
        var coming = bars.Coming with { OnsetTick = note.OnsetTick };
        _pitches.Add(Target.Of(session.PitchLogits(timeShift), note.Pitch, bars.Agreeing(PitchOnly, coming), bars.Agreeing(IntervalOnly, coming)));
        var duration = NoteEventVocabulary.DurationFromTicks(note.DurationTicks);
        _durations.Add(Target.Of(session.DurationLogits(note.Pitch), duration, bars.AgreeingDurations(coming with { Pitch = note.Pitch }), []));
        session.Step(note, velocityIsKnown);
        bars.Take(note);
    }

    /// <summary>The next onset, or where it is null that nothing more begins in the bar.</summary>
    private static Target TimeTarget(NoteEventSession session, Bars bars, long? onsetTick)
    {
        var logits = session.TimeLogits;
        double all = 0, agreeing = 0, wanted = 0;
        var wantedAgrees = false;
        var wantedClass = onsetTick is { } tick ? NoteEventVocabulary.TimeShiftFromTicks(tick - session.PositionTick) : -1;
        for (var timeShift = 0; timeShift < NoteEventVocabulary.TimeShiftValues; timeShift++)
        {
            var onset = session.PositionTick + NoteEventVocabulary.TimeShiftToTicks(timeShift);
            var isWanted = onsetTick is null ? onset >= bars.Coming.EndTick : timeShift == wantedClass;
            if (onset < bars.Coming.StartTick && !isWanted)
                continue;
            var p = Math.Exp(logits[timeShift]);
            var agrees = bars.Agrees(OnsetOnly, onset);
            all += p;
            agreeing += agrees ? p : 0;
            wanted += isWanted ? p : 0;
            wantedAgrees |= isWanted && agrees;
        }
        return new Target(Math.Log(wanted / all), wantedAgrees, false, agreeing / all, 0, 0);
    }

    /// <summary>One choice: the chosen class's log-probability, and how much probability agrees with the prime in one way or another.</summary>
    private readonly record struct Target(double LogP, bool First, bool Second, double FirstOnly, double SecondOnly, double Both)
    {
        public static Target Of(ReadOnlySpan<float> logits, int chosen, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
        {
            double all = 0, firstOnly = 0, secondOnly = 0, both = 0;
            for (var i = 0; i < logits.Length; i++)
            {
                var p = Math.Exp(logits[i]);
                var (isFirst, isSecond) = (!first.IsEmpty && first[i] > 0, !second.IsEmpty && second[i] > 0);
                all += p;
                firstOnly += isFirst && !isSecond ? p : 0;
                secondOnly += isSecond && !isFirst ? p : 0;
                both += isFirst && isSecond ? p : 0;
            }
            var logP = logits[chosen] - Math.Log(all);
            return new Target(logP, !first.IsEmpty && first[chosen] > 0, !second.IsEmpty && second[chosen] > 0, firstOnly / all, secondOnly / all, both / all);
        }

        public double Nats(double first, double second)
        {
            var gain = (First ? first : 0) + (Second ? second : 0);
            var sum = 1 + (FirstOnly * (Math.Exp(first) - 1)) + (SecondOnly * (Math.Exp(second) - 1)) + (Both * (Math.Exp(first + second) - 1));
            return Math.Log(sum) - gain - LogP;
        }
    }

    /// <summary>The place in the excerpt as a generator would see it.</summary>
    private sealed class Bars(MotifPattern pattern)
    {
        private readonly float[] _agreeing = new float[NoteEventVocabulary.PitchTargets];
        private readonly Dictionary<ClosenessWeights, MotifCloseness> _steering = [];

        public NextNote Coming { get; private set; }

        public void Begin(long start, long end, NoteEventSession session)
        {
            session.SkipSilence(start, end);
            Coming = new NextNote
            {
                StartTick = start,
                EndTick = end,
                LastOnsetTick = session.PositionTick,
                LastPitch = session.LastPitch,
            };
            foreach (var weights in (ClosenessWeights[])[OnsetOnly, PitchOnly, IntervalOnly, DurationOnly])
            {
                _steering[weights] = new MotifCloseness(pattern, weights);
                _steering[weights].Begin(start, end);
            }
        }

        public void Take(GridNote note)
        {
            var joins = Coming.OnsetsInBar > 0 && note.OnsetTick == Coming.LastOnsetTick;
            Coming = Coming with
            {
                LastOnsetTick = note.OnsetTick,
                LastPitch = note.Pitch,
                OnsetsInBar = Coming.OnsetsInBar + (joins ? 0 : 1),
                NotesAtOnset = joins ? Coming.NotesAtOnset + 1 : 1,
            };
        }

        public bool Agrees(ClosenessWeights weights, long tick) => _steering[weights].OnsetNats(Coming, tick) > 0;

        public float[] Agreeing(ClosenessWeights weights, NextNote coming)
        {
            Array.Clear(_agreeing);
            _steering[weights].WeighPitches(coming, _agreeing);
            return [.. _agreeing];
        }

        public float[] AgreeingDurations(NextNote coming)
        {
            var agreeing = new float[NoteEventVocabulary.DurationTargets];
            _steering[DurationOnly].WeighDurations(coming, agreeing);
            return agreeing;
        }
    }
}

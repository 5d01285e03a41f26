using System.Collections.Immutable;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Planning;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Engine.Candidates;

/// <summary>
/// The candidates' lines: each is a whole answer with draws of its own, made as far as somebody needed it or spare
/// time allowed. What a line holds depends on the motif, the settings and the candidate's number, never on when it
/// was made. [engine]
/// </summary>
public sealed class AnswerLines(BarComposer composer, CurrentAnswer answer)
{
    public const int MostCandidates = 16;

    /// <summary>An answer that is longer has no candidates from its beginning on: another one branches off from what was heard.</summary>
    public const int LongestBars = 16;

    /// <summary>Beyond any take that somebody will ask for.</summary>
    private const int FirstEdit = 1 << 20;

    /// <summary>Which notes of a section return is drawn apart from the notes.</summary>
    private const int FirstVariation = 1 << 24;

    private readonly AnswerLine?[] _lines = new AnswerLine?[MostCandidates];

    /// <summary>Numbers of the draws: those of an answer that was made anew do not meet the candidates'.</summary>
    public static int DrawOf(int candidate, int take) => candidate + (take * MostCandidates);

    /// <summary>Draws of bars and notes that were made anew on their own.</summary>
    public static int DrawOfEdit(int edit) => FirstEdit + edit;

    public AnswerLine? Find(int candidate) => _lines[candidate];

    public void Clear() => Array.Clear(_lines);

    public Func<int, MusicSettings> SettingsFor(MusicSettings now) => bar => answer.SettingsOf(bar, now);

    /// <summary>A bar was decided: where it is not the line's own already, the line takes it over.</summary>
    public void Heard(int candidate, int index, AnswerBar bar, in MusicSettings settings)
    {
        var line = _lines[candidate] ??= new AnswerLine(candidate);
        if (index == line.Bars.Count)
            line.Add(bar, settings);
        else if (index < line.Bars.Count && bar.Origin != BarOrigin.Model)
            line.Replace(index, bar, settings, answer.Count);
    }

    /// <summary>One line is what was heard, and the others are gone: their past is another one now.</summary>
    public void FollowHeard(int candidate, in MusicSettings settings)
    {
        Clear();
        var line = _lines[candidate] = new AnswerLine(candidate);
        for (var i = 0; i < answer.Count; i++)
            line.Add(answer.Bars[i], answer.SettingsOf(i, settings));
    }

    /// <summary>
    /// Late in a long answer a candidate begins with what was heard, not with bars that nobody will hear; in an
    /// accompaniment at any time, as its earlier bars went by what had been played until then.
    /// </summary>
    public void Branch(int candidate, in MusicSettings settings)
    {
        if ((answer.Count <= LongestBars && answer.Frame is not { Part: not null }) || _lines[candidate] is { } known && known.ValidBars(SettingsFor(settings)) >= answer.Count)
            return;
        var line = _lines[candidate] = new AnswerLine(candidate);
        for (var i = 0; i < answer.Count; i++)
            line.Add(answer.Bars[i], answer.SettingsOf(i, settings));
    }

    /// <summary>A bar of a candidate, made now where it is missing, and the bars before it.</summary>
    /// <returns>Null where the model is missing or was stopped.</returns>
    public AnswerBar? TryGet(int candidate, int index, in MusicSettings settings, Func<bool> isTooLate)
    {
        var line = _lines[candidate] ??= new AnswerLine(candidate);
        line.TrimTo(line.ValidBars(SettingsFor(settings)));
        while (line.Bars.Count <= index)
        {
            if (isTooLate() || composer.TryCompose(PlanOf(candidate, line.Bars.Count, settings), isTooLate) is not { } bar)
                return null;
            line.Add(bar, answer.SettingsOf(line.Bars.Count, settings));
        }
        return line.Bars[index];
    }

    /// <summary>Makes one bar that is not needed yet: first of the candidate that plays, then of the others.</summary>
    /// <param name="candidates">How many there are.</param>
    /// <returns>False where nothing is left to do, or where it was given up.</returns>
    public bool TryMakeAhead(int current, int candidates, int barsWanted, in MusicSettings settings, Func<bool> isTooLate)
    {
        for (var i = 0; i < candidates; i++)
        {
            var candidate = (current + i) % candidates;
            var wanted = i == 0 ? barsWanted : Math.Min(barsWanted, LongestBars);
            var made = _lines[candidate]?.ValidBars(SettingsFor(settings)) ?? 0;
            if (made < wanted && (i == 0 || answer.Count <= LongestBars))
                return TryGet(candidate, made, settings, isTooLate) is not null;
        }
        return false;
    }

    /// <summary>What is made of the candidate beyond the decided bars and still holds.</summary>
    public ImmutableArray<AnswerBar> Ahead(int candidate, in MusicSettings settings)
    {
        if (_lines[candidate] is not { } line || line.Bars.Count <= answer.Count)
            return [];
        var valid = line.ValidBars(SettingsFor(settings));
        return [.. line.Bars.Take(valid).Skip(answer.Count)];
    }

    /// <summary>The plan of a bar of a candidate whose bars before it exist.</summary>
    public BarPlan PlanOf(int candidate, int index, in MusicSettings settings)
    {
        var frame = answer.Frame!;
        var line = _lines[candidate];
        var startPpq = StartOf(index, line);
        var endPpq = startPpq + frame.Meter.BarPpq;
        var plan = new BarPlan
        {
            Frame = frame,
            Settings = answer.SettingsOf(index, settings),
            StartPpq = startPpq,
            EndPpq = endPpq,
            BarIndex = index,
            Draw = DrawOf(candidate, answer.Take),
            Bars = line is not null && line.Bars.Count >= index ? LineUpTo(line, index) : answer.Bars,
            Given = answer.LockedIn(startPpq, endPpq),
        };
        return Returning(plan);
    }

    /// <summary>A bar of a section that was heard before takes its notes from there, as far as the variation leaves them.</summary>
    private BarPlan Returning(in BarPlan plan)
    {
        var settings = plan.Settings;
        if (settings.Form?.SourceOf(plan.BarIndex, settings.SectionBars) is not { } source || source >= plan.Bars.Count)
            return plan;
        var bar = plan.Bars[source];
        if (bar.Notes.IsEmpty || Math.Abs(bar.LengthPpq - (plan.EndPpq - plan.StartPpq)) > 1e-6)
            return plan;
        var frame = plan.Frame;
        var shiftTicks = plan.StartTick - frame.TickOf(bar.StartPpq);
        var notes = bar.Notes.Select(frame.Quantise).Select(note => note with { OnsetTick = note.OnsetTick + shiftTicks }).ToArray();
        var random = Xoshiro256.ForBar((ulong)settings.Seed, plan.BarIndex, FirstVariation + plan.Draw);
        var beatTicks = GridTime.ToTick(frame.Meter.BeatPpq);
        var (kept, gaps) = AnswerForm.Vary(notes, plan.StartTick, beatTicks, settings.SectionVariation, ref random);
        kept = WithRoomFor(kept, plan, composer.CharacterOf(frame, settings).Constraints.MaxPolyphony);
        if (kept.Length == 0)
            return plan;
        return plan with { Given = [.. plan.Given.Concat(kept).DistinctBy(note => (note.OnsetTick, note.Pitch)).OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch)], Windows = gaps };
    }

    /// <summary>What rings over from the bar before has its voice, and its key on the keyboard.</summary>
    private static GridNote[] WithRoomFor(GridNote[] kept, BarPlan plan, int voices)
    {
        GridNote[] ringing = [.. plan.Bars[plan.BarIndex - 1].Notes.Select(plan.Frame.Quantise).Where(note => note.EndTick > plan.StartTick)];
        var roomy = new List<GridNote>(kept.Length);
        foreach (var note in kept)
        {
            var sounding = ringing.Concat(roomy).Where(other => other.OnsetTick <= note.OnsetTick && other.EndTick > note.OnsetTick).ToArray();
            if (sounding.Length < voices && sounding.All(other => other.Pitch != note.Pitch))
                roomy.Add(note);
        }
        return [.. roomy];
    }

    private static IReadOnlyList<AnswerBar> LineUpTo(AnswerLine line, int count) =>
        line.Bars.Count == count ? line.Bars : [.. line.Bars.Take(count)];

    private double StartOf(int index, AnswerLine? line)
    {
        if (index < answer.Count)
            return answer.Bars[index].StartPpq;
        if (line is not null && index <= line.Bars.Count && index > 0)
            return line.Bars[index - 1].EndPpq;
        return answer.EndPpq + ((index - answer.Count) * answer.Frame!.Meter.BarPpq);
    }
}

using System.Globalization;
using System.Text;
using MidiMuse.Core.Clips;
using MidiMuse.Core.Metrics;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Models.Evaluation;
using MidiMuse.Models.Listening;

namespace MidiMuse.Models.Examples;

/// <summary>Motifs of held-out pieces with one engine's answers: MIDI file, audio, piano roll, and a table of measures.</summary>
public static class ExampleSet
{
    public const int AnswerBars = 8;

    private static readonly string[] TonicNames = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

    /// <summary>What is shown of each role; ten in all.</summary>
    private static readonly (Role Role, int Count)[] Shares = [(Role.Melody, 3), (Role.Piano, 3), (Role.Chords, 1), (Role.Bass, 1), (Role.Drums, 2)];

    /// <summary>The first excerpts of each role in a draw by this seed: chosen by number, not by ear.</summary>
    public static IReadOnlyList<Excerpt> Choose(HeldOutSet heldOut, int seed)
    {
        var random = new Random(seed);
        var chosen = new List<Excerpt>();
        foreach (var (role, count) in Shares.Where(s => heldOut.Phrases.ContainsKey(s.Role)))
        {
            var excerpts = Excerpt.Choose(heldOut.Phrases[role], seed).ToArray();
            random.Shuffle(excerpts);
            chosen.AddRange(excerpts.Take(count).Select(e => e with { AnswerBars = AnswerBars }));
        }
        return chosen;
    }

    /// <param name="identity">Name and hash of the model.</param>
    /// <param name="progress">Called after each example.</param>
    public static void Write(string folder, string identity, IContinuation engine, IReadOnlyList<Excerpt> excerpts, int seed, OriginalityIndex index, Synthesizer synthesizer, Action progress)
    {
        Directory.CreateDirectory(folder);
        var meter = new OriginalityMeter(index);
        var table = new StringBuilder("| example | motif from | key, meter | notes | out of key | groove | like 4 bars before | longest run, nearest piece | repeats the motif |\n|---|---|---|---|---|---|---|---|---|\n");
        for (var i = 0; i < excerpts.Count; i++)
        {
            var excerpt = excerpts[i];
            var answer = engine.Answer(excerpt, (ulong)(seed + i));
            var name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:00}-{excerpt.Context.Role.ToString().ToLowerInvariant()}");
            var report = meter.Measure(excerpt.Context.Role, excerpt.Prime.ToArray(), answer.ToArray());
            var clip = ExcerptClip.Of(excerpt, answer, name) with
            {
                Texts = [new ClipText(0, ClipTextKind.Text, $"MidiMuse; model {identity}; seed {seed + i}; motif: {excerpt.Piece}"), new ClipText(0, ClipTextKind.Text, report.ToText(index))],
            };
            using (var file = File.Create(Path.Combine(folder, name + ".mid")))
                ClipWriter.Write(clip, file);
            synthesizer.Render(clip, Path.Combine(folder, name + ".ogg"));
            File.WriteAllBytes(Path.Combine(folder, name + ".png"), PianoRollImage.Draw(excerpt, answer));
            table.Append(CultureInfo.InvariantCulture, $"| [{name}]({name}.ogg) | {excerpt.Piece} | {KeyText(excerpt)}, {excerpt.Context.Meter} | {excerpt.Prime.Count} + {answer.Count} | {Measures(excerpt, answer)} | {RunText(report, index)} | {MotifShareText(report)} |\n");
            progress();
        }
        File.WriteAllText(Path.Combine(folder, "table.md"), table.ToString());
    }

    private static string KeyText(Excerpt excerpt) =>
        excerpt.Context.Key is { } key ? $"{TonicNames[key.TonicPitchClass]} {key.Mode.ToString().ToLowerInvariant()}" : "no key";

    private static string RunText(OriginalityReport report, OriginalityIndex index)
    {
        if (!report.IsMeasured)
            return "-";
        var title = report.NearestPiece >= 0 ? ", " + index.TitleOf(report.NearestPiece).Replace("|", "\\|", StringComparison.Ordinal) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{report.LongestRun}{title} ({report.Verdict.ToString().ToLowerInvariant()})");
    }

    private static string MotifShareText(OriginalityReport report) =>
        report.IsMeasured ? report.MotifShare.ToString("0 %", CultureInfo.InvariantCulture) : "-";

    private static string Measures(Excerpt excerpt, IReadOnlyList<GridNote> answer)
    {
        var outOfKey = excerpt.Context.Key is { } key ? PitchClasses.OutOfKey(answer, key) : null;
        var barTicks = excerpt.Context.Meter.BarTicks;
        var groove = Groove.Consistency(answer, barTicks, excerpt.PrimeTicks, excerpt.EndTick);
        var similarity = SelfSimilarity.AtLag(excerpt.Prime.Concat(answer), barTicks, (int)(excerpt.EndTick / barTicks), Excerpt.Bars);
        return string.Join(" | ", ((double?[])[outOfKey, groove, similarity]).Select(v => v is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : "-"));
    }
}

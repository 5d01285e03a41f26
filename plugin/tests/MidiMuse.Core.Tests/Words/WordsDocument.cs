using System.Globalization;
using System.Text;
using MidiMuse.Core.Words;

namespace MidiMuse.Core.Tests.Words;

/// <summary>The tables of plugin/docs/WORDS.md, made from the vocabulary.</summary>
internal static class WordsDocument
{
    public const string Begin = "## Words with two directions\n";

    public static string Tables()
    {
        var text = new StringBuilder(Begin);
        text.Append("\n| words | as comparatives (a step) | meaning | sets, a step |\n|---|---|---|---|\n");
        foreach (var axis in Vocabulary.Axes)
        {
            Row(text, List(axis.Up), List(axis.Upper), axis.UpMeaning, string.Join("; ", axis.Changes.Select(change => Levels(change, change.High, isUp: true))));
            Row(text, List(axis.Down), List(axis.Downer), axis.DownMeaning, string.Join("; ", axis.Changes.Select(change => Levels(change, change.Low, isUp: false))));
        }
        text.Append("\n## Words with one meaning\n\n| words | meaning | sets | with \"no\" or \"not\" |\n|---|---|---|---|\n");
        foreach (var phrase in Vocabulary.Phrases)
            Row(text, List(phrase.Words), phrase.Meaning, string.Join("; ", phrase.Changes.Select(Text)), phrase.Not.Length == 0 ? "" : $"{phrase.NotMeaning}: {string.Join("; ", phrase.Not.Select(Text))}");
        text.Append("\n## How much, more, less, not\n\n| words | effect |\n|---|---|\n");
        foreach (var group in Vocabulary.Degrees.GroupBy(degree => degree.Value).OrderByDescending(group => group.Key))
            Row(text, List(group.Select(degree => degree.Key)), string.Create(CultureInfo.InvariantCulture, $"times {group.Key}"));
        Row(text, List(Vocabulary.More), "a step up");
        Row(text, List(Vocabulary.Less), "a step back");
        Row(text, List(Vocabulary.Not), "the contrary; of an adjective a step back");
        text.Append("\n## Words that have no control\n\n| words | why |\n|---|---|\n");
        foreach (var excuse in Vocabulary.Excuses)
            Row(text, List(excuse.Words), excuse.Reason);
        return text.ToString();
    }

    public static string Text(WordChange change)
    {
        var value = change.Text ?? Math.Round(change.Value, 3).ToString(CultureInfo.InvariantCulture);
        return change.Kind switch
        {
            ChangeKind.Add => $"{change.Setting}+{value}",
            ChangeKind.Multiply => $"{change.Setting}*{value}",
            _ => $"{change.Setting}={value}",
        };
    }

    private static string Levels(AxisChange change, double level, bool isUp)
    {
        var step = change.Kind == ChangeKind.Multiply ? (isUp ? "times " : "divided by ") : (isUp ? "+" : "-");
        return string.Create(CultureInfo.InvariantCulture, $"{change.Setting} = {level}, {step}{change.Step}");
    }

    private static string List(IEnumerable<string> words) => string.Join(", ", words);

    private static void Row(StringBuilder text, params string[] cells) => text.Append("| ").Append(string.Join(" | ", cells)).Append(" |\n");
}

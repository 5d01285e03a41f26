using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MidiMuse.Inference.Originality;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Originality;

/// <summary>Writes originality.json: the index file's hash, and whose music it was made of.</summary>
internal static class IndexManifest
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string folder, CorpusFolder corpus)
    {
        var file = Path.Combine(folder, OriginalityFolder.IndexFile);
        var manifest = new JsonObject
        {
            ["format"] = OriginalityFolder.CurrentFormat,
            ["files"] = new JsonObject { [OriginalityFolder.IndexFile] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) },
            ["content"] = "Intervals and rhythm of the training music without keys, notes or words, to recognise copies of it.",
            ["sources"] = Sources(corpus),
        };
        File.WriteAllText(Path.Combine(folder, OriginalityFolder.DescriptionFile), manifest.ToJsonString(Indented) + "\n");
    }

    private static JsonArray Sources(CorpusFolder corpus)
    {
        var stated = StatedSources(corpus);
        var sources = new JsonArray();
        foreach (var set in TrainingIndex.Pieces(corpus, "train").GroupBy(p => p.Dataset))
        {
            sources.Add(new JsonObject
            {
                ["dataset"] = set.Key,
                ["source"] = stated.GetValueOrDefault(set.Key, ""),
                ["licences"] = string.Join("; ", set.Select(p => p.Licence).Distinct().Order(StringComparer.Ordinal)),
                ["pieces"] = set.Count(),
            });
        }
        return sources;
    }

    /// <summary>Where each data set comes from, as the corpus's own manifest.json says, if it has one.</summary>
    private static Dictionary<string, string> StatedSources(CorpusFolder corpus)
    {
        var file = Path.Combine(Path.GetDirectoryName(corpus.Files[0])!, "manifest.json");
        if (!File.Exists(file))
            return [];
        var sets = JsonNode.Parse(File.ReadAllText(file))!["datasets"]!.AsArray();
        return sets.ToDictionary(s => (string)s!["dataset"]!, s => string.Join("; ", s!["source"]!.AsArray().Zip(s["commit"]!.AsArray(), (a, b) => $"{a} at {b}")));
    }
}

using MidiMuse.Models.Evaluation;

namespace MidiMuse.Models.Listening;

/// <summary>Makes the page and its key.</summary>
public static class ListeningTest
{
    public const string PageFile = "listening.html";

    public const string KeyFile = "key.json";

    /// <summary>Writes both into a folder. Each excerpt is heard once, its two methods and who of them is A by lot.</summary>
    /// <param name="methods">At least two.</param>
    /// <param name="progress">Called after each pair.</param>
    public static void Write(string folder, string name, IReadOnlyList<Excerpt> excerpts, IReadOnlyList<IContinuation> methods, int seed, Synthesizer synthesizer, Action progress)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(seed);
        var page = new List<(string, double, byte[], byte[])>();
        var key = new List<ListeningPair>();
        foreach (var excerpt in excerpts)
        {
            var first = random.Next(methods.Count);
            var second = (first + 1 + random.Next(methods.Count - 1)) % methods.Count;
            var id = $"p{page.Count + 1}";
            page.Add((id, ExcerptClip.PrimeSeconds(excerpt), Audio(methods[first]), Audio(methods[second])));
            key.Add(new ListeningPair(id, excerpt.Piece, excerpt.Context.Role.ToString().ToLowerInvariant(), methods[first].Name, methods[second].Name));
            progress();

            byte[] Audio(IContinuation method)
            {
                var file = Path.Combine(folder, $"{id}.ogg");
                synthesizer.Render(ExcerptClip.Of(excerpt, method.Answer(excerpt, (ulong)(seed + page.Count)), "listening"), file);
                var bytes = File.ReadAllBytes(file);
                File.Delete(file);
                return bytes;
            }
        }

        // The page may not say what the methods are called, so neither may the test's name on it.
        var test = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[..12];
        File.WriteAllText(Path.Combine(folder, PageFile), ListeningPage.Html(test, page));
        new ListeningKey(test, key).Save(Path.Combine(folder, KeyFile));
    }
}

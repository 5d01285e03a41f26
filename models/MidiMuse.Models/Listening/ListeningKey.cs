using System.Text.Json;

namespace MidiMuse.Models.Listening;

/// <summary>Which method is A and which is B in a pair: what the page does not tell.</summary>
public sealed record ListeningPair(string Id, string Excerpt, string Role, string A, string B);

/// <summary>key.json: stays with whoever runs the test.</summary>
public sealed record ListeningKey(string Test, IReadOnlyList<ListeningPair> Pairs)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Json) + "\n");

    /// <exception cref="InvalidDataException">The file is no key.</exception>
    public static ListeningKey Read(string file) => Parse<ListeningKey>(file) is { Pairs: not null } key ? key : throw new InvalidDataException($"{file} is no key of a listening test.");

    /// <exception cref="InvalidDataException">The file is not what a listening page saves.</exception>
    public static ListeningResult ReadResult(string file) => Parse<ListeningResult>(file) is { Answers: not null } result ? result : throw new InvalidDataException($"{file} is no result of a listening test.");

    private static T? Parse<T>(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(file), Json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }
}

/// <summary>One listener's answers, as the page saves them.</summary>
public sealed record ListeningResult(string Test, string Listener, IReadOnlyList<ListeningAnswer> Answers);

/// <param name="Choice">A, B, or equal: the continuation that the listener likes better.</param>
public sealed record ListeningAnswer(string Id, string Choice);

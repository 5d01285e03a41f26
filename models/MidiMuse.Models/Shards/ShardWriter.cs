using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;

namespace MidiMuse.Models.Shards;

/// <summary>
/// Writes segments to one raw file for each set and role, uint8 [segments, 257, 18], and index.json beside them:
/// format, vocabulary, rows, columns, and for each file its set, role, segments and notes.
/// </summary>
public sealed class ShardWriter : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _folder;
    private readonly Dictionary<(string Set, Role Role), Shard> _shards = [];
    private readonly byte[] _rows = new byte[Segment.Bytes];

    public ShardWriter(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    public long Notes { get; private set; }

    /// <param name="set">Which pieces these are, for instance train, valid-a.</param>
    public void Add(string set, Phrase phrase)
    {
        if (!_shards.TryGetValue((set, phrase.Context.Role), out var shard))
        {
            var name = $"{set}.{phrase.Context.Role.ToString().ToLowerInvariant()}.u8";
            shard = new Shard(name, File.Create(Path.Combine(_folder, name)));
            _shards.Add((set, phrase.Context.Role), shard);
        }
        Segment.Write(phrase, _rows);
        shard.Stream.Write(_rows);
        shard.Segments++;
        shard.Notes += phrase.Notes.Count;
        Notes += phrase.Notes.Count;
    }

    public void WriteIndex(int seed, int copies)
    {
        var index = new
        {
            format = 1,
            vocabulary = NoteEventVocabulary.Version,
            rows = Segment.Rows,
            columns = Segment.Columns,
            padding = Segment.Padding,
            seed,
            copies,
            files = _shards
                .OrderBy(s => s.Value.Name, StringComparer.Ordinal)
                .Select(s => new { file = s.Value.Name, set = s.Key.Set, role = s.Key.Role.ToString().ToLowerInvariant(), segments = s.Value.Segments, notes = s.Value.Notes }),
        };
        File.WriteAllText(Path.Combine(_folder, "index.json"), JsonSerializer.Serialize(index, Indented) + "\n");
    }

    public void Dispose()
    {
        foreach (var shard in _shards.Values)
            shard.Stream.Dispose();
    }

    private sealed class Shard(string name, FileStream stream)
    {
        public string Name { get; } = name;

        public FileStream Stream { get; } = stream;

        public int Segments { get; set; }

        public long Notes { get; set; }
    }
}

using System.IO.Compression;
using System.Text.Json;
using MidiMuse.Models.Corpus;

namespace MidiMuse.Models.Frames;

/// <summary>
/// A benchmark of polyphonic music as frames: JSON (gzip where the name ends so) of the splits' sequences, a sequence a
/// list of frames, a frame a list of MIDI pitches.
/// </summary>
public sealed class FrameSet
{
    private readonly Dictionary<string, int[][][]> _splits;

    private FrameSet(string name, Dictionary<string, int[][][]> splits)
    {
        Name = name;
        _splits = splits;
    }

    public string Name { get; }

    /// <summary>Reads FOLDER/NAME.json.gz or FOLDER/NAME.json.</summary>
    /// <exception cref="CorpusMissingException">Neither is there.</exception>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static FrameSet Read(string folder, string name)
    {
        var packed = Path.Combine(folder, name + ".json.gz");
        var plain = Path.Combine(folder, name + ".json");
        if (!File.Exists(packed) && !File.Exists(plain))
            throw new CorpusMissingException($"There is no {name}.json.gz in '{folder}'. The benchmarks are not part of the repository; pass their folder with --benchmarks.");
        using Stream stream = File.Exists(packed) ? new GZipStream(File.OpenRead(packed), CompressionMode.Decompress) : File.OpenRead(plain);
        try
        {
            return new FrameSet(name, JsonSerializer.Deserialize<Dictionary<string, int[][][]>>(stream) ?? []);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}: not a benchmark of frames: {e.Message}", e);
        }
    }

    /// <summary>The sequences of a split; the pitches of a frame sorted, each once.</summary>
    /// <exception cref="ArgumentException">The file has no such split.</exception>
    public IReadOnlyList<int[][]> Split(string split)
    {
        if (!_splits.TryGetValue(split, out var sequences))
            throw new ArgumentException($"{Name} has no split '{split}' here; it has {string.Join(", ", _splits.Keys)}.", nameof(split));
        return [.. sequences.Select(s => s.Select(f => f.Where(p => p is >= FrameModel.LowestKey and <= FrameModel.HighestKey).Distinct().Order().ToArray()).ToArray())];
    }
}

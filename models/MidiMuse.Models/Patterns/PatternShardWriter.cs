using System.Runtime.InteropServices;
using System.Text.Json;
using MidiMuse.Core.Events;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;

namespace MidiMuse.Models.Patterns;

/// <summary>
/// Writes windows to two raw files for each set and role: notes, uint8 [notes, 3] (step, pitch with the tonic moved to C,
/// duration class), and windows, int32 [windows, 6] (first note, notes, bars, steps of a bar, meter class, mode);
/// index.json lists them.
/// </summary>
public sealed class PatternShardWriter : IDisposable
{
    private const int RowBytes = 3;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _folder;
    private readonly Dictionary<(string Set, Role Role), Shard> _shards = [];

    public PatternShardWriter(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    public long Windows { get; private set; }

    /// <param name="set">Which pieces these are: train, valid-a, valid-b.</param>
    public void Add(string set, PatternWindow window)
    {
        var shard = ShardOf(set, window.Role);
        var barSteps = PatternVocabulary.StepsOf(window.Meter.BarTicks);
        var toTonic = PatternFrame.KeyShift(window.Key);
        // Pitches stay whole: training cuts windows further and chooses the octave of each cut.
        var rows = window.Notes
            .Select(n => (Step: PatternVocabulary.StepFromTick((int)n.OnsetTick), Pitch: n.Pitch + toTonic, Duration: PatternVocabulary.DurationFromTicks(n.DurationTicks)))
            .Where(n => n.Step < window.Bars * barSteps)
            .OrderBy(n => n.Step).ThenBy(n => n.Pitch).ThenByDescending(n => n.Duration)
            .DistinctBy(n => (n.Step, n.Pitch))
            .SelectMany(n => (byte[])[(byte)n.Step, (byte)n.Pitch, (byte)n.Duration])
            .ToArray();
        shard.Windows.Write(MemoryMarshal.AsBytes<int>([
            shard.NoteCount, rows.Length / RowBytes, window.Bars, barSteps, NoteEventVocabulary.MeterFrom(window.Meter), PatternVocabulary.ModeFrom(window.Key)]));
        shard.Notes.Write(rows);
        shard.NoteCount += rows.Length / RowBytes;
        shard.WindowCount++;
        Windows++;
    }

    public void WriteIndex()
    {
        var index = new
        {
            format = 1,
            kind = "patterns",
            vocabulary = PatternVocabulary.Version,
            files = _shards
                .OrderBy(s => s.Value.Name, StringComparer.Ordinal)
                .Select(s => new { name = s.Value.Name, set = s.Key.Set, role = s.Key.Role.ToString().ToLowerInvariant(), windows = s.Value.WindowCount, notes = s.Value.NoteCount }),
        };
        File.WriteAllText(Path.Combine(_folder, "index.json"), JsonSerializer.Serialize(index, Indented) + "\n");
    }

    public void Dispose()
    {
        foreach (var shard in _shards.Values)
        {
            shard.Notes.Dispose();
            shard.Windows.Dispose();
        }
    }

    private Shard ShardOf(string set, Role role)
    {
        if (_shards.TryGetValue((set, role), out var shard))
            return shard;
        var name = $"{set}.{role.ToString().ToLowerInvariant()}";
        shard = new Shard(name, File.Create(Path.Combine(_folder, name + ".notes.u8")), File.Create(Path.Combine(_folder, name + ".windows.i32")));
        _shards.Add((set, role), shard);
        return shard;
    }

    private sealed class Shard(string name, FileStream notes, FileStream windows)
    {
        public string Name { get; } = name;

        public FileStream Notes { get; } = notes;

        public FileStream Windows { get; } = windows;

        public int NoteCount { get; set; }

        public int WindowCount { get; set; }
    }
}

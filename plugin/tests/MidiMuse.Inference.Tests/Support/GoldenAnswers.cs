using System.Text.Json;
using MidiMuse.Core.Events;

namespace MidiMuse.Inference.Tests.Support;

/// <summary>
/// golden.json: what PyTorch answers, with the shipped weights, to a few events drawn at random. Flat arrays,
/// row-major, [steps, batch, ...].
/// </summary>
internal sealed class GoldenAnswers
{
    private readonly JsonElement _root;

    public GoldenAnswers(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        _root = document.RootElement.Clone();
    }

    public int Steps => _root.GetProperty("steps").GetInt32();

    public int Batch => _root.GetProperty("batch").GetInt32();

    public NoteEvent Event(int step, int row)
    {
        var columns = Row("events", step, row).Select(value => (byte)value).ToArray();
        return new NoteEvent(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6], columns[7], columns[8]);
    }

    /// <summary>The class that a head was given.</summary>
    public int Choice(string name, int step, int row) => (int)Row(name, step, row).Single();

    public double[] Row(string name, int step, int row)
    {
        var values = _root.GetProperty(name);
        var width = values.GetArrayLength() / (Steps * Batch);
        return [.. values.EnumerateArray().Skip(((step * Batch) + row) * width).Take(width).Select(value => value.GetDouble())];
    }
}

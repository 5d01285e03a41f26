using System.Collections.Immutable;
using MidiMuse.Core.Time;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Midi;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.State;

/// <summary>What a state keeps around the answer: history, learned controllers, tempos. Damaged entries are left out.</summary>
internal static class SurroundingsCodec
{
    private const int LongestTitle = 200;

    public static List<HistoryDocument>? WriteHistory(ImmutableArray<HistoryEntry> history) => history.IsEmpty ? null : [.. history.Select(entry => new HistoryDocument
    {
        Id = entry.Id,
        Title = entry.Title,
        Favourite = entry.IsFavourite,
        Motif = StateCodec.WriteMotif(entry.Motif, null),
        Bars = [.. entry.Bars.Select(StateCodec.WriteBar)],
        Settings = new Dictionary<string, double>(entry.Settings, StringComparer.Ordinal),
        Texts = entry.Texts.IsEmpty ? null : new Dictionary<string, string>(entry.Texts, StringComparer.Ordinal),
        Model = entry.Model,
        Candidate = entry.Candidate,
    })];

    public static ImmutableArray<HistoryEntry> ReadHistory(List<HistoryDocument>? history)
    {
        var read = ImmutableArray.CreateBuilder<HistoryEntry>();
        foreach (var entry in history ?? [])
        {
            if (entry is null || entry.Id <= 0 || read.Any(known => known.Id == entry.Id) || StateCodec.ReadMotif(entry.Motif) is not { } motif)
                continue;
            var bars = StateCodec.ReadBars(entry.Bars);
            if (bars.IsEmpty)
                continue;
            var title = entry.Title ?? "";
            read.Add(new HistoryEntry(
                entry.Id,
                title.Length > LongestTitle ? title[..LongestTitle] : title,
                entry.Favourite,
                motif,
                bars,
                (entry.Settings ?? []).Where(setting => double.IsFinite(setting.Value)).ToImmutableSortedDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal),
                StateCodec.ReadTexts(entry.Texts),
                entry.Model,
                Math.Clamp(entry.Candidate, 0, Candidates.AnswerLines.MostCandidates - 1)));
        }
        return read.ToImmutable();
    }

    public static List<ControllerDocument>? WriteControllers(ImmutableArray<ControllerMapping> mappings) => mappings.IsEmpty ? null : [.. mappings.Select(mapping => new ControllerDocument
    {
        Channel = mapping.Channel,
        Controller = mapping.Controller,
        Parameter = ParameterTable.Find(mapping.ParameterId)!.Key,
    })];

    public static ImmutableArray<ControllerMapping> ReadControllers(List<ControllerDocument>? controllers) =>
    [
        .. (controllers ?? [])
            .Where(item => item is { Channel: >= 0 and <= 15, Controller: >= 0 and <= 255, Parameter: not null }
                && ControllerMap.CanBeLearned((byte)item.Controller) && ParameterTable.Find(item.Parameter) is { ReadOnly: false })
            .Select(item => new ControllerMapping((byte)item.Channel, (byte)item.Controller, ParameterTable.Find(item.Parameter!)!.Id))
            .DistinctBy(mapping => mapping.ParameterId)
            .Take(ControllerMap.MostMappings),
    ];

    public static List<TempoDocument>? WriteTempos(ImmutableArray<TempoPoint> tempos) =>
        tempos.IsEmpty ? null : [.. tempos.Select(point => new TempoDocument { At = point.PositionPpq, Bpm = point.Bpm })];

    public static ImmutableArray<TempoPoint> ReadTempos(List<TempoDocument>? tempos) =>
    [
        .. (tempos ?? [])
            .Where(point => point is not null && StateCodec.IsPosition(point.At) && point.Bpm is >= 1 and <= 10_000)
            .OrderBy(point => point.At)
            .DistinctBy(point => point.At)
            .Take(Capture.TempoTrack.MostPoints)
            .Select(point => new TempoPoint(point.At, point.Bpm)),
    ];
}

using System.Collections.Immutable;
using System.Text.Json;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Capture;
using MidiMuse.Engine.History;
using MidiMuse.Engine.Midi;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.State;

/// <summary>A state that has been read and checked: every value in it can be used as it is.</summary>
/// <param name="Source">The document, for the members that this version does not know.</param>
public sealed record ReadState(StateDocument Source, Motif? Motif, ImmutableArray<AnswerBar> Bars, ImmutableSortedDictionary<string, string> Texts)
{
    public ImmutableArray<TimelineNote> Locked { get; init; } = [];

    public ImmutableArray<HistoryEntry> History { get; init; } = [];

    public ImmutableArray<ControllerMapping> Controllers { get; init; } = [];

    public ImmutableArray<TempoPoint> Tempos { get; init; } = [];
}

/// <summary>Between states and bytes. Damaged notes and values are left out; a document that cannot be read gives null.</summary>
public static class StateCodec
{
    /// <summary>Longest state that is looked at; a longer one is damage.</summary>
    public const int MaximumBytes = 64 << 20;

    /// <summary>No position in a project is this far out: more than 80 days at 120 bpm.</summary>
    private const double MaximumPpq = 1 << 24;

    public static ReadState? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Length > MaximumBytes)
            return null;
        try
        {
            var document = JsonSerializer.Deserialize(bytes, StateJson.Default.StateDocument);
            if (document is null || document.Product != StateDocument.ProductName || document.Format < 1)
                return null;
            return new ReadState(document, ReadMotif(document.Motif), ReadBars(document.Answer), ReadTexts(document.Texts))
            {
                Locked = ReadNotes(document.Locked),
                History = SurroundingsCodec.ReadHistory(document.History),
                Controllers = SurroundingsCodec.ReadControllers(document.Controllers),
                Tempos = SurroundingsCodec.ReadTempos(document.Tempos),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write(ParameterValues parameters, EngineSnapshot snapshot, StateDocument? previous, byte[]? unreadable)
    {
        var document = new StateDocument
        {
            Product = StateDocument.ProductName,
            Format = Math.Max(StateDocument.CurrentFormat, previous?.Format ?? 0),
            Parameters = WriteParameters(parameters, previous?.Parameters),
            Motif = snapshot.Motif is { } motif ? WriteMotif(motif, previous?.Motif) : null,
            Answer = snapshot.Answer.IsEmpty ? null : [.. snapshot.Answer.Select(WriteBar)],
            Model = snapshot.Answer.IsEmpty ? null : snapshot.ModelIdentity,
            Choices = ParameterTable.All.Where(definition => IsKept(definition) && definition.Steps > 0)
                .ToDictionary(definition => definition.Key, definition => definition.ToPlain(parameters.Latest(definition.Id))),
            Texts = WriteTexts(snapshot.Texts, previous?.Texts),
            Locked = snapshot.Locked.IsEmpty ? null : [.. snapshot.Answer.SelectMany(bar => bar.Notes).Where(note => snapshot.Locked.Any(locked => locked.Is(note))).Select(WriteNote)],
            Takes = snapshot.Redone.Takes,
            Edits = snapshot.Redone.Edits,
            Muted = snapshot.IsMuted,
            History = SurroundingsCodec.WriteHistory(snapshot.History),
            Controllers = SurroundingsCodec.WriteControllers(snapshot.Controllers),
            Tempos = SurroundingsCodec.WriteTempos(snapshot.Tempos),
            Unreadable = unreadable ?? previous?.Unreadable,
            Unknown = previous?.Unknown,
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, StateJson.Default.StateDocument);
    }

    /// <summary>The value of one parameter in a state; false where the state has none that can be used.</summary>
    public static bool TryReadParameter(StateDocument document, ParameterDefinition definition, out double normalised)
    {
        normalised = definition.DefaultNormalised;
        if (document.Parameters is null || !document.Parameters.TryGetValue(definition.Key, out var value) || !double.IsFinite(value))
            return false;
        normalised = Math.Clamp(value, 0, 1);
        if (document.Choices is not null && document.Choices.TryGetValue(definition.Key, out var plain) && double.IsFinite(plain) && definition.ToPlain(normalised) != plain)
            normalised = definition.ToNormalised(plain);
        // Format 1 knew two modes, so that 1 was the second one.
        else if (document.Format == 1 && definition.Id == ParameterId.Mode)
            normalised = definition.ToNormalised(value >= 0.5 ? 1 : 0);
        return true;
    }

    public static bool IsKept(ParameterDefinition definition) => !definition.ReadOnly && !definition.Momentary;

    private static Dictionary<string, double> WriteParameters(ParameterValues parameters, Dictionary<string, double>? previous)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (key, value) in previous ?? [])
        {
            if (ParameterTable.Find(key) is null && double.IsFinite(value))
                values[key] = value;
        }
        foreach (var definition in ParameterTable.All.Where(IsKept))
            values[definition.Key] = parameters.Latest(definition.Id);
        return values;
    }

    /// <summary>Texts of a later version are written back.</summary>
    private static Dictionary<string, string>? WriteTexts(ImmutableSortedDictionary<string, string> texts, Dictionary<string, string>? previous)
    {
        var written = new Dictionary<string, string>(texts, StringComparer.Ordinal);
        foreach (var (key, text) in previous ?? [])
        {
            if (TextTable.Find(key) is null)
                written.TryAdd(key, text);
        }
        return written.Count == 0 ? null : written;
    }

    internal static ImmutableSortedDictionary<string, string> ReadTexts(Dictionary<string, string>? texts)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in texts ?? [])
        {
            if (text is { Length: > 0 and <= TextTable.MaximumLength } && TextTable.Find(key) is { } definition && definition.Problem(text) is null)
                read[key] = text;
        }
        return read.ToImmutable();
    }

    internal static MotifDocument WriteMotif(Motif motif, MotifDocument? previous) => new()
    {
        Start = motif.StartPpq,
        End = motif.EndPpq,
        Numerator = motif.Meter.Numerator,
        Denominator = motif.Meter.Denominator,
        Notes = [.. motif.Notes.Select(WriteNote)],
        Unknown = previous?.Unknown,
    };

    internal static BarDocument WriteBar(AnswerBar bar) => new()
    {
        Start = bar.StartPpq,
        End = bar.EndPpq,
        Origin = bar.Origin.ToString(),
        LogLikelihood = double.IsFinite(bar.LogLikelihood) ? bar.LogLikelihood : 0,
        Notes = [.. bar.Notes.Select(WriteNote)],
    };

    private static NoteDocument WriteNote(TimelineNote note) => new()
    {
        On = note.OnsetPpq,
        Off = note.EndPpq,
        Pitch = note.Pitch,
        Velocity = note.Velocity,
        Channel = note.Channel,
    };

    internal static Motif? ReadMotif(MotifDocument? motif)
    {
        if (motif is null || !IsRange(motif.Start, motif.End) || !Meter.IsValid(motif.Numerator, motif.Denominator))
            return null;
        return new Motif(motif.Start, motif.End, new Meter(motif.Numerator, motif.Denominator), ReadNotes(motif.Notes));
    }

    internal static ImmutableArray<AnswerBar> ReadBars(List<BarDocument>? bars)
    {
        var read = ImmutableArray.CreateBuilder<AnswerBar>();
        foreach (var bar in bars ?? [])
        {
            if (bar is null || !IsRange(bar.Start, bar.End) || (read.Count > 0 && bar.Start < read[^1].EndPpq - 1e-6))
                continue;
            var origin = Enum.TryParse<BarOrigin>(bar.Origin, out var known) && Enum.IsDefined(known) ? known : BarOrigin.Model;
            read.Add(new AnswerBar(bar.Start, bar.End, origin, double.IsFinite(bar.LogLikelihood) ? bar.LogLikelihood : 0, ReadNotes(bar.Notes)));
        }
        return read.ToImmutable();
    }

    private static ImmutableArray<TimelineNote> ReadNotes(List<NoteDocument>? notes)
    {
        var read = ImmutableArray.CreateBuilder<TimelineNote>();
        foreach (var note in notes ?? [])
        {
            if (note is { Pitch: >= 0 and <= 127, Velocity: >= 1 and <= 127, Channel: >= 0 and <= 15 } && IsPosition(note.On) && IsPosition(note.Off) && note.Off >= note.On)
                read.Add(new TimelineNote(note.On, note.Off, (byte)note.Channel, (byte)note.Pitch, (byte)note.Velocity));
        }
        read.Sort(static (a, b) => (a.OnsetPpq, a.Pitch, a.Channel).CompareTo((b.OnsetPpq, b.Pitch, b.Channel)));
        return read.ToImmutable();
    }

    internal static bool IsPosition(double ppq) => double.IsFinite(ppq) && Math.Abs(ppq) <= MaximumPpq;

    private static bool IsRange(double startPpq, double endPpq) => IsPosition(startPpq) && IsPosition(endPpq) && endPpq > startPpq;
}

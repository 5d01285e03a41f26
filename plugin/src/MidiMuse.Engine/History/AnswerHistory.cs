using System.Collections.Immutable;
using System.Globalization;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.State;

namespace MidiMuse.Engine.History;

/// <summary>Every answer with what it was made from, the latest last; bounded, favourites stay longest. [engine]</summary>
public sealed class AnswerHistory
{
    public const int MostEntries = 64;

    /// <summary>Of all entries together: a state stays below two megabytes.</summary>
    public const int MostNotes = 16_000;

    private int _lastId;

    public ImmutableArray<HistoryEntry> Entries { get; private set; } = [];

    /// <summary>Keeps the answer as it is now; the same answer is kept once.</summary>
    /// <returns>Its id; null where there is nothing to keep.</returns>
    public int? Remember(CurrentAnswer answer, ParameterValues parameters, TextValues texts, string? model)
    {
        if (answer.Frame is not { } frame || answer.Count == 0)
            return null;
        var bars = answer.ToImmutable();
        if (Entries.LastOrDefault(entry => entry.Bars.SequenceEqual(bars)) is { } known)
            return known.Id;
        var settings = SettingsOf(parameters);
        var candidate = parameters.Index(ParameterId.Candidate) - 1;
        var title = string.Create(CultureInfo.InvariantCulture, $"{bars.Length} {(bars.Length == 1 ? "bar" : "bars")}, seed {settings["seed"]}, candidate {candidate + 1}");
        Entries = Entries.Add(new HistoryEntry(++_lastId, title, IsFavourite: false, frame.Motif, bars, settings, texts.All, model, candidate));
        DropOldest();
        return _lastId;
    }

    public HistoryEntry? Find(int id) => Entries.FirstOrDefault(entry => entry.Id == id);

    public bool Mark(int id, bool isFavourite)
    {
        if (Find(id) is not { } entry)
            return false;
        Entries = Entries.Replace(entry, entry with { IsFavourite = isFavourite });
        return true;
    }

    public bool Forget(int id)
    {
        var count = Entries.Length;
        Entries = Entries.RemoveAll(entry => entry.Id == id);
        return Entries.Length < count;
    }

    public void Restore(ImmutableArray<HistoryEntry> entries)
    {
        Entries = entries;
        _lastId = entries.IsEmpty ? 0 : entries.Max(entry => entry.Id);
        DropOldest();
    }

    /// <summary>The parameters that a project keeps, as plain values.</summary>
    public static ImmutableSortedDictionary<string, double> SettingsOf(ParameterValues parameters) =>
        ParameterTable.All.Where(StateCodec.IsKept).ToImmutableSortedDictionary(definition => definition.Key, definition => parameters.Plain(definition.Id), StringComparer.Ordinal);

    private void DropOldest()
    {
        while (Entries.Length > 1 && (Entries.Length > MostEntries || Entries.Sum(NotesOf) > MostNotes))
        {
            var oldest = Entries.Take(Entries.Length - 1).FirstOrDefault(entry => !entry.IsFavourite) ?? Entries[0];
            Entries = Entries.Remove(oldest);
        }
    }

    private static int NotesOf(HistoryEntry entry) => entry.Motif.Notes.Length + entry.Bars.Sum(bar => bar.Notes.Length);
}

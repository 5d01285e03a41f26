using MidiMuse.Core.Notes;
using MidiMuse.Core.Patterns;
using MidiMuse.Inference.Sampling;

namespace MidiMuse.Inference.Patterns;

/// <summary>Proposes the bar after a phrase. [engine] One per instance; a bar allocates nothing.</summary>
public sealed class BarProposals(IBarProposer model)
{
    private const int MostNotes = 256;

    private readonly PatternWriter _writer = new();
    private readonly PatternNote[] _previous = new PatternNote[MostNotes];
    private readonly byte[] _velocities = new byte[PatternVocabulary.Steps];

    /// <summary>Whether bars of this motif's meter can be proposed.</summary>
    public bool Covers(PatternMotif context) => context.IsCovered && model.Covers(context.HeaderOf(1));

    /// <summary>Proposes a bar from the one before it.</summary>
    /// <param name="context">Role, key and meter; its notes do not count.</param>
    /// <param name="phrase">The phrase so far, of which the last bar is listened to.</param>
    /// <param name="notes">Takes the notes in phrase ticks, sorted by onset, then pitch.</param>
    /// <returns>Number of notes, or -1 where the model gave no numbers.</returns>
    /// <exception cref="Models.ModelException">The runtime failed.</exception>
    public int Propose(PatternMotif context, ReadOnlySpan<GridNote> phrase, in PatternBar bar, Span<GridNote> notes)
    {
        var header = context.HeaderOf(1);
        var startTick = bar.StartTick - context.Meter.BarTicks;
        var previous = LastBar(phrase, startTick, bar.StartTick);
        var frame = PatternFrame.Of(previous, context.Key, context.Role);
        var count = PatternReader.Read(previous, startTick, header.Steps, frame, _previous);
        PatternAccents.Fill(previous, startTick, _velocities);
        var random = Xoshiro256.ForBar((ulong)bar.Seed, bar.Index, bar.Draw);
        var logits = model.Propose(header, _previous.AsSpan(0, count), ref random);
        return _writer.Write(logits, bar.RequestOf(0, frame, _velocities), ref random, notes);
    }

    private static ReadOnlySpan<GridNote> LastBar(ReadOnlySpan<GridNote> phrase, long startTick, long endTick)
    {
        var first = 0;
        while (first < phrase.Length && phrase[first].OnsetTick < startTick)
            first++;
        var last = first;
        while (last < phrase.Length && phrase[last].OnsetTick < endTick)
            last++;
        return phrase[first..last];
    }
}

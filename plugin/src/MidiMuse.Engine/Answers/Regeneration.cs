using System.Collections.Immutable;

namespace MidiMuse.Engine.Answers;

/// <summary>A bar that is to be made, anew or for the first time.</summary>
/// <param name="Kept">Notes of the bar that stay, beside the locked ones.</param>
/// <param name="Windows">Where new notes may begin, project positions; empty = anywhere in the bar.</param>
/// <param name="Attempt">How many draws have already given nothing.</param>
public sealed record Regeneration(int Bar, int Draw, ImmutableArray<TimelineNote> Kept, ImmutableArray<(double FromPpq, double UntilPpq)> Windows, int Attempt = 0)
{
    public const int MostAttempts = 4;
}

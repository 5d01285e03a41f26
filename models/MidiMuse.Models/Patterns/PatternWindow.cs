using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Models.Patterns;

/// <summary>Some bars of a part, as many as fit into a pattern.</summary>
/// <param name="Notes">Sorted by onset, then pitch; tick 0 is the first bar line. Pitches sound.</param>
public sealed record PatternWindow(Role Role, Key? Key, Meter Meter, int Bars, IReadOnlyList<GridNote> Notes);

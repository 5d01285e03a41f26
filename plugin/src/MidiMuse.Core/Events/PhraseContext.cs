using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Events;

/// <summary>What stays the same over a phrase. A null key means unknown.</summary>
public readonly record struct PhraseContext(Meter Meter, Role Role, Key? Key);

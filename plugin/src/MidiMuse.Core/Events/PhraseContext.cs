using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Events;

/// <summary>What is known about a phrase beside its notes. A null key means unknown.</summary>
public readonly record struct PhraseContext(Meter Meter, Role Role, Key? Key)
{
    private readonly ConditionLane? _conditions;

    /// <summary>What the model is told along the phrase.</summary>
    public ConditionLane Conditions
    {
        get => _conditions ?? ConditionLane.Empty;
        init => _conditions = value.IsEmpty ? null : value;
    }
}

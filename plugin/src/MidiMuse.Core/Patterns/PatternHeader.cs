using MidiMuse.Core.Events;
using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;
using MidiMuse.Core.Time;

namespace MidiMuse.Core.Patterns;

/// <summary>What is known about a pattern beside its notes.</summary>
/// <param name="Steps">Its length, 1..<see cref="PatternVocabulary.Steps"/>.</param>
public readonly record struct PatternHeader(Role Role, Key? Key, Meter Meter, int Steps)
{
    /// <summary>Quarters that the pattern begins.</summary>
    public int Quarters => (Steps + PatternVocabulary.StepsPerQuarter - 1) / PatternVocabulary.StepsPerQuarter;

    /// <summary>One-hot role, mode and meter. // conditions [25] f32</summary>
    public void WriteConditions(Span<float> conditions)
    {
        conditions.Clear();
        conditions[NoteEventVocabulary.RoleFrom(Role)] = 1;
        conditions[NoteEventVocabulary.Roles + PatternVocabulary.ModeFrom(Role == Role.Drums ? null : Key)] = 1;
        conditions[NoteEventVocabulary.Roles + PatternVocabulary.Modes + NoteEventVocabulary.MeterFrom(Meter)] = 1;
    }

    /// <summary>The share of each quarter that the pattern covers. // coverage [quarters] f32</summary>
    public void WriteCoverage(Span<float> coverage)
    {
        for (var quarter = 0; quarter < coverage.Length; quarter++)
            coverage[quarter] = Math.Clamp((Steps / (float)PatternVocabulary.StepsPerQuarter) - quarter, 0, 1);
    }

    /// <summary>How often each (step, pitch), then each (step, duration) of a quarter occurs. // features [16, 712] f32</summary>
    public static void WriteFeatures(ReadOnlySpan<PatternNote> notes, Span<float> features)
    {
        features.Clear();
        foreach (var note in notes)
        {
            var quarter = note.Step / PatternVocabulary.StepsPerQuarter * PatternVocabulary.QuarterFeatures;
            var step = note.Step % PatternVocabulary.StepsPerQuarter;
            features[quarter + (step * PatternVocabulary.Pitches) + note.Pitch]++;
            features[quarter + (PatternVocabulary.StepsPerQuarter * PatternVocabulary.Pitches) + (step * PatternVocabulary.Durations) + note.Duration]++;
        }
    }
}

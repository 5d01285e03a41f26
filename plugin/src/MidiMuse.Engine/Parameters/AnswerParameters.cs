using MidiMuse.Engine.Candidates;

namespace MidiMuse.Engine.Parameters;

/// <summary>The parameters around the notes: candidates, history, form, MIDI. Part of <see cref="ParameterTable"/>; append only.</summary>
public static class AnswerParameters
{
    public static readonly IReadOnlyList<ParameterDefinition> All =
    [
        ParameterDefinition.Whole(ParameterId.Candidates, "candidates", "Candidates", 1, AnswerLines.MostCandidates, 4),
        ParameterDefinition.Whole(ParameterId.Candidate, "candidate", "Candidate", 1, AnswerLines.MostCandidates, 1),
    ];
}

using MidiMuse.Core.Originality;

namespace MidiMuse.Editor;

/// <summary>How original the answer is, compared with the training music.</summary>
/// <param name="Text">The same in words, with the piece that is nearest.</param>
public sealed record AnswerOriginality(OriginalityReport Report, string Text)
{
    public static AnswerOriginality Of(in OriginalityReport report, OriginalityIndex trainingMusic) => new(report, report.ToText(trainingMusic));
}

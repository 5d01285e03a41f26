using System.Globalization;

namespace MidiMuse.Core.Originality;

/// <summary>How much of an answer stands in the training music, and how much repeats the player's own motif.</summary>
/// <param name="Notes">Notes of the answer's lines that were compared; 0 where nothing could be (drums, fewer than three notes).</param>
/// <param name="LongestRun">Notes of the longest run of the training music in the answer. Scales, repeated notes, figures that go on, and what repeats the motif do not count.</param>
/// <param name="CopiedShare">Of the windows of eight notes that say something, the share that stands in the training music; 0..1.</param>
/// <param name="NearestPiece">Number of the piece with the longest run, for <see cref="OriginalityIndex.TitleOf"/>; -1 where there is none.</param>
/// <param name="MotifRun">Notes of the longest run of the player's own motif in the answer, at any pitch and speed.</param>
/// <param name="MotifShare">Share of the answer's notes that repeat the motif for at least five notes; 0..1.</param>
/// <param name="Rank">Share of held-out human passages of this role and length whose longest run is shorter; 0..1 (<see cref="OriginalityScale"/>).</param>
public readonly record struct OriginalityReport(
    int Notes,
    int LongestRun,
    double CopiedShare,
    int NearestPiece,
    int MotifRun,
    double MotifShare,
    double Rank)
{
    /// <summary>Human composers, who had not heard the training music, stay below this 99 times in 100.</summary>
    public const double CopyRank = 0.99;

    public const double FamiliarRank = 0.9;

    public static readonly OriginalityReport Nothing = new(0, 0, 0, -1, 0, 0, 0);

    public bool IsMeasured => Notes > 0;

    /// <summary>One line for people and for a clip's provenance. Allocates; not for every bar.</summary>
    /// <param name="index">The one that was measured with.</param>
    public string ToText(OriginalityIndex index)
    {
        if (!IsMeasured)
            return "originality: not measured";
        var nearest = NearestPiece >= 0 && LongestRun > 0 ? $", nearest {index.TitleOf(NearestPiece)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"originality: {Verdict.ToString().ToLowerInvariant()}; longest run {LongestRun} notes{nearest}; {CopiedShare * 100:0} % of 8-note windows known; {MotifShare * 100:0} % repeats the motif");
    }

    public OriginalityVerdict Verdict => Rank >= CopyRank ? OriginalityVerdict.Copied : Rank >= FamiliarRank ? OriginalityVerdict.Familiar : OriginalityVerdict.Original;
}

/// <summary>How an answer compares with what humans wrote without knowing the training music.</summary>
public enum OriginalityVerdict
{
    /// <summary>As free of it as most human music.</summary>
    Original = 0,

    /// <summary>Closer to it than nine tenths of human music.</summary>
    Familiar = 1,

    /// <summary>Closer to it than 99 of 100 human passages.</summary>
    Copied = 2,
}

namespace MidiMuse.Engine.Capture;

/// <summary>How well the last sung motif was heard.</summary>
/// <param name="Notes">Notes of the motif that came from audio.</param>
/// <param name="Confidence">Their mean confidence, 0..1.</param>
/// <param name="AnalysisLeftMs">What was left to analyse at the bar line, in milliseconds of computing.</param>
public sealed record AudioReport(int Notes, double Confidence, double AnalysisLeftMs);

using MidiMuse.Core.Events;

namespace MidiMuse.Models.Onnx;

/// <summary>Compares ONNX files with what PyTorch computed.</summary>
public static class GoldenCheck
{
    /// <summary>ONNX Runtime and PyTorch add in different orders; a wrong gate order or table is off by far more.</summary>
    public const float Tolerance = 1e-4f;

    /// <summary>The largest absolute difference of each output, in one run over all steps and in one run a step.</summary>
    public static IReadOnlyDictionary<string, float> Differences(LstmSessions sessions, GoldenFile golden)
    {
        var prefill = sessions.Backbone(golden.Events, golden.Steps, golden.Batch, sessions.ZeroState(golden.Batch));
        var (pitchLogits, pitchContext) = sessions.Pitch(golden.Context, golden.TimeShift, golden.Position, golden.BarPhase);
        var (durationLogits, durationContext) = sessions.Duration(pitchContext, golden.Pitch);
        var (stepLogits, stepState) = StepByStep(sessions, golden);
        return new Dictionary<string, float>
        {
            ["context"] = Largest(prefill.Context, golden.Context),
            ["time_logits"] = Largest(prefill.TimeLogits, golden.TimeLogits),
            ["time_logits, one step a run"] = Largest(stepLogits, golden.TimeLogits),
            ["h_out"] = Largest(prefill.State.H, golden.HOut),
            ["c_out"] = Largest(prefill.State.C, golden.COut),
            ["c_out, one step a run"] = Largest(stepState.C, golden.COut),
            ["pitch_logits"] = Largest(pitchLogits, golden.PitchLogits),
            ["duration_logits"] = Largest(durationLogits, golden.DurationLogits),
            ["velocity_logits"] = Largest(sessions.Velocity(durationContext, golden.Duration), golden.VelocityLogits),
        };
    }

    private static (float[] TimeLogits, LstmState State) StepByStep(LstmSessions sessions, GoldenFile golden)
    {
        var state = sessions.ZeroState(golden.Batch);
        var logits = new List<float>();
        var rowValues = golden.Batch * NoteEvent.Columns;
        for (var step = 0; step < golden.Steps; step++)
        {
            var output = sessions.Backbone(golden.Events[(step * rowValues)..((step + 1) * rowValues)], 1, golden.Batch, state);
            logits.AddRange(output.TimeLogits);
            state = output.State;
        }
        return ([.. logits], state);
    }

    private static float Largest(float[] actual, float[] expected)
    {
        if (actual.Length != expected.Length)
            return float.PositiveInfinity;
        var largest = 0f;
        for (var i = 0; i < actual.Length; i++)
            largest = Math.Max(largest, float.IsNaN(actual[i]) ? float.PositiveInfinity : Math.Abs(actual[i] - expected[i]));
        return largest;
    }
}

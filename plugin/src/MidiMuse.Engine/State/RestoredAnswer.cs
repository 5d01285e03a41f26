using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.State;

/// <summary>Puts a saved answer back where it was.</summary>
internal static class RestoredAnswer
{
    /// <param name="settings">What its bars count as made with: a project saves one set of settings.</param>
    public static void Put(ReadState? state, AnswerPlanner planner, in MusicSettings settings)
    {
        var answer = planner.Answer;
        answer.Clear();
        planner.Forget();
        if (state?.Motif is not { } motif || AnswerFrame.Of(motif, settings.Mode) is not { } frame)
            return;
        answer.Begin(frame);
        foreach (var bar in state.Bars)
            answer.Add(bar, settings);
        answer.ReplaceLocks(state.Locked);
        answer.Take = Math.Clamp(state.Source.Takes, 0, 1 << 16);
        answer.Edits = Math.Clamp(state.Source.Edits, 0, 1 << 16);
        answer.IsMuted = state.Source.Muted;
    }
}

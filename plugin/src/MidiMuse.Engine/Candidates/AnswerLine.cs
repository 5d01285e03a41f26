using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Candidates;

/// <summary>
/// The bars of one candidate, each made from the bars before it and from the settings that hold for it. So a line is
/// the same whenever and however often it is made. [engine]
/// </summary>
public sealed class AnswerLine(int candidate)
{
    private readonly List<AnswerBar> _bars = [];
    private readonly List<MusicSettings> _settings = [];

    public int Candidate { get; } = candidate;

    public IReadOnlyList<AnswerBar> Bars => _bars;

    /// <summary>How many bars from the first on were made with the settings that hold now.</summary>
    public int ValidBars(Func<int, MusicSettings> settingsOf)
    {
        var count = 0;
        while (count < _bars.Count && _settings[count] == settingsOf(count))
            count++;
        return count;
    }

    public void Add(AnswerBar bar, in MusicSettings settings)
    {
        _bars.Add(bar);
        _settings.Add(settings);
    }

    /// <summary>Replaces a bar; what was made ahead after the decided bars followed from it and goes.</summary>
    public void Replace(int index, AnswerBar bar, in MusicSettings settings, int decidedBars)
    {
        if (index >= _bars.Count)
            return;
        _bars[index] = bar;
        _settings[index] = settings;
        TrimTo(Math.Max(index + 1, decidedBars));
    }

    public void TrimTo(int count)
    {
        if (count >= _bars.Count)
            return;
        _bars.RemoveRange(count, _bars.Count - count);
        _settings.RemoveRange(count, _settings.Count - count);
    }
}

using System.Collections.Immutable;
using MidiMuse.Core.Notes;
using MidiMuse.Engine.Planning;

namespace MidiMuse.Engine.Answers;

/// <summary>
/// The answer as it is heard and kept: its frame, the bars that are decided, and what the player did with them.
/// Project positions. [engine]
/// </summary>
public sealed class CurrentAnswer
{
    private readonly List<AnswerBar> _bars = [];
    private readonly List<MusicSettings> _settings = [];
    private readonly List<TimelineNote> _locked = [];

    /// <summary>Null where there is no motif.</summary>
    public AnswerFrame? Frame { get; private set; }

    public IReadOnlyList<AnswerBar> Bars => _bars;

    public int Count => _bars.Count;

    /// <summary>Notes that stay when their bar is made anew.</summary>
    public IReadOnlyList<TimelineNote> Locked => _locked;

    /// <summary>How often the answer was made anew: its draws are others each time.</summary>
    public int Take { get; set; }

    /// <summary>How often some of its bars or notes were made anew.</summary>
    public int Edits { get; set; }

    /// <summary>Silent because it has become a clip elsewhere.</summary>
    public bool IsMuted { get; set; }

    public double StartPpq => Frame?.Motif.EndPpq ?? 0;

    public double EndPpq => _bars.Count == 0 ? StartPpq : _bars[^1].EndPpq;

    public void Begin(AnswerFrame frame)
    {
        Clear();
        Frame = frame;
    }

    public void Clear()
    {
        Frame = null;
        Take = 0;
        Edits = 0;
        IsMuted = false;
        _bars.Clear();
        _settings.Clear();
        _locked.Clear();
    }

    /// <summary>The meter changed; bars are numbered on.</summary>
    public void Reframe(AnswerFrame frame) => Frame = frame;

    public void Add(AnswerBar bar, in MusicSettings settings)
    {
        _bars.Add(bar);
        _settings.Add(settings);
    }

    public void Replace(int index, AnswerBar bar) => _bars[index] = bar;

    public void TrimTo(int count)
    {
        if (count >= _bars.Count)
            return;
        _bars.RemoveRange(count, _bars.Count - count);
        _settings.RemoveRange(count, _settings.Count - count);
    }

    /// <summary>The settings that a bar was made with; those that hold now where it is not decided yet.</summary>
    public MusicSettings SettingsOf(int bar, in MusicSettings now) => bar < _settings.Count ? _settings[bar] : now;

    public void SetSettings(int bar, in MusicSettings settings) => _settings[bar] = settings;

    public void Lock(TimelineNote note)
    {
        if (!_locked.Contains(note))
            _locked.Add(note);
    }

    public void Unlock(NoteRef note) => _locked.RemoveAll(locked => note.Is(locked));

    public void ReplaceLocks(IEnumerable<TimelineNote> notes)
    {
        _locked.Clear();
        _locked.AddRange(notes);
    }

    /// <summary>The locked notes that begin in a stretch, in ticks of the phrase.</summary>
    public GridNote[] LockedIn(double startPpq, double endPpq)
    {
        if (_locked.Count == 0 || Frame is not { } frame)
            return [];
        return [.. _locked
            .Where(note => note.OnsetPpq >= startPpq - 1e-6 && note.OnsetPpq < endPpq - 1e-6)
            .Select(frame.Quantise)
            .OrderBy(note => note.OnsetTick)
            .ThenBy(note => note.Pitch)];
    }

    public ImmutableArray<AnswerBar> ToImmutable() => [.. _bars];
}

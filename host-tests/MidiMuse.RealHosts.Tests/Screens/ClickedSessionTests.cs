using System.Text;
using MidiMuse.Core.Clips;
using MidiMuse.Editor.Drawing;
using MidiMuse.RealHosts.Tests.Juce;
using SkiaSharp;
using Xunit.Abstractions;

namespace MidiMuse.RealHosts.Tests.Screens;

/// <summary>
/// One whole session in the window of a host that is not ours, with the mouse alone. Oracles: the colours on the screen,
/// the files that another program, also with JUCE's drag and drop, has received, and what the host recorded.
/// </summary>
public sealed class ClickedSessionTests(ITestOutputHelper output)
{
    private const int AnswerBars = 4;
    private const int Candidates = 4;

    private static readonly Theme Colours = Theme.Dark;

    [ScreenFact]
    public void A_session_is_clicked_from_arming_to_a_clip_in_another_program()
    {
        var folder = Repository.NewWorkFolder("clicked-session");
        var motif = Motif.CommonTime;
        var scenario = new Scenario(motif, AnswerBars, Bpm: 150);
        var motifFile = motif.WriteTo(folder);
        var results = Path.Combine(folder, "results.json");
        output.WriteLine($"pictures in {folder}");

        using var screen = new Screen(folder);
        using var files = new TalkingProcess(JuceHost.FilesProgram, screen.Display, folder, "1240", "420", "340", "380", motifFile);
        using var host = new TalkingProcess(
            JuceHost.Program, screen.Display, folder, ["--plugin", Repository.Bundle, "--json", results, "--window", "--realtime", .. scenario.JuceOptions(motifFile), "--set", "Arm=Off"]);
        files.WaitFor("ready");
        var window = ParseRect(host.WaitFor("editor"));
        using var empty = EditorPlaces.Empty(window);

        Eventually(screen, () => screen.IsAt(Inside(empty.Of("arm")), Colours.Raised), "the editor is drawn");
        screen.TakePicture("open");
        screen.Click(empty.MiddleOf("arm"));
        Eventually(screen, () => screen.IsAt(Inside(empty.Of("arm")), Colours.Accent), "Arm lights up");
        screen.TakePicture("armed");

        host.Tell("play");
        var light = new SKPoint(empty.Of("status").Left + 6, empty.Of("status").Top + 13);
        Eventually(screen, () => screen.IsAt(light, Colours.Motif), "the motif is being captured");
        screen.TakePicture("capturing");
        Eventually(screen, () => screen.IsAt(light, Colours.Answer), "the motif is being answered");
        screen.TakePicture("answering");
        host.WaitFor("stopped");
        Eventually(screen, () => screen.IsAt(Inside(empty.Of("drag")), Colours.Answer), "the answer can be dragged");

        // A layout with a side panel: as wide as it will be whatever the notes are.
        using var before = EditorPlaces.Answered(window, motif, new Clip(), AnswerBars, Candidates);
        Eventually(screen, () => screen.IsAt(Card(before, 1), Colours.Raised), "there is a second candidate");
        screen.TakePicture("candidates");
        var firstAnswer = screen.Fingerprint(before.Roll);
        screen.Click(before.MiddleOf("candidate:1"));
        screen.Do("mousemove", 1400, 100); // a candidate that is pointed at would show its notes as well
        Eventually(screen, () => screen.Fingerprint(before.Roll) != firstAnswer, "the second candidate is in the roll");
        Patience.UntilStill(() => screen.Fingerprint(before.Roll), TimeSpan.FromSeconds(1), "the roll");
        screen.TakePicture("chosen");

        var first = DragOut(screen, files, before, 1);
        Assert.Contains("candidate 2;", first.Text, StringComparison.Ordinal);
        using var places = EditorPlaces.Answered(window, motif, first.Clip, AnswerBars, Candidates);
        var notes = places.AnswerNotes;
        Assert.True(notes.Count >= 4, $"only {notes.Count} notes of answer");
        Assert.All(notes, note => Assert.True(IsOrange(screen.ColorAt(Body(note.Area))), $"{note.Note} is not on the screen"));

        var (one, other) = (notes[1], notes[^2]);
        screen.Click(EditorPlaces.Middle(one.Area));
        screen.ShiftClick(EditorPlaces.Middle(other.Area));
        screen.Click(places.MiddleOf("lock"));
        Eventually(screen, () => screen.IsAt(LockBar(one.Area), Colours.Text) && screen.IsAt(LockBar(other.Area), Colours.Text), "two notes are locked");
        screen.TakePicture("locked");

        var second = Regenerate(screen, files, places, first);
        screen.TakePicture("regenerated");
        NoteOf[] locked = [first.Notes[1], first.Notes[^2]];
        foreach (var kept in locked)
            Assert.Contains(kept, second.Notes);
        Assert.NotEqual(first.Notes, second.Notes);

        // The roll shows other pitches now, so the locked notes lie elsewhere.
        using var after = EditorPlaces.Answered(window, motif, second.Clip, AnswerBars, Candidates);
        SKPoint[] bars = [.. locked.Select(kept => LockBar(after.AnswerNotes[second.Notes.ToList().IndexOf(kept)].Area))];
        host.Tell("close");
        host.WaitFor("closed");
        host.Tell("open");
        host.WaitFor("editor", 2);
        Eventually(screen, () => screen.IsAt(Inside(after.Of("drag")), Colours.Answer) && bars.All(bar => screen.IsAt(bar, Colours.Text)), "the editor comes back as it was");
        screen.TakePicture("reopened");
        host.Quit();
        files.Quit();

        var report = JuceHost.ReadReport(results);
        Assert.True(report.Only.Peak > 0, "The notes that were clicked on were not heard.");
        Assert.Contains(report.Only.PairedNotes(), note => note.OnsetPpq >= scenario.AnswerStartPpq - 0.01);
    }

    /// <summary>All notes but the locked ones are made anew, as often as it takes to get others.</summary>
    private static DraggedClip Regenerate(Screen screen, TalkingProcess files, EditorPlaces places, DraggedClip before)
    {
        const int mostTimes = 4;
        screen.Click(EmptyPlace(places)); // nothing is selected: everything is meant
        var clip = before;
        for (var times = 1; times <= mostTimes && clip.Notes.SequenceEqual(before.Notes); times++)
        {
            screen.Click(places.MiddleOf("regenerate"));
            Patience.UntilStill(() => screen.Fingerprint(places.Roll), TimeSpan.FromSeconds(2), "the roll");
            clip = DragOut(screen, files, places, times + 1);
        }
        return clip;
    }

    private static DraggedClip DragOut(Screen screen, TalkingProcess files, EditorPlaces places, int times)
    {
        screen.Drag(places.MiddleOf("drag"), new SKPoint(1400, 600));
        var path = files.WaitFor("received", times);
        var bytes = File.ReadAllBytes(path);
        var clip = ClipReader.Read(new MemoryStream(bytes));
        return new DraggedClip(clip, Encoding.Latin1.GetString(bytes), [.. clip.Notes.Select(note => new NoteOf(clip.ToPpq(note.OnsetTick), note.Pitch)).OrderBy(note => note.OnsetPpq).ThenBy(note => note.Pitch)]);
    }

    private static void Eventually(Screen screen, Func<bool> condition, string what) => Patience.Until(condition, () =>
    {
        screen.TakePicture("failure");
        return $"It did not happen that {what}.";
    });

    /// <summary>A point of the roll with no note of the motif or the answer: its upper right corner.</summary>
    private static SKPoint EmptyPlace(EditorPlaces places) => new(places.Roll.Right - 4, places.Roll.Top + 4);

    private static SKPoint Inside(SKRect button) => new(button.Left + 7, button.MidY);

    private static SKPoint Card(EditorPlaces places, int index) => new(places.Of($"candidate:{index}").Left + 14, places.Of($"candidate:{index}").Bottom - 7);

    /// <summary>Of a note, clear of its name and its outline.</summary>
    private static SKPoint Body(SKRect note) => new(note.MidX, note.Bottom - 3);

    /// <summary>Notes of the answer are, the stronger the louder they are.</summary>
    private static bool IsOrange(SKColor color) => color.Red - color.Blue > 60;

    private static SKPoint LockBar(SKRect note) => new(note.Left + 1.5f, note.MidY);

    private static SKRectI ParseRect(string text) => text.Split(' ').Select(int.Parse).ToArray() is [var x, var y, var width, var height]
        ? SKRectI.Create(x, y, width, height)
        : throw new FormatException(text);

    private readonly record struct NoteOf(double OnsetPpq, int Pitch);

    /// <param name="Text">The file's bytes, for what is written in words.</param>
    private sealed record DraggedClip(Clip Clip, string Text, IReadOnlyList<NoteOf> Notes);
}

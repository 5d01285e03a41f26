using MidiMuse.Core.Notes;
using MidiMuse.Core.Originality;
using MidiMuse.Core.Time;
using MidiMuse.Engine.Clips;
using MidiMuse.Engine.Parameters;
using MidiMuse.Testing;

namespace MidiMuse.Engine.Tests;

public class ProvenanceTests
{
    [Fact]
    public void A_clip_says_how_original_its_answer_is_where_the_training_music_is_at_hand()
    {
        var host = new FakeHost(new ScriptedModel()) { Offline = true };
        host.Set(ParameterId.Arm, 1);
        host.Set(ParameterId.Capture, 1);
        host.Set(ParameterId.AnswerLength, 4);
        host.Set(ParameterId.Role, 1 + (int)Role.Melody);
        host.Schedule(Phrase.Parse("c4q d4q e4q"));
        host.Start();
        host.PlayTo(24);
        var snapshot = host.Loop.View(null);

        // The training music is the answer itself, so whatever is measured at all is a copy of "the answer".
        var builder = new OriginalityIndexBuilder();
        builder.BeginPiece("the answer");
        builder.AddPart([.. snapshot.Answer.SelectMany(bar => bar.Notes)
            .Select(note => new GridNote(GridTime.ToTick(note.OnsetPpq), (int)Math.Max(1, GridTime.ToTick(note.EndPpq - note.OnsetPpq)), note.Pitch, note.Velocity))
            .OrderBy(note => note.OnsetTick).ThenBy(note => note.Pitch)]);
        var texts = AnswerClip.Of(snapshot, host.Parameters, withMotif: false, builder.Build())!.Texts.Select(text => text.Text).ToList();
        Assert.Contains(texts, text => text.StartsWith("MidiMuse; originality: original; longest run ", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("MidiMuse; model ", StringComparison.Ordinal));
        Assert.DoesNotContain(AnswerClip.Of(snapshot, host.Parameters, withMotif: false)!.Texts, text => text.Text.Contains("originality", StringComparison.Ordinal));
    }
}

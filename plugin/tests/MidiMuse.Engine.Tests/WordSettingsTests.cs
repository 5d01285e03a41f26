using MidiMuse.Core.Words;
using MidiMuse.Engine.Commands;
using MidiMuse.Engine.Parameters;

namespace MidiMuse.Engine.Tests;

/// <summary>Oracle: the parameter table and what the words mean.</summary>
public class WordSettingsTests
{
    [Fact]
    public void Every_change_of_the_vocabulary_names_a_parameter_and_a_value_that_it_has()
    {
        var changes = Vocabulary.Phrases.SelectMany(phrase => phrase.Changes.Concat(phrase.Not))
            .Concat(WordReader.Read("in D dorian, E phrygian dominant, from C3 to C5, 2 voices, 8 bars, 2 octaves up, 2 notes a beat").Changes);
        foreach (var change in changes)
        {
            var definition = ParameterTable.Find(change.Setting);
            Assert.True(definition is { ReadOnly: false }, change.Setting);
            if (change.Text is { } text)
                Assert.True(definition.TryParse(text, out _), $"{change.Setting}={text}");
            else if (change.Kind == ChangeKind.Set)
                Assert.InRange(change.Value, definition.Minimum, definition.Maximum);
        }
        foreach (var change in Vocabulary.Axes.SelectMany(axis => axis.Changes))
        {
            var definition = ParameterTable.Find(change.Setting);
            Assert.NotNull(definition);
            Assert.InRange(change.High, definition.Minimum, definition.Maximum);
            Assert.InRange(change.Low, definition.Minimum, definition.Maximum);
        }
    }

    [Fact]
    public void Every_text_of_a_change_is_a_text_setting()
    {
        var command = WordSettings.ToCommand("", WordReader.Read("over Dm7 G7 C"), new ParameterValues());
        var text = Assert.Single(command.Texts);
        Assert.Equal(TextTable.Chords, text.Key);
        Assert.Null(TextTable.Find(text.Key)!.Problem(text.Value));
    }

    [Fact]
    public void Relative_words_count_from_the_settings_as_they_are_and_stay_in_range()
    {
        var values = new ParameterValues();
        Assert.Equal(-0.4, Apply(values, "darker")["valence"], 6);
        Set(values, "valence", -0.4);
        Assert.Equal(-0.8, Apply(values, "darker")["valence"], 6);
        Assert.Equal(-1, Apply(values, "much darker, much darker")["valence"], 6);
        Assert.Equal(1 / 1.6, Apply(values, "sparser")["density"], 6);
        Set(values, "density", 2);
        Assert.Equal(2 / 1.6, Apply(values, "sparser")["density"], 6);
        Assert.Equal(92 - 16, Apply(values, "softer")["loudest"], 6);
    }

    [Fact]
    public void A_sentence_sets_all_that_it_asks_for_in_one_step()
    {
        var changed = Apply(new ParameterValues(), "darker, sparser, walking bass in D minor, ends softly");
        Assert.Equal(3, changed["key"]);
        Assert.Equal("Natural minor", Text("scale", changed));
        Assert.Equal("Bass", Text("role", changed));
        Assert.Equal("Cadence", Text("ending", changed));
        Assert.Equal(1, changed["notesPerBeat"]);

        static string Text(string key, Dictionary<string, double> values)
        {
            var definition = ParameterTable.Find(key)!;
            return definition.ToText(definition.ToNormalised(values[key]));
        }
    }

    private static Dictionary<string, double> Apply(ParameterValues values, string words) =>
        WordSettings.ToCommand(words, WordReader.Read(words), values).Values.ToDictionary();

    private static void Set(ParameterValues values, string key, double plain)
    {
        var definition = ParameterTable.Find(key)!;
        values.Set(definition.Id, definition.ToNormalised(plain));
    }
}

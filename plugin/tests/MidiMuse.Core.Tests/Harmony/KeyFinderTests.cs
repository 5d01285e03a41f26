using MidiMuse.Core.Harmony;
using MidiMuse.Core.Notes;

namespace MidiMuse.Core.Tests.Harmony;

/// <summary>Oracle: openings of tunes whose keys everybody knows, as pitch and length in eighths.</summary>
public class KeyFinderTests
{
    [Theory]
    [InlineData("Ode to Joy", 2, Mode.Major, "66:2 66:2 67:2 69:2 69:2 67:2 66:2 64:2 62:2 62:2 64:2 66:2 66:3 64:1 64:4")]
    [InlineData("Frere Jacques", 5, Mode.Major, "65:2 67:2 69:2 65:2 65:2 67:2 69:2 65:2 69:2 70:2 72:4")]
    [InlineData("Greensleeves", 9, Mode.Minor, "69:2 72:4 74:2 76:3 77:1 76:2 74:4 71:2 67:3 69:1 71:2 72:4 69:2 69:3 68:1 69:2 71:4 68:2 64:4")]
    [InlineData("Twinkle", 0, Mode.Major, "60:2 60:2 67:2 67:2 69:2 69:2 67:4 65:2 65:2 64:2 64:2 62:2 62:2 60:4")]
    [InlineData("Minuet in G", 7, Mode.Major, "74:2 67:1 69:1 71:1 72:1 74:2 67:2 67:2 76:2 72:1 74:1 76:1 78:1 79:2 67:2 67:2")]
    public void Well_known_openings_are_in_their_keys_and_in_every_transposition(string title, int tonic, Mode mode, string tune)
    {
        for (var semitones = 0; semitones < 12; semitones++)
        {
            var found = KeyFinder.Find(Parse(tune, semitones));
            Assert.True(found is { } key && key.Key == new Key(tonic, mode).Transpose(semitones), $"{title} + {semitones}: {found}");
        }
    }

    [Fact]
    public void No_notes_have_no_key() => Assert.Null(KeyFinder.Find([]));

    private static GridNote[] Parse(string tune, int semitones)
    {
        var notes = new List<GridNote>();
        var tick = 0L;
        foreach (var word in tune.Split(' '))
        {
            var parts = word.Split(':');
            var ticks = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) * 12;
            notes.Add(new GridNote(tick, ticks, int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) + semitones, 80));
            tick += ticks;
        }
        return [.. notes];
    }
}

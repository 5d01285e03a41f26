namespace MidiMuse.Core.Events;

/// <summary>
/// Styles that the training music really has, named after it. The values are the models' style classes and never
/// change. Up to <see cref="RockAndMetal"/> they know pitched music; the last ones are drum styles, of which Rock
/// stands in both.
/// </summary>
public enum StyleClass
{
    NotGiven = 0,

    /// <summary>19th-century songs with piano.</summary>
    ArtSong = 1,

    /// <summary>String quartets and other chamber music of the 18th and 19th centuries.</summary>
    Chamber = 2,

    /// <summary>Piano music of the 19th century.</summary>
    RomanticPiano = 3,

    /// <summary>Mazurkas, waltzes, polonaises, marches and other dances.</summary>
    Dance = 4,

    /// <summary>Baroque and Renaissance.</summary>
    Baroque = 5,

    /// <summary>Viennese classic.</summary>
    Classical = 6,

    /// <summary>Four-part hymns and chorales.</summary>
    Hymn = 7,

    /// <summary>Masses, vespers and other church music for voices and instruments.</summary>
    Sacred = 8,

    /// <summary>Opera, symphonic and other secular ensemble music.</summary>
    Orchestral = 9,

    Folk = 10,

    /// <summary>Pop chord progressions.</summary>
    Pop = 11,

    /// <summary>Full-band game music; rock, punk and half-time drums.</summary>
    RockAndMetal = 12,

    /// <summary>Funk, soul, gospel, New Orleans drums.</summary>
    Funk = 13,

    Jazz = 14,

    HipHop = 15,

    /// <summary>Latin, Afro-Cuban, Brazilian, reggae and afrobeat drums.</summary>
    Latin = 16,
}

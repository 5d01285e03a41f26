namespace MidiMuse.Core.Words;

/// <summary>Two directions that words can point in: bright and dark, busy and sparse.</summary>
/// <param name="Up">Words for much of it ("bright"); with "more" they are a step, with "not" a step back.</param>
/// <param name="Upper">Comparatives ("brighter"): a step from where the setting is.</param>
public sealed record WordAxis(
    string UpMeaning,
    string DownMeaning,
    string[] Up,
    string[] Upper,
    string[] Down,
    string[] Downer,
    params AxisChange[] Changes);

/// <summary>What an axis changes.</summary>
/// <param name="Step">Added or, for factors, multiplied by a comparative; downwards it is taken off or divided by.</param>
/// <param name="High">What the adjective sets. "Very" and "a bit" scale it, for factors from 1 on.</param>
public sealed record AxisChange(string Setting, ChangeKind Kind, double Step, double High, double Low, double Base = 0)
{
    /// <summary>Whether "very" and "a bit" scale the adjective's value, as they do on scales around 0.</summary>
    public bool IsScaled { get; init; } = true;
}

/// <summary>Words with one fixed meaning.</summary>
/// <param name="Not">What they set with "no" or "not"; nothing where negating them says nothing.</param>
public sealed record WordPhrase(string Meaning, string[] Words, WordChange[] Changes, string NotMeaning = "", params WordChange[] Not);

/// <summary>Words that are understood but have no control here.</summary>
public sealed record WordExcuse(string Reason, string[] Words);

/// <summary>
/// Every word that <see cref="WordReader"/> knows beside keys, scales, chords, pitches and numbers. Lower case; a
/// phrase of several words goes before its parts. plugin/docs/WORDS.md shows this table; a test holds them together.
/// </summary>
public static class Vocabulary
{
    public static readonly IReadOnlyList<WordAxis> Axes =
    [
        new(
            "brighter: a mode with fewer flats, a higher register", "darker: a mode with more flats, a lower register",
            ["bright", "happy", "cheerful", "joyful", "sunny"], ["brighter", "happier", "sunnier"],
            ["dark", "sad", "gloomy", "melancholic", "sombre", "somber", "moody"], ["darker", "sadder", "gloomier", "moodier"],
            new AxisChange("valence", ChangeKind.Add, 0.4, 0.6, -0.7)),
        new(
            "more energy: more onsets, louder", "less energy: fewer onsets, softer",
            ["energetic", "driving", "intense", "lively", "wild", "aggressive", "powerful"], ["livelier", "wilder", "more energy", "more drive"],
            ["calm", "relaxed", "mellow", "peaceful", "gentle", "tender"], ["calmer", "mellower", "gentler", "less energy", "less drive"],
            new AxisChange("energy", ChangeKind.Add, 0.4, 0.6, -0.6)),
        new(
            "more onsets a beat", "fewer onsets a beat",
            ["busy", "dense"], ["busier", "denser", "more notes", "less space"],
            ["sparse", "thin", "minimal", "spacious"], ["sparser", "thinner", "fewer notes", "less notes", "more space", "more rests"],
            new AxisChange("density", ChangeKind.Multiply, 1.6, 1.8, 0.5, 1)),
        new(
            "onsets between the beats", "onsets on the beats",
            ["syncopated", "off-beat", "offbeat", "off the beat"], ["more syncopation"],
            ["on the beat", "on-beat", "square"], ["squarer", "less syncopation"],
            new AxisChange("syncopation", ChangeKind.Add, 0.4, 0.7, -0.7)),
        new(
            "wider intervals: thirds and leaps", "smaller intervals: steps of a tone at most",
            ["leaping", "jumpy", "angular", "disjunct"], ["jumpier", "more leaps", "bigger leaps", "wider intervals"],
            ["stepwise", "conjunct", "scalar"], ["fewer leaps", "smaller intervals", "less leaps", "more steps"],
            new AxisChange("leaps", ChangeKind.Add, 0.4, 0.7, -0.8)),
        new(
            "a register an octave higher", "a register an octave lower",
            ["high"], ["higher", "octave up", "octave higher"],
            ["low", "deep"], ["lower", "deeper", "octave down", "octave lower"],
            new AxisChange("octave", ChangeKind.Add, 1, 1, -1) { IsScaled = false }),
        new(
            "louder dynamics", "softer dynamics",
            ["loud", "forte", "strong"], ["louder", "stronger"],
            ["soft", "quiet", "softly", "quietly"], ["softer", "quieter"],
            new AxisChange("softest", ChangeKind.Add, 16, 88, 28, 56) { IsScaled = false },
            new AxisChange("loudest", ChangeKind.Add, 16, 120, 58, 92) { IsScaled = false }),
        new(
            "legato: notes last until the next one", "staccato: short notes",
            ["legato", "smooth", "connected", "sustained", "flowing"], ["smoother", "longer notes"],
            ["staccato", "short", "detached", "crisp", "choppy"], ["shorter", "shorter notes", "choppier"],
            new AxisChange("articulation", ChangeKind.Add, 0.4, 0.9, -0.8)),
        new(
            "repetition: closer to the motif's rhythm, pitches and intervals", "novelty: away from the motif",
            ["repetitive", "similar", "close to the motif", "like the motif", "faithful"], ["closer", "closer to the motif", "more repetition"],
            ["new", "different", "novel", "fresh", "varied", "far from the motif"], ["further from the motif", "fresher", "less repetition", "more variety"],
            new AxisChange("closeness", ChangeKind.Add, 0.35, 0.75, -0.7)),
        new(
            "development: bars that repeat are led on sooner", "bars may repeat as long as they will",
            ["developing", "restless", "through-composed"], ["more development"],
            ["hypnotic", "looping", "circling", "ostinato"], ["less development", "more hypnotic"],
            new AxisChange("development", ChangeKind.Add, 0.3, 1, 0) { IsScaled = false }),
        new(
            "less likely notes: higher temperature", "likelier notes: lower temperature",
            ["adventurous", "surprising", "crazy", "experimental", "daring", "unpredictable"], ["crazier", "more surprise"],
            ["safe", "predictable", "conservative", "tame", "simple"], ["safer", "tamer", "simpler"],
            new AxisChange("temperature", ChangeKind.Add, 0.2, 1.15, 0.55) { IsScaled = false }),
        new(
            "more chord tones on strong beats", "fewer chord tones on strong beats",
            ["consonant", "inside"], ["more chord tones"],
            ["dissonant", "outside"], ["fewer chord tones"],
            new AxisChange("chordTones", ChangeKind.Add, 0.3, 1, 0.2) { IsScaled = false }),
        new(
            "dynamics that follow the motif's accents", "dynamics of their own",
            ["expressive", "dynamic"], ["more expression"],
            ["even"], ["less expression"],
            new AxisChange("followDynamics", ChangeKind.Add, 0.4, 0.9, 0)),
    ];

    public static readonly IReadOnlyList<WordPhrase> Phrases =
    [
        new("bass role, one onset a beat, mostly steps, legato", ["walking bass", "walking bassline", "walking bass line"],
            [WordChange.Set("role", "Bass"), WordChange.Set("notesPerBeat", 1), WordChange.Set("leaps", -0.4), WordChange.Set("articulation", 0.5)]),
        new("bass role: one low voice", ["bass", "bassline", "bass line"], [WordChange.Set("role", "Bass")]),
        new("melody role: one voice", ["melody", "lead", "lead line", "tune", "solo"], [WordChange.Set("role", "Melody")]),
        new("chords role: several voices at once", ["comping", "pads", "chordal", "block chords"], [WordChange.Set("role", "Chords")]),
        new("piano role: melody and accompaniment", ["keys", "piano part", "keyboard part"], [WordChange.Set("role", "Piano")]),
        new("drums role", ["drums", "drum part", "percussion"], [WordChange.Set("role", "Drums")]),
        new("chord tones one after the other, two a beat", ["arpeggio", "arpeggios", "arpeggiated", "broken chords"],
            [WordChange.Set("voices", 1), WordChange.Set("leaps", 0.6), WordChange.Set("chordTones", 1), WordChange.Set("notesPerBeat", 2)]),
        new("the motif's rhythm, new pitches", ["keep the rhythm", "same rhythm", "keep rhythm", "new pitches", "new notes", "other notes"], [WordChange.Set("keep", "Rhythm")]),
        new("the motif's contour, a new rhythm", ["keep the contour", "same contour", "keep the shape", "same shape", "new rhythm", "other rhythm"], [WordChange.Set("keep", "Contour")]),
        new("rhythm and contour are free", ["free rhythm"], [WordChange.Set("keep", "Nothing")]),
        new("swung eighths: two thirds and one third", ["swing", "swung", "swinging", "shuffle", "shuffled"],
            [WordChange.Set("groove", "Swing 1/8"), WordChange.Set("grooveAmount", 1)], "straight eighths", WordChange.Set("groove", "Straight")),
        new("swung eighths, half as much", ["light swing", "slight swing"], [WordChange.Set("groove", "Swing 1/8"), WordChange.Set("grooveAmount", 0.5)]),
        new("swung sixteenths", ["sixteenth swing", "swung sixteenths", "16th swing"], [WordChange.Set("groove", "Swing 1/16"), WordChange.Set("grooveAmount", 1)]),
        new("straight: as the grid says", ["straight", "quantised", "quantized"], [WordChange.Set("groove", "Straight")]),
        new("a little late against the beat", ["laid back", "laid-back", "behind the beat"], [WordChange.Set("groove", "Laid back")], "in time", WordChange.Set("groove", "Straight")),
        new("micro-timing and accents of the motif", ["my groove", "same groove", "same feel", "my feel", "groove of the motif"], [WordChange.Set("groove", "Of the motif")]),
        new("syncopated sixteenths", ["funky"], [WordChange.Set("syncopation", 0.6), WordChange.Set("grid", "1/16"), WordChange.Set("articulation", -0.4)]),
        new("onsets on quarters only", ["quarter notes", "quarters", "crotchets"], [WordChange.Set("grid", "1/4")], "onsets anywhere", WordChange.Set("grid", "Free")),
        new("onsets on eighths only", ["eighth notes", "eighths", "quavers"], [WordChange.Set("grid", "1/8")], "onsets anywhere", WordChange.Set("grid", "Free")),
        new("onsets on sixteenths only", ["sixteenth notes", "sixteenths", "16ths", "semiquavers"], [WordChange.Set("grid", "1/16")], "onsets anywhere", WordChange.Set("grid", "Free")),
        new("onsets on eighth-note triplets only", ["triplets", "triplet"], [WordChange.Set("grid", "1/8 triplets")], "straight sixteenths", WordChange.Set("grid", "1/16")),
        new("onsets anywhere", ["free grid", "off the grid"], [WordChange.Set("grid", "Free")]),
        new("a cadence: the last note is the tonic or the last chord's root, on a strong beat, held", ["ends", "end", "ending", "cadence", "resolve", "resolves", "closed ending", "come to an end"],
            [WordChange.Set("ending", "Cadence")], "an open end", WordChange.Set("ending", "Open")),
        new("a cadence; softer dynamics from now on, as the end has none of its own", ["ends softly", "end softly", "soft ending", "ends quietly", "end quietly", "quiet ending"],
            [WordChange.Set("ending", "Cadence"), new WordChange("loudest", ChangeKind.Add, -16, null, 92), new WordChange("softest", ChangeKind.Add, -16, null, 56)]),
        new("an open end", ["open ending", "open end", "open-ended"], [WordChange.Set("ending", "Open")]),
        new("kick and snare keep the motif's pattern", ["keep kick and snare", "keep the kick and snare", "same beat", "keep the beat"], [WordChange.Set("drumLock", "Kick and snare")]),
        new("cymbals keep the motif's pattern", ["keep the cymbals", "keep the hats", "keep the hi-hat"], [WordChange.Set("drumLock", "Cymbals")]),
        new("drums are free", ["free drums"], [WordChange.Set("drumLock", "Off")]),
        new("one voice", ["one note at a time", "monophonic", "single line", "single notes", "solo line"], [WordChange.Set("voices", 1)], "voices as in the motif", WordChange.Set("voices", 0)),
        new("up to four voices", ["polyphonic", "several voices"], [WordChange.Set("voices", 4)], "one voice", WordChange.Set("voices", 1)),
        new("the progression that was given", ["follow the chords", "with the chords", "follow the changes"], [WordChange.Set("chordSource", "As given")], "no chords", WordChange.Set("chordSource", "Off")),
        new("the chords found in the motif, bar by bar", ["chords of the motif", "my chords", "follow the motif's chords"], [WordChange.Set("chordSource", "From the motif")], "no chords", WordChange.Set("chordSource", "Off")),
        new("no chords", ["ignore the chords", "without chords", "no chords"], [WordChange.Set("chordSource", "Off")]),
        new("only notes of the scale that the motif is in", ["diatonic", "in key", "in the key"], [WordChange.Set("scale", "Follow motif"), WordChange.Set("customScale", 0)]),
        new("no lock: all twelve notes", ["chromatic", "atonal", "any notes"], [WordChange.Set("scale", "Off"), WordChange.Set("customScale", 0)], "notes of the motif's scale", WordChange.Set("scale", "Follow motif")),
        new("answers once and goes on", ["continue", "go on", "keep going"], [WordChange.Set("mode", "Continue")]),
        new("plays along with the part that is being played", ["accompany me", "accompany", "accompaniment", "play along", "play with me", "backing"], [WordChange.Set("mode", "Accompany")]),
        new("call and response: trades phrases with the player", ["call and response", "trade", "answer me", "trading"], [WordChange.Set("mode", "Call and response")]),
        new("calm, connected, few onsets", ["ballad", "like a ballad"], [WordChange.Set("energy", -0.5), WordChange.Set("articulation", 0.6), WordChange.Set("density", 0.7)]),
        new("repetition with short notes", ["riff", "like a riff"], [WordChange.Set("closeness", 0.8), WordChange.Set("articulation", -0.2)]),
        new("eight takes of each bar, and the one on which they agree", ["sure", "sure-footed", "well considered", "think twice", "play it safe"], [WordChange.Set("consensus", 8)], "the first take", WordChange.Set("consensus", 1)),
        new("the first take of each bar", ["first take", "spontaneous", "off the cuff"], [WordChange.Set("consensus", 1)]),
        new("style of the training music: hymns", ["hymn", "like a hymn", "chorale"], [WordChange.Set("style", "Hymn")]),
        new("style of the training music: baroque", ["baroque"], [WordChange.Set("style", "Baroque")]),
        new("style of the training music: Viennese classic", ["classical"], [WordChange.Set("style", "Classical")]),
        new("style of the training music: romantic piano", ["romantic"], [WordChange.Set("style", "Romantic piano")]),
        new("style of the training music: chamber music", ["chamber music"], [WordChange.Set("style", "Chamber music")]),
        new("style of the training music: dances", ["dance", "dance-like"], [WordChange.Set("style", "Dance")]),
        new("style of the training music: folk", ["folk", "folky", "folk-like"], [WordChange.Set("style", "Folk")]),
        new("style of the training music: pop chords", ["pop", "poppy"], [WordChange.Set("style", "Pop")]),
        new("style of the training music: rock and metal", ["rock", "metal"], [WordChange.Set("style", "Rock and metal")]),
        new("style of the training music: funk drums", ["funk"], [WordChange.Set("style", "Funk")]),
        new("style of the training music: jazz drums", ["jazz", "jazzy"], [WordChange.Set("style", "Jazz")]),
        new("style of the training music: hip-hop drums", ["hip-hop", "hip hop"], [WordChange.Set("style", "Hip-hop")]),
        new("style of the training music: Latin drums", ["latin"], [WordChange.Set("style", "Latin")]),
        new("any style", ["any style"], [WordChange.Set("style", "Any")]),
    ];

    public static readonly IReadOnlyList<WordExcuse> Excuses =
    [
        new("the tempo is the host's", ["faster", "slower", "tempo", "bpm", "uptempo", "up-tempo", "half time", "double time"]),
        new("the meter is the host's", ["waltz", "in three", "in four", "in seven", "3/4", "4/4", "6/8", "7/8", "5/4"]),
        new("the sound is the instrument's behind the plugin", ["reverb", "distortion", "guitar", "strings", "synth", "violin", "warm", "bright sound"]),
    ];

    /// <summary>How much: in front of an adjective or a comparative.</summary>
    public static readonly IReadOnlyDictionary<string, double> Degrees = new Dictionary<string, double>
    {
        ["much"] = 2, ["a lot"] = 2, ["lots"] = 2, ["far"] = 2, ["way"] = 2, ["very"] = 1.4, ["really"] = 1.4, ["extremely"] = 2, ["totally"] = 2,
        ["a bit"] = 0.5, ["a little"] = 0.5, ["slightly"] = 0.5, ["somewhat"] = 0.5, ["a touch"] = 0.5, ["a tad"] = 0.5, ["rather"] = 0.8, ["quite"] = 1,
    };

    public static readonly IReadOnlyList<string> More = ["more"];

    public static readonly IReadOnlyList<string> Less = ["less", "not so", "not as", "not too", "too"];

    public static readonly IReadOnlyList<string> Not = ["no", "not", "without", "don't", "dont", "do not", "never", "doesn't", "isn't"];

    /// <summary>Words that say nothing by themselves.</summary>
    public static readonly IReadOnlyList<string> Fillers =
    [
        "a", "an", "the", "and", "with", "please", "make", "it", "play", "some", "but", "then", "be", "is", "that", "should", "i", "want", "would", "like", "of", "to", "in", "on",
        "me", "give", "sound", "sounding", "feel", "line", "notes", "note", "part", "something", "this", "at", "for", "as", "so", "answer", "key", "mode", "scale", "more", "my", "try", "let's", "let", "us",
    ];
}

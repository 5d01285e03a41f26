using MidiMuse.Engine.Parameters;

namespace MidiMuse.Editor.Controls;

/// <summary>What a control does, in a musician's words.</summary>
internal static class ParameterHelp
{
    private static readonly Dictionary<string, string> ByKey = new(StringComparer.Ordinal)
    {
        ["bypass"] = "Lets your playing through and makes no answers.",
        ["arm"] = "Listens for a motif: the first note you play starts the capture at its bar line.",
        ["capture"] = "How long the motif is. With Silence it ends after a bar in which you play nothing.",
        ["mode"] = "What MidiMuse does with the motif. Accompany listens for the bars of Capture and then plays along with you.",
        ["answerLength"] = "How many bars the answer has.",
        ["freeze"] = "Repeats the last bars until you switch it off.",
        ["seed"] = "Another seed, another answer. The same seed, motif and settings give the same answer again.",
        ["temperature"] = "How daring the answer is: low stays with what is likeliest, high takes more risks.",
        ["topP"] = "Leaves out the least likely notes: 1 allows all, low values only the safest.",
        ["key"] = "The key that the scale starts on. Auto hears it from the motif.",
        ["scale"] = "No note of the answer lies outside this scale. Follow motif takes the motif's own.",
        ["thru"] = "Passes on what you play.",
        ["panic"] = "Ends every sounding note now.",
        ["outputChannel"] = "Puts everything on one MIDI channel, for hosts and instruments that need it.",
        ["role"] = "What part the answer plays. Auto hears it from the motif.",
        ["captureChords"] = "Takes down the chords of what you played: answers follow them from now on.",
        ["clear"] = "Forgets the motif and the answer.",
        ["program"] = "A set of settings to start from.",
        ["preview"] = "A small built-in sound, so that you hear the answer before it is routed to an instrument.",
        ["previewSound"] = "Which sound. Auto takes what fits the answer's role: drums, bass, or keys.",
        ["candidates"] = "How many answers are made to choose from.",
        ["candidate"] = "Which of the candidates is the answer.",
        ["device"] = "Where the model runs. Auto takes the GPU where it is faster.",
        ["previewLevel"] = "Loudness of the built-in sound.",
        ["engineModel"] = "Which network answers. The Transformer remembers longer, the LSTM is smaller.",
        ["closeness"] = "Draws the answer towards the motif's line, or away from it.",
        ["consensus"] = "Makes so many takes of each bar and plays the one they agree on most: surer, less adventurous.",
        ["development"] = "How soon an answer that repeats a bar more than your motif does is led on to something else.",
        ["guidance"] = "How far the network goes to meet the style, mood and density that you ask for.",
        ["material"] = "What the bars are made of: the motif continued, varied, led to another motif, or surprises.",
        ["variation"] = "How far a variation goes: 0 is the motif itself.",
        ["morph"] = "The place on the way to the other motif.",
        ["surpriseEvery"] = "How often a bar is proposed afresh.",
        ["keepForMorph"] = "Keeps this motif as the one that later motifs lead to.",
        ["customScale"] = "A scale by name, or by degrees such as 1 b3 4 5 b7. It takes the place of Scale.",
        ["chordSource"] = "Which chords the answer follows: none, those you typed, or those heard in the motif.",
        ["chordTones"] = "How strictly strong beats keep to the chords. At 1 every one of them does.",
        ["ending"] = "With Cadence the answer ends on the tonic, or on the last chord's root.",
        ["heardKey"] = "The key that was heard in the motif.",
        ["keyConfidence"] = "How sure the key is.",
        ["keep"] = "Keeps the motif's rhythm and makes new pitches, or keeps its ups and downs.",
        ["density"] = "Notes in relation to the motif: 0.5 is half as many, 2 twice as many.",
        ["notesPerBeat"] = "How many notes a beat, whatever the motif does.",
        ["grid"] = "Every note begins on this grid.",
        ["groove"] = "How the notes are placed and accented: straight, as you play, or swing.",
        ["grooveAmount"] = "How much of the groove is heard.",
        ["syncopation"] = "More notes between the beats, or on them.",
        ["drumLock"] = "These drums play your pattern; the others are made new around them.",
        ["lowNote"] = "No note below this one.",
        ["highNote"] = "No note above this one.",
        ["octave"] = "Moves the answer up or down by octaves.",
        ["leaps"] = "Steps to the left, wide intervals to the right.",
        ["voices"] = "At most so many notes at once.",
        ["softest"] = "No note softer than this velocity.",
        ["loudest"] = "No note louder than this velocity.",
        ["followDynamics"] = "Takes over how loud you played at each place.",
        ["articulation"] = "Staccato to the left, legato to the right.",
        ["style"] = "The style that the network is asked for.",
        ["valence"] = "Dark to the left, bright to the right.",
        ["energy"] = "Calm to the left, driving to the right.",
        ["inputChannel"] = "Which MIDI channel is listened to.",
        ["sustainPedal"] = "A held pedal prolongs the motif's notes.",
        ["stopAfterDrag"] = "An answer that was dragged out is a clip now and is not played here as well.",
        ["audioMotif"] = "Listens to the audio input: what you sing or play is the motif.",
        ["audioLatency"] = "Your audio interface's input latency.",
        ["audioGrid"] = "The grid that sung notes are moved to.",
        ["form"] = "Sections: a letter that was heard comes back varied.",
        ["sectionBars"] = "Bars of a section.",
        ["sectionVariation"] = "How far a section is varied when it comes back.",
        ["lateNotes"] = "Notes that came too late for their place. It should stay at 0.",
        ["fallbackBars"] = "Bars that sounded without the model because it was not ready in time.",
        ["barsAhead"] = "How far the answer is planned ahead.",
        ["shortfalls"] = "Blocks of audio for which there was no plan yet.",
    };

    private const string Gestures = "Drag or use the wheel, Shift for fine steps, double click for the default, right click for more.";

    private static readonly Dictionary<uint, string> Texts = ParameterTable.All.ToDictionary(definition => definition.Id, Describe);

    public static string Of(ParameterDefinition definition) => Texts[definition.Id];

    private static string Describe(ParameterDefinition definition)
    {
        var help = ByKey.GetValueOrDefault(definition.Key, "");
        if (definition.Steps is > 0 and <= 32 || definition.Momentary || definition.ReadOnly)
            return help.Length > 0 ? help : definition.Title;
        return help.Length > 0 ? $"{help}\n{Gestures}" : Gestures;
    }
}

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
        ["previewSound"] = "Which sound. By channel takes drums for channel 10 and keys for all others.",
        ["candidates"] = "How many answers are made to choose from.",
        ["candidate"] = "Which of the candidates is the answer.",
        ["device"] = "Where the model runs. Auto takes the GPU where it is faster.",
        ["previewLevel"] = "Loudness of the built-in sound.",
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

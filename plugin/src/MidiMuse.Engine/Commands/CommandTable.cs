using System.Collections.Immutable;
using System.Globalization;
using MidiMuse.Core.Words;
using MidiMuse.Engine.Answers;
using MidiMuse.Engine.Clips;
using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.Presets;

namespace MidiMuse.Engine.Commands;

/// <summary>A command in words.</summary>
/// <param name="Arguments">As documentation writes them; empty where there are none.</param>
/// <param name="Run">Gets what stands after the verb.</param>
public sealed record CommandDefinition(string Verb, string Arguments, string Help, Func<IEngineControl, string, CommandReply> Run);

/// <summary>
/// Every command, as scripts, the host command's <c>--do</c> and mm_command write it: a verb and its arguments.
/// plugin/docs/COMMANDS.md shows this table; a test holds them together.
/// </summary>
public static class CommandTable
{
    public static readonly IReadOnlyList<CommandDefinition> All =
    [
        new("set", "PARAMETER=VALUE", "sets a parameter by its title or key", SetParameterByName),
        new("text", "KEY TEXT", "sets a text; without TEXT it is taken away", SetTextByKey),
        new("say", "WORDS", "sets what plain words ask for, such as: darker, walking bass in D minor, ends softly", Say),
        new("capture-chords", "", "takes the chords of what was played as the progression that answers follow", (control, _) => control.Run(new CaptureChords())),
        new("arm", "on or off", "listens for a motif, or stops listening", (control, argument) => SetParameterByName(control, "Arm=" + argument)),
        new("candidate", "N", "makes candidate N the answer, from the next bar that is not playing yet", ChooseCandidate),
        new("next", "", "the next candidate", (control, _) => control.Run(new StepCandidate(1))),
        new("previous", "", "the previous candidate", (control, _) => control.Run(new StepCandidate(-1))),
        new("regenerate", "[A or A-B]", "makes bars A to B of the answer anew, past and future kept; without bars all that are not playing yet", RegenerateBars),
        new("regenerate-notes", "POSITION:PITCH ...", "makes these notes anew, all others kept", (control, argument) => WithNotes(argument, notes => control.Run(new RegenerateNotes(notes)))),
        new("lock", "A-B or POSITION:PITCH ...", "keeps bars or notes when their bar is made anew", (control, argument) => LockOrUnlock(control, argument, isLocked: true)),
        new("unlock", "A-B or POSITION:PITCH ...", "takes that back", (control, argument) => LockOrUnlock(control, argument, isLocked: false)),
        new("accept", "", "keeps the answer: a favourite of the history, and what compare compares with", (control, _) => control.Run(new Accept())),
        new("reject", "", "throws the answer away; what was accepted comes back, else silence", (control, _) => control.Run(new Reject())),
        new("compare", "", "swaps the answer and the accepted one", (control, _) => control.Run(new Compare())),
        new("undo", "", "takes the last step back", (control, _) => control.Run(new Undo())),
        new("redo", "", "takes an undo back", (control, _) => control.Run(new Redo())),
        new("recall", "ID", "puts an answer of the history back, with its motif and settings", (control, argument) => WithId(argument, id => control.Run(new Recall(id)))),
        new("favourite", "ID", "marks an answer of the history", (control, argument) => WithId(argument, id => control.Run(new MarkFavourite(id, IsFavourite: true)))),
        new("unfavourite", "ID", "takes the mark away", (control, argument) => WithId(argument, id => control.Run(new MarkFavourite(id, IsFavourite: false)))),
        new("forget", "ID", "takes an answer out of the history", (control, argument) => WithId(argument, id => control.Run(new ForgetAnswer(id)))),
        new("load-motif", "FILE", "takes a MIDI file as motif, or a WAV file of one sung or played line; the answer begins at the next bar line", (control, path) => WithPath(path, () => ClipFiles.LoadMotif(control, path))),
        new("save-clip", "FILE", "writes the answer as a MIDI file", (control, path) => WithPath(path, () => ClipFiles.Save(control, path, withMotif: false))),
        new("save-both", "FILE", "writes motif and answer as a MIDI file", (control, path) => WithPath(path, () => ClipFiles.Save(control, path, withMotif: true))),
        new("export", "", "writes the answer to a new temporary file, for dragging, and says which; see the parameter Stop after drag", (control, _) => ClipFiles.Export(control, withMotif: false)),
        new("stop", "", "the answer is a clip elsewhere now: it is not played here as well, and Arm is off", (control, _) => control.Run(new StopAfterCommit())),
        new("play", "", "takes that back: the answer is played at its place", (control, _) => control.Run(new PlayAgain())),
        new("save-preset", "FILE", "writes the settings as a preset", (control, path) => WithPath(path, () => PresetFile.Save(control, path))),
        new("load-preset", "FILE", "takes the settings of a preset", (control, path) => WithPath(path, () => PresetFile.Load(control, path))),
        new("learn", "PARAMETER", "the next controller that is moved will move this parameter", (control, name) => WithParameter(name, id => control.Run(new LearnController(id)))),
        new("learn-cancel", "", "waits for no controller any more", (control, _) => control.Run(new CancelLearning())),
        new("unlearn", "PARAMETER", "no controller moves this parameter any more", (control, name) => WithParameter(name, id => control.Run(new ForgetController(id)))),
    ];

    /// <summary>Runs one line; what is no command is refused with the reason.</summary>
    public static CommandReply Run(IEngineControl control, string line)
    {
        var words = line.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        return All.FirstOrDefault(definition => definition.Verb.Equals(words[0], StringComparison.OrdinalIgnoreCase)) is { } found
            ? found.Run(control, words.Length == 2 ? words[1] : "")
            : CommandReply.Refused($"'{words[0]}' is no command; there are {string.Join(", ", All.Select(definition => definition.Verb))}.");
    }

    private static CommandReply SetParameterByName(IEngineControl control, string argument)
    {
        var parts = argument.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2)
            return CommandReply.Refused("set needs PARAMETER=VALUE.");
        if (ParameterTable.FindByName(parts[0]) is not { ReadOnly: false } definition)
            return CommandReply.Refused($"'{parts[0]}' is no parameter that can be set.");
        return definition.TryParse(parts[1], out var normalised)
            ? control.Run(new SetParameter(definition.Id, normalised))
            : CommandReply.Refused($"'{parts[1]}' is no value of {definition.Title}.");
    }

    private static CommandReply SetTextByKey(IEngineControl control, string argument)
    {
        var parts = argument.Split(' ', 2, StringSplitOptions.TrimEntries);
        return TextTable.Find(parts[0]) is null
            ? CommandReply.Refused($"'{parts[0]}' is no text; there are {string.Join(", ", TextTable.All.Select(definition => definition.Key))}.")
            : control.Run(new SetText(parts[0], parts.Length == 2 ? parts[1] : ""));
    }

    private static CommandReply ChooseCandidate(IEngineControl control, string argument) => WithId(argument, number => control.Run(new ChooseCandidate(number - 1)));

    private static CommandReply RegenerateBars(IEngineControl control, string argument)
    {
        if (argument.Length == 0)
            return control.Run(new Regenerate(null));
        return BarRange.TryParse(argument, out var bars) ? control.Run(new Regenerate(bars)) : CommandReply.Refused($"'{argument}' is no bar and no range of bars.");
    }

    private static CommandReply LockOrUnlock(IEngineControl control, string argument, bool isLocked) => BarRange.TryParse(argument, out var bars)
        ? control.Run(new LockBars(bars, isLocked))
        : WithNotes(argument, notes => control.Run(new LockNotes(notes, isLocked)));

    private static CommandReply WithNotes(string argument, Func<ImmutableArray<NoteRef>, CommandReply> run)
    {
        var notes = ImmutableArray.CreateBuilder<NoteRef>();
        foreach (var word in argument.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!NoteRef.TryParse(word, out var note))
                return CommandReply.Refused($"'{word}' is no note; notes are POSITION:PITCH, such as 17.5:64.");
            notes.Add(note);
        }
        return notes.Count == 0 ? CommandReply.Refused("Which notes? POSITION:PITCH, such as 17.5:64.") : run(notes.ToImmutable());
    }

    private static CommandReply WithId(string argument, Func<int, CommandReply> run) => int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? run(id)
        : CommandReply.Refused($"'{argument}' is no number.");

    private static CommandReply WithPath(string path, Func<CommandReply> run) => path.Length > 0 ? run() : CommandReply.Refused("Which file?");

    private static CommandReply WithParameter(string name, Func<uint, CommandReply> run) => ParameterTable.FindByName(name) is { } definition
        ? run(definition.Id)
        : CommandReply.Refused($"'{name}' is no parameter.");

    /// <summary>The reply says what was understood and what was not, in either case.</summary>
    private static CommandReply Say(IEngineControl control, string words)
    {
        var reading = WordReader.Read(words);
        if (reading.Understood.IsEmpty)
            return CommandReply.Refused(words.Length == 0 ? "say needs words." : reading.ToString());
        var reply = control.Run(WordSettings.ToCommand(words, reading, control.Parameters));
        return reply.Ok ? reply with { Message = reading.ToString() } : reply;
    }
}

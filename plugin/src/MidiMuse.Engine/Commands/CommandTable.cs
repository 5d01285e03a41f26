using MidiMuse.Engine.Parameters;

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
        new("text", "KEY TEXT", "sets a text; without a text it is taken away", SetTextByKey),
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
}

using MidiMuse.Engine.Parameters;
using MidiMuse.Engine.State;

namespace MidiMuse.Plugin.Abi;

/// <summary>The parameter table in the ABI's words.</summary>
internal static class ParameterExports
{
    public static int Count => ParameterTable.All.Count;

    public static int ProgramCount => FactoryPrograms.All.Count;

    public static ParameterDefinition? Find(uint id) => ParameterTable.Find(id);

    public static AbiResult Describe(int index, ref AbiParamInfo info)
    {
        if (index < 0 || index >= Count)
            return AbiResult.False;
        var definition = ParameterTable.All[index];
        info = new AbiParamInfo
        {
            Id = definition.Id,
            Flags = FlagsOf(definition),
            Steps = definition.Steps,
            Role = (uint)definition.Role,
            DefaultValue = definition.DefaultNormalised,
            StatusSlot = definition.StatusSlot,
            UnitId = 0,
        };
        Utf8Text.Write(definition.Title, info.Title);
        Utf8Text.Write(definition.ShortTitle.Length > 0 ? definition.ShortTitle : definition.Title, info.ShortTitle);
        Utf8Text.Write(definition.Units, info.Units);
        return AbiResult.Ok;
    }

    public static AbiResult DescribeUnit(int index, ref AbiUnitInfo info)
    {
        if (index != 0)
            return AbiResult.False;
        info = new AbiUnitInfo { Id = 0, ParentId = -1 };
        return Utf8Text.Write("MidiMuse", info.Name);
    }

    public static AbiResult ProgramName(int index, Span<byte> text) =>
        index < 0 || index >= ProgramCount ? AbiResult.False : Utf8Text.Write(FactoryPrograms.All[index].Name, text);

    public static AbiResult ToText(uint id, double normalised, Span<byte> text) =>
        Find(id) is { } definition ? Utf8Text.Write(definition.ToText(normalised), text) : AbiResult.InvalidArgument;

    public static AbiResult FromText(uint id, string text, out double normalised)
    {
        normalised = 0;
        if (Find(id) is not { } definition)
            return AbiResult.InvalidArgument;
        return definition.TryParse(text, out normalised) ? AbiResult.Ok : AbiResult.False;
    }

    public static AbiResult ToPlain(uint id, double normalised, out double plain)
    {
        var definition = Find(id);
        plain = definition?.ToPlain(normalised) ?? 0;
        return definition is null ? AbiResult.InvalidArgument : AbiResult.Ok;
    }

    public static AbiResult FromPlain(uint id, double plain, out double normalised)
    {
        var definition = Find(id);
        normalised = definition?.ToNormalised(plain) ?? 0;
        return definition is null ? AbiResult.InvalidArgument : AbiResult.Ok;
    }

    /// <param name="normalised">Receives the values of the first parameters of the table.</param>
    public static AbiResult FromState(ReadOnlySpan<byte> state, Span<double> normalised)
    {
        if (StateCodec.TryRead(state) is not { } read)
            return AbiResult.False;
        for (var index = 0; index < normalised.Length; index++)
            StateCodec.TryReadParameter(read.Source, ParameterTable.All[index], out normalised[index]);
        return AbiResult.Ok;
    }

    private static AbiParameterFlags FlagsOf(ParameterDefinition definition)
    {
        AbiParameterFlags flags = 0;
        if (definition.Automatable && !definition.ReadOnly)
            flags |= AbiParameterFlags.Automatable;
        if (definition.ReadOnly)
            flags |= AbiParameterFlags.ReadOnly;
        if (definition.IsList)
            flags |= AbiParameterFlags.List;
        if (definition.Role == AudioRole.Bypass)
            flags |= AbiParameterFlags.Bypass;
        if (definition.SelectsProgram)
            flags |= AbiParameterFlags.Program;
        return flags;
    }
}

using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin.Tests;

/// <summary>
/// Oracle: abi-layout.txt, which a program compiled from midimuse_abi.h prints; the bridge's tests compare the same
/// file with the header. Lines: <c>struct size</c> and <c>struct.field size offset</c>.
/// </summary>
public class AbiLayoutTests
{
    private static readonly Dictionary<string, Type> Mirrors = new()
    {
        ["mm_input_event"] = typeof(AbiInputEvent),
        ["mm_audio_anchor"] = typeof(AbiAudioAnchor),
        ["mm_command"] = typeof(AbiCommand),
        ["mm_transport"] = typeof(AbiTransport),
        ["mm_ring_indices"] = typeof(AbiRingIndices),
        ["mm_counters"] = typeof(AbiCounters),
        ["mm_shared"] = typeof(AbiShared),
        ["mm_param_info"] = typeof(AbiParamInfo),
        ["mm_unit_info"] = typeof(AbiUnitInfo),
        ["mm_create_info"] = typeof(AbiCreateInfo),
        ["mm_api"] = typeof(AbiApi),
        ["mm_editor_host"] = typeof(AbiEditorHost),
        ["mm_editor_size"] = typeof(AbiEditorSize),
    };

    [Fact]
    public void Every_struct_has_the_size_and_every_field_the_place_that_the_header_gives_it()
    {
        var structs = 0;
        var fields = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "abi-layout.txt")))
        {
            var words = line.Split(' ');
            var name = words[0].Split('.');
            if (!Mirrors.TryGetValue(name[0], out var mirror))
                continue;
            if (name.Length == 1)
            {
                Assert.True(Number(words[1]) == SizeOf(mirror), $"{line}: the mirror has {SizeOf(mirror)}");
                structs++;
                continue;
            }
            if (name[1].EndsWith("_padding", StringComparison.Ordinal))
                continue;
            var field = mirror.GetField(PascalCase(name[1]), BindingFlags.Instance | BindingFlags.Public);
            Assert.True(field is not null, $"{line}: the mirror has no such field");
            Assert.True((Number(words[1]), Number(words[2])) == (SizeOf(field.FieldType), OffsetOf(mirror, field)), $"{line}: the mirror has {SizeOf(field.FieldType)} {OffsetOf(mirror, field)}");
            fields++;
        }
        Assert.Equal(Mirrors.Count, structs);
        Assert.Equal(Mirrors.Values.Sum(mirror => mirror.GetFields(BindingFlags.Instance | BindingFlags.Public).Length), fields);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string PascalCase(string snakeCase) =>
        string.Concat(snakeCase.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static int SizeOf(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer)
            return IntPtr.Size;
        return (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
    }

    /// <summary>Marshal.OffsetOf knows neither inline arrays nor function pointers; the address of a field does.</summary>
    private static int OffsetOf(Type type, FieldInfo field)
    {
        var method = new DynamicMethod("Offset", typeof(int), [], typeof(AbiLayoutTests).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var local = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }
}

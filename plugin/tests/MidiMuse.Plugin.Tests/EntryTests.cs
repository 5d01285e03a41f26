using System.Runtime.InteropServices;
using System.Text;
using MidiMuse.Engine.Parameters;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin.Tests;

/// <summary>Oracle: the rules of midimuse_abi.h, called the way the bridge calls.</summary>
public unsafe class EntryTests
{
    private readonly AbiApi _api = GetApi();

    [Fact]
    public void Another_version_is_refused()
    {
        AbiApi api;
        delegate* unmanaged[Cdecl]<uint, nint, int> get = &Entry.GetApi;
        Assert.Equal((int)AbiResult.VersionMismatch, get(AbiConstants.Version + 1, (nint)(&api)));
        Assert.Equal((int)AbiResult.InvalidArgument, get(AbiConstants.Version, 0));
    }

    [Fact]
    public void Every_parameter_is_described_and_reads_back_its_own_text()
    {
        Assert.Equal(ParameterTable.All.Count, _api.ParameterCount());
        var text = stackalloc byte[128];
        for (var i = 0; i < _api.ParameterCount(); i++)
        {
            AbiParamInfo info;
            Assert.Equal(AbiResult.Ok, _api.ParameterInfo(i, &info));
            Assert.Equal(ParameterTable.All[i].Title, Marshal.PtrToStringUTF8((nint)(&info.Title)));
            double normalised, plain, again;
            Assert.Equal(AbiResult.Ok, _api.ParameterToText(info.Id, info.DefaultValue, text, 128));
            Assert.Equal(AbiResult.Ok, _api.ParameterFromText(info.Id, text, &normalised));
            Assert.Equal(AbiResult.Ok, _api.ParameterToPlain(info.Id, normalised, &plain));
            Assert.Equal(AbiResult.Ok, _api.ParameterFromPlain(info.Id, plain, &again));
            Assert.Equal(info.DefaultValue, again, 2);
        }
        AbiParamInfo beyond;
        Assert.Equal(AbiResult.False, _api.ParameterInfo(_api.ParameterCount(), &beyond));
        Assert.Equal(AbiResult.False, _api.ParameterInfo(-1, &beyond));
    }

    [Fact]
    public void A_text_that_does_not_fit_is_cut_and_terminated()
    {
        var text = stackalloc byte[] { 1, 1, 1, 1, 1, 1, 1, 1 };
        Assert.Equal(AbiResult.Ok, _api.ParameterToText(ParameterId.Scale, ParameterTable.Find(ParameterId.Scale)!.DefaultNormalised, text, 4));
        Assert.Equal("Fol", Marshal.PtrToStringUTF8((nint)text));
        Assert.Equal(1, text[4]);
    }

    [Fact]
    public void Null_pointers_and_made_up_instances_are_errors()
    {
        nint none = 0;
        double value;
        long needed;
        foreach (var instance in (nint[])[0, 42, -1, nint.MaxValue])
        {
            Assert.Equal(AbiResult.InvalidArgument, _api.Destroy(instance));
            Assert.Equal(AbiResult.InvalidArgument, _api.SetActive(instance, 1, 48000, 512));
            Assert.Equal(AbiResult.InvalidArgument, _api.GetParameter(instance, ParameterId.Seed, &value));
            Assert.Equal(AbiResult.InvalidArgument, _api.SetParameter(instance, ParameterId.Seed, 0.5));
            Assert.Equal(AbiResult.InvalidArgument, _api.GetState(instance, null, 0, &needed));
            Assert.Equal(AbiResult.InvalidArgument, _api.SetState(instance, null, 0));
        }
        Assert.Equal(AbiResult.InvalidArgument, _api.Create(null, &none));
        Assert.Equal(AbiResult.InvalidArgument, _api.ParameterInfo(0, null));
        Assert.Equal(AbiResult.InvalidArgument, _api.ParameterFromText(ParameterId.Seed, null, &value));
        Assert.Equal(AbiResult.InvalidArgument, _api.StateParameters(null, 10, &value, 1));
    }

    [Fact]
    public void Without_a_model_the_instance_lives_keeps_its_state_and_says_why()
    {
        using var memory = new SharedMemory();
        var instance = Create(memory, Path.Combine(Path.GetTempPath(), "midimuse-no-such-bundle"));
        Assert.Equal(AbiResult.Ok, _api.SetActive(instance, 1, 48000, 512));
        Assert.Equal(AbiResult.Ok, _api.SetParameter(instance, ParameterId.Seed, 0.5));

        var state = State(instance);
        Assert.Equal(AbiResult.Ok, _api.Destroy(instance));
        Assert.Equal(AbiResult.InvalidArgument, _api.Destroy(instance));

        var values = new double[_api.ParameterCount()];
        fixed (byte* bytes = state)
        fixed (double* normalised = values)
        {
            Assert.Equal(AbiResult.InvalidArgument, _api.StateParameters(bytes, state.Length, normalised, values.Length + 1));
            Assert.Equal(AbiResult.False, _api.StateParameters(bytes, 3, normalised, values.Length));
            Assert.Equal(AbiResult.Ok, _api.StateParameters(bytes, state.Length, normalised, values.Length));
        }
        Assert.All(ParameterTable.All, (definition, index) => Assert.Equal(definition.Id == ParameterId.Seed ? 0.5 : definition.DefaultNormalised, values[index]));
    }

    [Fact]
    public void The_reason_for_a_missing_model_can_be_asked_for()
    {
        using var memory = new SharedMemory();
        var instance = Create(memory, Path.Combine(Path.GetTempPath(), "midimuse-no-such-bundle"));
        var text = stackalloc byte[512];
        Assert.Equal(AbiResult.Ok, _api.LastError(instance, text, 512));
        Assert.Contains("midimuse-no-such-bundle", Marshal.PtrToStringUTF8((nint)text), StringComparison.Ordinal);
        _api.Destroy(instance);
    }

    [Fact]
    public void A_state_that_is_too_large_for_the_buffer_says_how_large_it_is()
    {
        using var memory = new SharedMemory();
        var instance = Create(memory, Path.GetTempPath());
        long needed;
        var small = stackalloc byte[4];
        Assert.Equal(AbiResult.BufferTooSmall, _api.GetState(instance, small, 4, &needed));
        Assert.True(needed > 4);
        Assert.Equal(needed, State(instance).Length);
        _api.Destroy(instance);
    }

    [Fact]
    public void Commands_answer_in_json_and_refuse_what_they_do_not_know()
    {
        using var memory = new SharedMemory();
        var instance = Create(memory, Path.GetTempPath());
        Assert.Contains("\"ok\":true", Command(instance, "status"), StringComparison.Ordinal);
        Assert.Contains("\"ok\":false", Command(instance, "fly"), StringComparison.Ordinal);
        Assert.Contains("no answer", Command(instance, "save-clip /tmp/none.mid"), StringComparison.Ordinal);
        _api.Destroy(instance);
    }

    private static AbiApi GetApi()
    {
        AbiApi api;
        delegate* unmanaged[Cdecl]<uint, nint, int> get = &Entry.GetApi;
        Assert.Equal((int)AbiResult.Ok, get(AbiConstants.Version, (nint)(&api)));
        return api;
    }

    private nint Create(SharedMemory memory, string bundle)
    {
        nint instance;
        fixed (byte* directory = Encoding.UTF8.GetBytes(bundle + "\0"))
        {
            var info = new AbiCreateInfo
            {
                SizeBytes = (uint)sizeof(AbiCreateInfo),
                AbiVersion = AbiConstants.Version,
                BundleDirectory = directory,
                Shared = memory.Pointer,
            };
            Assert.Equal(AbiResult.Ok, _api.Create(&info, &instance));
        }
        return instance;
    }

    private byte[] State(nint instance)
    {
        long needed;
        _api.GetState(instance, null, 0, &needed);
        var bytes = new byte[needed];
        fixed (byte* pointer = bytes)
            Assert.Equal(AbiResult.Ok, _api.GetState(instance, pointer, needed, &needed));
        return bytes;
    }

    private string Command(nint instance, string line)
    {
        var answer = new byte[4096];
        long needed;
        fixed (byte* text = Encoding.UTF8.GetBytes(line + "\0"))
        fixed (byte* json = answer)
            Assert.Equal(AbiResult.Ok, _api.Command(instance, text, json, answer.Length, &needed));
        return Encoding.UTF8.GetString(answer.AsSpan(0, (int)needed));
    }
}

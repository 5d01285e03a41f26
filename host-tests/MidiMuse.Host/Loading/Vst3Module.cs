using System.Runtime.InteropServices;
using System.Text;
using MidiMuse.Host.HostObjects;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Loading;

/// <summary>A class that a module's factory offers.</summary>
/// <param name="Category">"Audio Module Class" for what can be instantiated as a plugin.</param>
/// <param name="SubCategories">For example "Instrument|Generator"; empty where the factory does not say.</param>
public sealed record PluginClass(string Name, string Category, string SubCategories, string Vendor, string Version)
{
    public const string AudioModule = "Audio Module Class";

    internal Tuid Cid { get; init; }
}

/// <summary>A loaded plugin module. Its plugins must be disposed before it is. [main]</summary>
public sealed unsafe class Vst3Module : IDisposable
{
    private readonly string _path;
    private nint _library;
    private IPluginFactory* _factory;

    private Vst3Module(string path, nint library)
    {
        _path = path;
        _library = library;
    }

    public IReadOnlyList<PluginClass> Classes { get; private set; } = [];

    internal IPluginFactory* Factory => _factory;

    /// <exception cref="Vst3Exception">The module is missing, not loadable or no VST3 plugin.</exception>
    public static Vst3Module Load(string bundlePath)
    {
        var path = Vst3Bundle.ModulePath(bundlePath);
        var module = new Vst3Module(path, LoadLibrary(path));
        try
        {
            module.Enter();
            module.ReadClasses();
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <summary>The first class that is a plugin.</summary>
    public PluginClass FirstPlugin() =>
        Classes.FirstOrDefault(c => c.Category == PluginClass.AudioModule) ?? throw new Vst3Exception($"{_path} offers no audio module.");

    public void Dispose()
    {
        if (_library == 0)
            return;
        FUnknown.Release(ref _factory);
        var exit = OperatingSystem.IsWindows() ? "ExitDll" : OperatingSystem.IsMacOS() ? "bundleExit" : "ModuleExit";
        // The export is a function without arguments in a library that is still mapped.
        if (NativeLibrary.TryGetExport(_library, exit, out var address))
            ((delegate* unmanaged<byte>)address)();
        NativeLibrary.Free(_library);
        _library = 0;
    }

    private static nint LoadLibrary(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw new Vst3Exception($"{path} cannot be loaded: {error.Message}", error);
        }
    }

    /// <summary>Linux modules must export ModuleEntry, which takes dlopen's handle; InitDll on Windows is optional.</summary>
    private void Enter()
    {
        if (OperatingSystem.IsMacOS())
            throw new Vst3Exception("Modules on macOS need a CFBundle, which this host does not make.");
        var isWindows = OperatingSystem.IsWindows();
        if (NativeLibrary.TryGetExport(_library, isWindows ? "InitDll" : "ModuleEntry", out var entry))
        {
            var isReady = isWindows ? ((delegate* unmanaged<byte>)entry)() : ((delegate* unmanaged<nint, byte>)entry)(_library);
            if (isReady == 0)
                throw new Vst3Exception($"{_path} refuses to start.");
        }
        else if (!isWindows)
        {
            throw new Vst3Exception($"{_path} does not export ModuleEntry.");
        }
        if (!NativeLibrary.TryGetExport(_library, "GetPluginFactory", out var getFactory))
            throw new Vst3Exception($"{_path} does not export GetPluginFactory.");
        _factory = ((delegate* unmanaged<IPluginFactory*>)getFactory)();
        if (_factory == null)
            throw new Vst3Exception($"{_path} has no factory.");
    }

    private void ReadClasses()
    {
        var factory2 = (IPluginFactory2*)FUnknown.Query(_factory, IPluginFactory2.Iid);
        var classes = new List<PluginClass>();
        var count = _factory->Vtable->CountClasses(_factory);
        for (var i = 0; i < count; i++)
        {
            PClassInfo2 info2;
            PClassInfo info;
            if (factory2 != null && factory2->Vtable->GetClassInfo2(factory2, i, &info2) == TResult.Ok)
                classes.Add(new PluginClass(Text(info2.Name), Text(info2.Category), Text(info2.SubCategories), Text(info2.Vendor), Text(info2.Version)) { Cid = info2.Cid });
            else if (_factory->Vtable->GetClassInfo(_factory, i, &info) == TResult.Ok)
                classes.Add(new PluginClass(Text(info.Name), Text(info.Category), "", "", "") { Cid = info.Cid });
        }
        FUnknown.Release(ref factory2);
        Classes = classes;
    }

    private static string Text(ReadOnlySpan<byte> characters)
    {
        var end = characters.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? characters : characters[..end]);
    }

    /// <summary>Tells the factory who hosts it, as hosts do for IPluginFactory3.</summary>
    internal void SetHostContext(HostApplication application)
    {
        var factory3 = (IPluginFactory3*)FUnknown.Query(_factory, IPluginFactory3.Iid);
        if (factory3 == null)
            return;
        factory3->Vtable->SetHostContext(factory3, application.Pointer);
        FUnknown.Release(ref factory3);
    }
}

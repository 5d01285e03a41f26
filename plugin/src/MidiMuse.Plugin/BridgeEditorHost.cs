using System.Runtime.InteropServices;
using MidiMuse.Editor;
using MidiMuse.Plugin.Abi;

namespace MidiMuse.Plugin;

/// <summary>The host behind the bridge's functions. [ui]</summary>
internal sealed unsafe class BridgeEditorHost : IEditorHost
{
    // The bridge keeps the functions and their context valid until editor_close has returned, which joins the only
    // thread that calls them.
    private readonly AbiEditorHost _host;

    public BridgeEditorHost(in AbiEditorHost host)
    {
        _host = host;
        ReadOnlySpan<byte> name = _host.Name;
        fixed (byte* text = name)
            Name = Marshal.PtrToStringUTF8((nint)text, name.IndexOf((byte)0) is var end and >= 0 ? end : name.Length);
    }

    public string Name { get; }

    public bool HasMenu => _host.HasMenu != 0;

    public double Parameter(uint id) => _host.Parameter(_host.Context, id);

    public void BeginEdit(uint id) => _host.BeginEdit(_host.Context, id);

    public void PerformEdit(uint id, double normalised) => _host.PerformEdit(_host.Context, id, normalised);

    public void EndEdit(uint id) => _host.EndEdit(_host.Context, id);

    public void ShowMenu(uint id, int x, int y) => _host.ShowMenu(_host.Context, id, x, y);
}

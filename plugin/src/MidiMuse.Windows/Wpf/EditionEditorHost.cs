using MidiMuse.Editor;
using MidiMuse.Windows.Hosting;

namespace MidiMuse.Windows.Wpf;

/// <summary>AudioPlugSharp's host as the editor sees it: no name, no menu. [ui]</summary>
internal sealed class EditionEditorHost(MidiMusePlugin plugin) : IEditorHost
{
    public string Name => "";

    public bool HasMenu => false;

    public double Parameter(uint id) => plugin.HostValue(id);

    public void BeginEdit(uint id) => plugin.BeginEdit(id);

    public void PerformEdit(uint id, double normalised) => plugin.Edit(id, normalised);

    public void EndEdit(uint id) => plugin.EndEdit(id);

    public void ShowMenu(uint id, int x, int y)
    {
    }
}

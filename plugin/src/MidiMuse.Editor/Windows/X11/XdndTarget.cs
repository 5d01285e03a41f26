using System.Runtime.InteropServices;
using System.Text;

namespace MidiMuse.Editor.Windows.X11;

/// <summary>Takes files that are dropped on the window: the target's side of the drag-and-drop protocol for X. [ui]</summary>
internal sealed class XdndTarget
{
    private const uint Version = 5;
    private const uint MoreThanThreeTypes = 1;

    private readonly XDisplay _display;
    private readonly uint _window;
    private uint _source;
    private bool _hasFiles;

    public XdndTarget(XDisplay display, uint window)
    {
        _display = display;
        _window = window;
        display.SetProperty(window, display.Atoms.XdndAware, XAtoms.Atom, [Version]);
    }

    public bool Handle(in XEvent happened, IWindowEvents events)
    {
        var atoms = _display.Atoms;
        if (happened.Type == XEventType.SelectionNotify && happened.Data0 == atoms.XdndSelection)
        {
            Receive(happened.NotifiedProperty, events);
            return true;
        }
        if (happened.Type != XEventType.ClientMessage)
            return false;
        if (happened.MessageType == atoms.XdndEnter)
            Enter(happened);
        else if (happened.MessageType == atoms.XdndPosition && happened.Data0 == _source)
            _display.SendClientMessage(_source, _source, atoms.XdndStatus, _window, _hasFiles ? 1u : 0, 0, 0, _hasFiles ? atoms.XdndActionCopy : 0);
        else if (happened.MessageType == atoms.XdndDrop && happened.Data0 == _source)
            Drop(happened.Data2);
        else if (happened.MessageType == atoms.XdndLeave && happened.Data0 == _source)
            _source = 0;
        else
            return false;
        Xcb.Flush(_display.Connection);
        return true;
    }

    private void Enter(in XEvent happened)
    {
        _source = happened.Data0;
        var files = _display.Atoms.UriList;
        _hasFiles = (happened.Data1 & MoreThanThreeTypes) == 0
            ? happened.Data2 == files || happened.Data3 == files || happened.Data4 == files
            : MemoryMarshal.Cast<byte, uint>(_display.GetProperty(_source, _display.Atoms.XdndTypeList)).Contains(files);
    }

    private void Drop(uint time)
    {
        if (_hasFiles)
            Xcb.ConvertSelection(_display.Connection, _window, _display.Atoms.XdndSelection, _display.Atoms.UriList, _display.Atoms.DropProperty, time);
        else
            Finish(wasTaken: false);
    }

    private void Receive(uint property, IWindowEvents events)
    {
        var text = property == 0 ? "" : Encoding.UTF8.GetString(_display.GetProperty(_window, property, delete: true));
        var paths = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => Uri.TryCreate(line, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : null)
            .OfType<string>()
            .ToArray();
        Finish(paths.Length > 0);
        if (paths.Length > 0)
            events.OnFilesDropped(paths);
    }

    private void Finish(bool wasTaken)
    {
        _display.SendClientMessage(_source, _source, _display.Atoms.XdndFinished, _window, wasTaken ? 1u : 0, wasTaken ? _display.Atoms.XdndActionCopy : 0);
        Xcb.Flush(_display.Connection);
        _source = 0;
    }
}

using System.Text;

namespace MidiMuse.Editor.Windows.X11;

/// <summary>
/// Drags a file out of the window: the source's side of freedesktop.org's drag-and-drop protocol for X, version 5.
/// Each drag begins anew, so the second works like the first. [ui]
/// Source and target speak the lower of their two versions: JUCE 7 knows version 3 and refuses an XdndEnter of a later one.
/// </summary>
internal sealed unsafe class XdndSource(XDisplay display, uint window)
{
    private const uint Version = 5;

    /// <summary>Earlier ones sent other messages.</summary>
    private const uint LowestVersion = 3;

    private const ushort ButtonReleaseAndMotion = (1 << 3) | (1 << 6);
    private const byte Asynchronous = 1;
    private const uint AcceptFlag = 1;

    private string? _uriList;
    private uint _target;
    private uint _version; // that the target and this source both speak
    private bool _isAccepted;
    private bool _isWaitingForStatus;
    private bool _isDropped;
    private (short X, short Y, uint Time)? _latest;

    public bool IsDragging => _uriList is not null;

    public void Begin(string path, uint time)
    {
        if (IsDragging)
            return;
        _uriList = new Uri(path).AbsoluteUri + "\r\n";
        (_target, _isAccepted, _isWaitingForStatus, _isDropped, _latest) = (0, false, false, false, null);
        Xcb.SetSelectionOwner(display.Connection, window, display.Atoms.XdndSelection, time);
        display.SetProperty(window, display.Atoms.XdndTypeList, XAtoms.Atom, [display.Atoms.UriList]);
        var cookie = Xcb.GrabPointer(display.Connection, 0, window, ButtonReleaseAndMotion, Asynchronous, Asynchronous, 0, 0, time);
        var reply = Xcb.GrabPointerReply(display.Connection, cookie, null);
        if (reply != null)
            Xcb.Free(reply);
    }

    /// <summary>True where the event was the drag's.</summary>
    public bool Handle(in XEvent happened, IWindowEvents events)
    {
        if (happened.Type == XEventType.SelectionRequest && happened.RequestedSelection == display.Atoms.XdndSelection)
        {
            Answer(happened);
            return true;
        }
        if (!IsDragging)
            return false;
        switch (happened.Type)
        {
            case XEventType.MotionNotify when !_isDropped:
                Move(happened.RootX, happened.RootY, happened.Time);
                return true;
            case XEventType.ButtonRelease when !_isDropped:
                Release(happened, events);
                return true;
            case XEventType.ClientMessage when happened.MessageType == display.Atoms.XdndStatus && happened.Data0 == _target:
                TakeStatus(happened);
                return true;
            case XEventType.ClientMessage when happened.MessageType == display.Atoms.XdndFinished && happened.Data0 == _target:
                End(events, wasTaken: true);
                return true;
            default:
                return false;
        }
    }

    private void Move(short rootX, short rootY, uint time)
    {
        var under = TargetAt(rootX, rootY, out var version);
        if (under != _target)
        {
            if (_target != 0)
                Send(display.Atoms.XdndLeave);
            (_target, _version, _isAccepted, _isWaitingForStatus, _latest) = (under, Math.Min(Version, version), false, false, null);
            if (_target != 0)
                Send(display.Atoms.XdndEnter, _version << 24, display.Atoms.UriList);
        }
        if (_target == 0)
            return;
        // One position at a time: the target says when it is ready for the next.
        if (_isWaitingForStatus)
            _latest = (rootX, rootY, time);
        else
            SendPosition(rootX, rootY, time);
    }

    private void SendPosition(short rootX, short rootY, uint time)
    {
        _isWaitingForStatus = true;
        Send(display.Atoms.XdndPosition, 0, ((uint)(ushort)rootX << 16) | (ushort)rootY, time, display.Atoms.XdndActionCopy);
    }

    private void TakeStatus(in XEvent happened)
    {
        _isWaitingForStatus = false;
        _isAccepted = (happened.Data1 & AcceptFlag) != 0;
        if (_isDropped)
            Drop(0);
        else if (_latest is { } latest)
            SendPosition(latest.X, latest.Y, latest.Time);
        _latest = null;
    }

    private void Release(in XEvent happened, IWindowEvents events)
    {
        Xcb.UngrabPointer(display.Connection, happened.Time);
        if (_target == 0)
        {
            End(events, wasTaken: false);
            return;
        }
        _isDropped = true;
        if (_isWaitingForStatus)
            return; // dropped once the target has said whether it takes it
        Drop(happened.Time);
        if (!_isAccepted)
            End(events, wasTaken: false);
    }

    private void Drop(uint time)
    {
        if (_isAccepted)
            Send(display.Atoms.XdndDrop, 0, time);
        else
            Send(display.Atoms.XdndLeave);
    }

    private void End(IWindowEvents events, bool wasTaken)
    {
        _uriList = null;
        events.OnFileDragEnded(wasTaken);
    }

    /// <summary>The target asks for the file's address, or what forms there are.</summary>
    private void Answer(in XEvent happened)
    {
        var property = happened.RequestedProperty;
        if (happened.RequestedTarget == display.Atoms.Targets)
            display.SetProperty(happened.Requestor, property, XAtoms.Atom, [display.Atoms.Targets, display.Atoms.UriList]);
        else if (happened.RequestedTarget == display.Atoms.UriList && _uriList is not null)
            display.SetProperty(happened.Requestor, property, display.Atoms.UriList, Encoding.ASCII.GetBytes(_uriList));
        else
            property = 0;
        // SelectionNotify: time, requestor, selection, target, property.
        var notify = new XEvent
        {
            ResponseType = (byte)XEventType.SelectionNotify,
            Time = happened.Time,
            MessageType = happened.Requestor,
            Data0 = happened.RequestedSelection,
            Data1 = happened.RequestedTarget,
            Data2 = property,
        };
        Xcb.SendEvent(display.Connection, 0, happened.Requestor, 0, &notify);
        Xcb.Flush(display.Connection);
    }

    /// <summary>The outermost window under a point that takes drops; never our own.</summary>
    private uint TargetAt(short rootX, short rootY, out uint version)
    {
        version = 0;
        var root = display.Screen.Root;
        for (var (parent, depth) = (root, 0); depth < 32; depth++)
        {
            var child = ChildAt(root, parent, rootX, rootY);
            if (child == 0 || child == window)
                return 0;
            if (display.GetProperty(child, display.Atoms.XdndAware) is { Length: >= sizeof(uint) } aware)
            {
                version = BitConverter.ToUInt32(aware);
                return version >= LowestVersion ? child : 0;
            }
            parent = child;
        }
        return 0;
    }

    private uint ChildAt(uint root, uint parent, short rootX, short rootY)
    {
        var reply = Xcb.TranslateCoordinatesReply(display.Connection, Xcb.TranslateCoordinates(display.Connection, root, parent, rootX, rootY), null);
        if (reply == null)
            return 0;
        var child = *(uint*)(reply + 8); // xcb_translate_coordinates_reply_t.child
        Xcb.Free(reply);
        return child;
    }

    private void Send(uint type, uint data1 = 0, uint data2 = 0, uint data3 = 0, uint data4 = 0)
    {
        display.SendClientMessage(_target, _target, type, window, data1, data2, data3, data4);
        Xcb.Flush(display.Connection);
    }
}

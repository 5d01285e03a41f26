using System.Text;

namespace MidiMuse.Editor.Windows.X11;

/// <summary>A connection of our own to the X server. Everything but <see cref="Wake"/> is for one thread. [ui]</summary>
internal sealed unsafe class XDisplay : IDisposable
{
    private const short PollIn = 1;
    private const int NonBlocking = 0x800; // EFD_NONBLOCK, sys/eventfd.h

    private readonly int _wake;

    public XDisplay()
    {
        Connection = Xcb.Connect(DisplayName, out var screenIndex);
        if (Xcb.ConnectionHasError(Connection) != 0)
        {
            Xcb.Disconnect(Connection);
            throw new InvalidOperationException("There is no X display to show the editor on.");
        }
        var setup = Xcb.GetSetup(Connection);
        var screens = Xcb.SetupRootsIterator(setup);
        while (screenIndex-- > 0 && screens.Remaining > 1)
            Xcb.ScreenNext(&screens);
        // The setup, and the screen inside it, live as long as the connection.
        Screen = *screens.Data;
        if (Screen.RootDepth is not (24 or 32))
        {
            Xcb.Disconnect(Connection);
            throw new InvalidOperationException($"The display has {Screen.RootDepth} bits a pixel; the editor needs 24 or more.");
        }
        _wake = Xcb.EventFd(0, NonBlocking);
        Atoms = new XAtoms(this);
        Keyboard = new XKeyboard(this, setup[34], setup[35]); // min_keycode, max_keycode of xcb_setup_t
    }

    /// <summary>Which display; null for that of the environment.</summary>
    public static string? DisplayName { get; set; }

    public nint Connection { get; }

    public XScreen Screen { get; }

    public XAtoms Atoms { get; }

    public XKeyboard Keyboard { get; }

    public bool IsAlive => Xcb.ConnectionHasError(Connection) == 0;

    /// <summary>Bytes of the longest request.</summary>
    public long LongestRequest => Xcb.GetMaximumRequestLength(Connection) * 4L;

    public uint Atom(string name)
    {
        var bytes = Encoding.ASCII.GetBytes(name);
        fixed (byte* pinned = bytes)
        {
            var reply = Xcb.InternAtomReply(Connection, Xcb.InternAtom(Connection, 0, (ushort)bytes.Length, pinned), null);
            if (reply == null)
                return 0;
            var atom = *(uint*)(reply + 8); // xcb_intern_atom_reply_t.atom
            Xcb.Free(reply);
            return atom;
        }
    }

    public void SetProperty(uint window, uint property, uint type, ReadOnlySpan<uint> values)
    {
        fixed (uint* pinned = values)
            Xcb.ChangeProperty(Connection, 0, window, property, type, 32, (uint)values.Length, pinned);
    }

    public void SetProperty(uint window, uint property, uint type, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pinned = bytes)
            Xcb.ChangeProperty(Connection, 0, window, property, type, 8, (uint)bytes.Length, pinned);
    }

    /// <summary>The bytes of a property; empty where it is missing.</summary>
    public byte[] GetProperty(uint window, uint property, bool delete = false)
    {
        const uint longestWords = 65536;
        var reply = Xcb.GetPropertyReply(Connection, Xcb.GetProperty(Connection, delete ? (byte)1 : (byte)0, window, property, 0, 0, longestWords), null);
        if (reply == null)
            return [];
        // xcb_get_property_reply_t: format at 1, value_len at 16, the value after 32 bytes.
        var length = *(uint*)(reply + 16) * (reply[1] / 8u);
        var bytes = new ReadOnlySpan<byte>(reply + 32, (int)length).ToArray();
        Xcb.Free(reply);
        return bytes;
    }

    public void SendClientMessage(uint destination, uint window, uint type, uint data0, uint data1 = 0, uint data2 = 0, uint data3 = 0, uint data4 = 0)
    {
        var message = new XEvent
        {
            ResponseType = (byte)XEventType.ClientMessage,
            Format = 32,
            Window = window,
            MessageType = type,
            Data0 = data0,
            Data1 = data1,
            Data2 = data2,
            Data3 = data3,
            Data4 = data4,
        };
        Xcb.SendEvent(Connection, 0, destination, 0, &message);
    }

    public void Wait(int milliseconds)
    {
        Xcb.Flush(Connection);
        var descriptors = stackalloc PollFd[2];
        descriptors[0] = new PollFd { Descriptor = Xcb.GetFileDescriptor(Connection), Events = PollIn };
        descriptors[1] = new PollFd { Descriptor = _wake, Events = PollIn };
        Xcb.Poll(descriptors, 2, milliseconds);
        ulong count;
        _ = Xcb.Read(_wake, &count, sizeof(ulong));
    }

    /// <summary>Ends a wait. Any thread, as long as the display is not disposed of.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Xcb.Write(_wake, &one, sizeof(ulong));
    }

    public void Dispose()
    {
        Xcb.Disconnect(Connection);
        Xcb.Close(_wake);
    }
}

namespace MidiMuse.Editor.Windows.X11;

/// <summary>Names that the protocols of X clients use, as the server numbers them.</summary>
internal sealed class XAtoms(XDisplay display)
{
    /// <summary>Predefined in X11/Xatom.h.</summary>
    public const uint Atom = 4;

    public const uint String = 31;
    public const uint WmName = 39;

    public uint WmProtocols { get; } = display.Atom("WM_PROTOCOLS");

    public uint WmDeleteWindow { get; } = display.Atom("WM_DELETE_WINDOW");

    public uint XEmbed { get; } = display.Atom("_XEMBED");

    public uint XEmbedInfo { get; } = display.Atom("_XEMBED_INFO");

    public uint XdndAware { get; } = display.Atom("XdndAware");

    public uint XdndEnter { get; } = display.Atom("XdndEnter");

    public uint XdndPosition { get; } = display.Atom("XdndPosition");

    public uint XdndStatus { get; } = display.Atom("XdndStatus");

    public uint XdndLeave { get; } = display.Atom("XdndLeave");

    public uint XdndDrop { get; } = display.Atom("XdndDrop");

    public uint XdndFinished { get; } = display.Atom("XdndFinished");

    public uint XdndSelection { get; } = display.Atom("XdndSelection");

    public uint XdndActionCopy { get; } = display.Atom("XdndActionCopy");

    public uint XdndTypeList { get; } = display.Atom("XdndTypeList");

    public uint UriList { get; } = display.Atom("text/uri-list");

    public uint Targets { get; } = display.Atom("TARGETS");

    /// <summary>Where another client puts what it drops.</summary>
    public uint DropProperty { get; } = display.Atom("MIDIMUSE_DROP");
}

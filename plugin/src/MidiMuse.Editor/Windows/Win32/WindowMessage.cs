namespace MidiMuse.Editor.Windows.Win32;

/// <summary>The messages that the editor's window handles. Values from winuser.h, each name without its WM_.</summary>
internal enum WindowMessage : uint
{
    Destroy = 0x0002,
    Size = 0x0005,
    Paint = 0x000F,
    Close = 0x0010,
    EraseBackground = 0x0014,
    SetCursor = 0x0020,
    MouseActivate = 0x0021,
    GetDialogCode = 0x0087,
    KeyDown = 0x0100,
    Character = 0x0102,
    MouseMove = 0x0200,
    LeftDown = 0x0201,
    LeftUp = 0x0202,
    LeftDoubleClick = 0x0203,
    RightDown = 0x0204,
    RightUp = 0x0205,
    RightDoubleClick = 0x0206,
    MiddleDown = 0x0207,
    MiddleUp = 0x0208,
    MiddleDoubleClick = 0x0209,
    Wheel = 0x020A,
    HorizontalWheel = 0x020E,
    CaptureChanged = 0x0215,
    MouseLeave = 0x02A3,
}

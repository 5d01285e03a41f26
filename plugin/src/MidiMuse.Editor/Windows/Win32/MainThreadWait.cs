namespace MidiMuse.Editor.Windows.Win32;

/// <summary>
/// Waiting on the host's thread for the editor's. What the editor's window does can send the host's window a message (the
/// keyboard's change from one to the other, above all) and go on only when it was answered, so such messages are
/// answered here; everything else stays in the queue until the host fetches it. [main]
/// </summary>
internal static unsafe class MainThreadWait
{
    private const uint SentMessages = 0x0040; // QS_SENDMESSAGE
    private const uint SentMessagesOnly = SentMessages << 16; // PM_QS_SENDMESSAGE, PM_NOREMOVE
    private const uint EvenIfSeen = 0x0004; // MWMO_INPUTAVAILABLE: a message that came before this wait counts too
    private const uint Forever = 0xFFFFFFFF;

    public static void For(EventWaitHandle happened)
    {
        var handle = happened.SafeWaitHandle.DangerousGetHandle(); // the caller keeps it
        while (Win32.MsgWaitForMultipleObjectsEx(1, &handle, Forever, SentMessages, EvenIfSeen) == 1)
        {
            Message message;
            _ = Win32.PeekMessage(&message, 0, 0, 0, SentMessagesOnly); // answers on its way
        }
    }
}

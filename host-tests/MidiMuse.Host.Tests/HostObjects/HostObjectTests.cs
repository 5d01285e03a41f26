using System.Text;
using MidiMuse.Host.HostObjects;
using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.Tests.HostObjects;

/// <summary>The host's objects, called as a plugin calls them: through their tables of function pointers.</summary>
public sealed unsafe class HostObjectTests
{
    [Fact]
    public void Every_interface_of_an_object_answers_with_one_identity()
    {
        var before = HostObject.LiveCount;
        using (var application = new HostApplication())
        {
            var support = FUnknown.Query(application.Pointer, IPlugInterfaceSupport.Iid);
            Assert.True(support != null && support != application.Pointer);
            var identity = FUnknown.Query(support, FUnknown.Iid);
            Assert.True(identity == application.Pointer);
            Assert.True(FUnknown.Query(support, IBStream.Iid) == null);
            Release(identity);
            Release(support);
        }
        Assert.Equal(before, HostObject.LiveCount);
    }

    [Fact]
    public void An_object_lives_until_the_plugin_releases_it()
    {
        var before = HostObject.LiveCount;
        var stream = new ByteStream([1, 2, 3]);
        var pointer = (IBStream*)FUnknown.Query(stream.Pointer, IBStream.Iid);
        stream.Dispose();
        Assert.Equal(before + 1, HostObject.LiveCount);
        byte first;
        Assert.Equal(TResult.Ok, pointer->Vtable->Read(pointer, &first, 1, null));
        Assert.Equal(1, first);
        Release(pointer);
        Assert.Equal(before, HostObject.LiveCount);
    }

    [Fact]
    public void Messages_carry_numbers_texts_and_bytes()
    {
        var before = HostObject.LiveCount;
        using (var application = new HostApplication())
        {
            var message = CreateMessage(application);
            fixed (byte* id = "clip\0"u8)
                message->Vtable->SetMessageId(message, id);
            Assert.Equal((byte)'c', message->Vtable->GetMessageId(message)[0]);
            var list = (IAttributeList*)message->Vtable->GetAttributes(message);
            fixed (byte* key = "k\0"u8)
            {
                long number;
                double real;
                Assert.Equal(TResult.Ok, list->Vtable->SetInt(list, key, 42));
                Assert.Equal(TResult.Ok, list->Vtable->GetInt(list, key, &number));
                Assert.Equal(42, number);
                Assert.Equal(TResult.False, list->Vtable->GetFloat(list, key, &real));
                AssertText(list, key);
                AssertBytes(list, key);
            }
            Release(message);
        }
        Assert.Equal(before, HostObject.LiveCount);
    }

    [Fact]
    public void Streams_can_be_short_and_can_be_sought()
    {
        using var stream = new ByteStream("0123456789"u8, maxChunkBytes: 3);
        var pointer = (IBStream*)stream.Pointer;
        var buffer = stackalloc byte[10];
        int done;
        long position;
        Assert.Equal(TResult.Ok, pointer->Vtable->Read(pointer, buffer, 10, &done));
        Assert.Equal(3, done);
        Assert.Equal(TResult.Ok, pointer->Vtable->Seek(pointer, -1, 2, &position));
        Assert.Equal(9, position);
        Assert.Equal(TResult.Ok, pointer->Vtable->Read(pointer, buffer, 10, &done));
        Assert.Equal(1, done);
        Assert.Equal((byte)'9', buffer[0]);
        Assert.Equal(TResult.Ok, pointer->Vtable->Read(pointer, buffer, 10, &done));
        Assert.Equal(0, done);
        Assert.NotEqual(TResult.Ok, pointer->Vtable->Seek(pointer, -11, 2, &position));
        Assert.NotEqual(TResult.Ok, pointer->Vtable->Read(pointer, buffer, -1, &done));
    }

    [Fact]
    public void A_full_event_list_refuses_and_counts()
    {
        using var list = new EventList(2);
        var pointer = (IEventList*)list.Pointer;
        var added = new Event { SampleOffset = 7 };
        Assert.Equal(TResult.Ok, pointer->Vtable->AddEvent(pointer, &added));
        Assert.Equal(TResult.Ok, pointer->Vtable->AddEvent(pointer, &added));
        Assert.Equal(TResult.False, pointer->Vtable->AddEvent(pointer, &added));
        Assert.Equal((2, 1L), (list.Count, list.Refused));
        Event read;
        Assert.Equal(TResult.Ok, pointer->Vtable->GetEvent(pointer, 1, &read));
        Assert.Equal(7, read.SampleOffset);
        Assert.NotEqual(TResult.Ok, pointer->Vtable->GetEvent(pointer, 2, &read));
        Assert.NotEqual(TResult.Ok, pointer->Vtable->GetEvent(pointer, -1, &read));
    }

    [Fact]
    public void Parameter_points_are_kept_in_order_of_offset()
    {
        using var changes = new ParameterChanges(2);
        var pointer = (IParameterChanges*)changes.Pointer;
        uint id = 99;
        int index;
        var queue = (IParamValueQueue*)pointer->Vtable->AddParameterData(pointer, &id, &index);
        Assert.Equal(TResult.Ok, queue->Vtable->AddPoint(queue, 10, 0.5, &index));
        Assert.Equal(TResult.Ok, queue->Vtable->AddPoint(queue, 5, 0.25, &index));
        Assert.Equal(0, index);
        Assert.Equal(TResult.Ok, queue->Vtable->AddPoint(queue, 10, 0.75, &index));
        Assert.Equal(2, queue->Vtable->GetPointCount(queue));
        int offset;
        double value;
        Assert.Equal(TResult.Ok, queue->Vtable->GetPoint(queue, 1, &offset, &value));
        Assert.Equal((10, 0.75), (offset, value));
        Assert.True(pointer->Vtable->AddParameterData(pointer, &id, &index) == queue);
        id = 1;
        Assert.True(pointer->Vtable->AddParameterData(pointer, &id, &index) != null);
        id = 2;
        Assert.True(pointer->Vtable->AddParameterData(pointer, &id, &index) == null);
    }

    private static IMessage* CreateMessage(HostApplication application)
    {
        var host = (IHostApplication*)application.Pointer;
        var cid = IMessage.Iid;
        void* message;
        Assert.Equal(TResult.Ok, host->Vtable->CreateInstance(host, &cid, &cid, &message));
        return (IMessage*)message;
    }

    private static void AssertText(IAttributeList* list, byte* key)
    {
        fixed (char* text = "répons")
            Assert.Equal(TResult.Ok, list->Vtable->SetString(list, key, text));
        var copy = stackalloc char[4];
        Assert.Equal(TResult.Ok, list->Vtable->GetString(list, key, copy, 4 * sizeof(char)));
        Assert.Equal("rép", new string(copy));
    }

    private static void AssertBytes(IAttributeList* list, byte* key)
    {
        var bytes = Encoding.ASCII.GetBytes("state");
        fixed (byte* data = bytes)
            Assert.Equal(TResult.Ok, list->Vtable->SetBinary(list, key, data, (uint)bytes.Length));
        void* copy;
        uint size;
        Assert.Equal(TResult.Ok, list->Vtable->GetBinary(list, key, &copy, &size));
        Assert.Equal(bytes, new ReadOnlySpan<byte>(copy, (int)size).ToArray());
    }

    private static void Release(void* pointer) => ((FUnknown*)pointer)->Vtable->Release(pointer);
}

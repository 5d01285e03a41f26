using MidiMuse.Host.Vst3;

namespace MidiMuse.Host.HostObjects;

/// <summary>
/// Calls every method that a plugin calls while it processes, once, so that none is compiled inside a measured block.
/// </summary>
internal static unsafe class CallbackWarmUp
{
    internal static void Run(EventList events, ParameterChanges changes)
    {
        var list = (IEventList*)events.Pointer; // both objects outlive this call
        Event e = default;
        _ = list->Vtable->AddEvent(list, &e);
        _ = list->Vtable->GetEventCount(list);
        _ = list->Vtable->GetEvent(list, 0, &e);
        events.Clear();
        var parameters = (IParameterChanges*)changes.Pointer;
        uint id = 0;
        int index;
        double value;
        var queue = (IParamValueQueue*)parameters->Vtable->AddParameterData(parameters, &id, &index);
        _ = parameters->Vtable->GetParameterCount(parameters);
        _ = parameters->Vtable->GetParameterData(parameters, 0);
        _ = queue->Vtable->AddPoint(queue, 0, 0, &index);
        _ = queue->Vtable->GetPointCount(queue);
        _ = queue->Vtable->GetPoint(queue, 0, &index, &value);
        _ = queue->Vtable->GetParameterId(queue);
        changes.Clear();
    }
}

// Facts from gui/iplugview.h, VST SDK 3.8.1, namespace Linux: IEventHandler, ITimerHandler, IRunLoop.
#pragma once

#include "funknown.h"

namespace midimuse::vst3 {

using FileDescriptor = int;
using TimerInterval = std::uint64_t; // milliseconds

class IEventHandler : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x561E65C9, 0x13A0496F, 0x813A2C35, 0x654D7983);

    virtual void MM_STDCALL onFDIsSet(FileDescriptor descriptor) = 0;

protected:
    ~IEventHandler() = default;
};

class ITimerHandler;

class IRunLoop : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x18C35366, 0x97764F1A, 0x9C5B8385, 0x7A871389);

    virtual tresult MM_STDCALL registerEventHandler(IEventHandler* handler, FileDescriptor descriptor) = 0;
    virtual tresult MM_STDCALL unregisterEventHandler(IEventHandler* handler) = 0;
    virtual tresult MM_STDCALL registerTimer(ITimerHandler* handler, TimerInterval milliseconds) = 0;
    virtual tresult MM_STDCALL unregisterTimer(ITimerHandler* handler) = 0;

protected:
    ~IRunLoop() = default;
};

} // namespace midimuse::vst3

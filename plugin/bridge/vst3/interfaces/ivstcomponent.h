// Facts from vst/ivstcomponent.h, VST SDK 3.8.1: IComponent and its buses.
#pragma once

#include "ibstream.h"
#include "ipluginbase.h"
#include "vsttypes.h"

namespace midimuse::vst3 {

enum MediaTypes : MediaType { kAudio = 0, kEvent };
enum BusDirections : BusDirection { kInput = 0, kOutput };
enum BusTypes : BusType { kMain = 0, kAux };

struct BusInfo {
    enum BusFlags : std::uint32_t { kDefaultActive = 1 << 0 };

    MediaType mediaType;
    BusDirection direction;
    std::int32_t channelCount;
    String128 name;
    BusType busType;
    std::uint32_t flags;
};

struct RoutingInfo {
    MediaType mediaType;
    std::int32_t busIndex;
    std::int32_t channel;
};

class IComponent : public IPluginBase {
public:
    static constexpr Uid iid = makeUid(0xE831FF31, 0xF2D54301, 0x928EBBEE, 0x25697802);

    virtual tresult MM_STDCALL getControllerClassId(TUID classId) = 0;
    virtual tresult MM_STDCALL setIoMode(IoMode mode) = 0;
    virtual std::int32_t MM_STDCALL getBusCount(MediaType type, BusDirection direction) = 0;
    virtual tresult MM_STDCALL getBusInfo(MediaType type, BusDirection direction, std::int32_t index, BusInfo& bus) = 0;
    virtual tresult MM_STDCALL getRoutingInfo(RoutingInfo& in, RoutingInfo& out) = 0;
    virtual tresult MM_STDCALL activateBus(MediaType type, BusDirection direction, std::int32_t index, TBool state) = 0;
    virtual tresult MM_STDCALL setActive(TBool state) = 0;
    virtual tresult MM_STDCALL setState(IBStream* state) = 0;
    virtual tresult MM_STDCALL getState(IBStream* state) = 0;

protected:
    ~IComponent() = default;
};

} // namespace midimuse::vst3

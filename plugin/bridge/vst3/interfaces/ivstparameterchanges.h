// Facts from vst/ivstparameterchanges.h, VST SDK 3.8.1: IParamValueQueue and IParameterChanges.
#pragma once

#include "vsttypes.h"

namespace midimuse::vst3 {

class IParamValueQueue : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x01263A18, 0xED074F6F, 0x98C9D356, 0x4686F9BA);

    virtual ParamID MM_STDCALL getParameterId() = 0;
    virtual std::int32_t MM_STDCALL getPointCount() = 0;
    virtual tresult MM_STDCALL getPoint(std::int32_t index, std::int32_t& sampleOffset, ParamValue& value) = 0;
    virtual tresult MM_STDCALL addPoint(std::int32_t sampleOffset, ParamValue value, std::int32_t& index) = 0;

protected:
    ~IParamValueQueue() = default;
};

class IParameterChanges : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0xA4779663, 0x0BB64A56, 0xB44384A8, 0x466FEB9D);

    virtual std::int32_t MM_STDCALL getParameterCount() = 0;
    virtual IParamValueQueue* MM_STDCALL getParameterData(std::int32_t index) = 0;
    virtual IParamValueQueue* MM_STDCALL addParameterData(const ParamID& id, std::int32_t& index) = 0;

protected:
    ~IParameterChanges() = default;
};

} // namespace midimuse::vst3

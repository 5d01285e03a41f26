// Facts from vst/ivstmessage.h and vst/ivstattributes.h, VST SDK 3.8.1: IMessage, IConnectionPoint, IAttributeList.
#pragma once

#include "vsttypes.h"

namespace midimuse::vst3 {

class IAttributeList : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x1E5F0AEB, 0xCC7F4533, 0xA2544011, 0x38AD5EE4);

    using AttrID = const char*;

    virtual tresult MM_STDCALL setInt(AttrID id, std::int64_t value) = 0;
    virtual tresult MM_STDCALL getInt(AttrID id, std::int64_t& value) = 0;
    virtual tresult MM_STDCALL setFloat(AttrID id, double value) = 0;
    virtual tresult MM_STDCALL getFloat(AttrID id, double& value) = 0;
    virtual tresult MM_STDCALL setString(AttrID id, const TChar* string) = 0;
    virtual tresult MM_STDCALL getString(AttrID id, TChar* string, std::uint32_t sizeInBytes) = 0;
    virtual tresult MM_STDCALL setBinary(AttrID id, const void* data, std::uint32_t sizeInBytes) = 0;
    virtual tresult MM_STDCALL getBinary(AttrID id, const void*& data, std::uint32_t& sizeInBytes) = 0;

protected:
    ~IAttributeList() = default;
};

class IMessage : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x936F033B, 0xC6C047DB, 0xBB0882F8, 0x13C1E613);

    virtual FIDString MM_STDCALL getMessageID() = 0;
    virtual void MM_STDCALL setMessageID(FIDString id) = 0;
    virtual IAttributeList* MM_STDCALL getAttributes() = 0;

protected:
    ~IMessage() = default;
};

class IConnectionPoint : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x70A4156F, 0x6E6E4026, 0x989148BF, 0xAA60D8D1);

    virtual tresult MM_STDCALL connect(IConnectionPoint* other) = 0;
    virtual tresult MM_STDCALL disconnect(IConnectionPoint* other) = 0;
    virtual tresult MM_STDCALL notify(IMessage* message) = 0;

protected:
    ~IConnectionPoint() = default;
};

} // namespace midimuse::vst3

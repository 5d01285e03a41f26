// Facts from base/ipluginbase.h, VST SDK 3.8.1: IPluginBase, IPluginFactory, IPluginFactory2, IPluginFactory3.
#pragma once

#include "funknown.h"

namespace midimuse::vst3 {

class IPluginBase : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x22888DDB, 0x156E45AE, 0x8358B348, 0x08190625);

    virtual tresult MM_STDCALL initialize(FUnknown* context) = 0;
    virtual tresult MM_STDCALL terminate() = 0;

protected:
    ~IPluginBase() = default;
};

struct PFactoryInfo {
    enum FactoryFlags : std::int32_t { kUnicode = 1 << 4 };

    char vendor[64];
    char url[256];
    char email[128];
    std::int32_t flags;
};

inline constexpr std::int32_t kManyInstances = 0x7FFFFFFF;

struct PClassInfo {
    TUID cid;
    std::int32_t cardinality;
    char category[32];
    char name[64];
};

struct PClassInfo2 {
    TUID cid;
    std::int32_t cardinality;
    char category[32];
    char name[64];
    std::uint32_t classFlags;
    char subCategories[128];
    char vendor[64];
    char version[64];
    char sdkVersion[64];
};

struct PClassInfoW {
    TUID cid;
    std::int32_t cardinality;
    char category[32];
    char16_t name[64];
    std::uint32_t classFlags;
    char subCategories[128];
    char16_t vendor[64];
    char16_t version[64];
    char16_t sdkVersion[64];
};

class IPluginFactory : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x7A4D811C, 0x52114A1F, 0xAED9D2EE, 0x0B43BF9F);

    virtual tresult MM_STDCALL getFactoryInfo(PFactoryInfo* info) = 0;
    virtual std::int32_t MM_STDCALL countClasses() = 0;
    virtual tresult MM_STDCALL getClassInfo(std::int32_t index, PClassInfo* info) = 0;
    virtual tresult MM_STDCALL createInstance(FIDString cid, FIDString requested, void** object) = 0;

protected:
    ~IPluginFactory() = default;
};

class IPluginFactory2 : public IPluginFactory {
public:
    static constexpr Uid iid = makeUid(0x0007B650, 0xF24B4C0B, 0xA464EDB9, 0xF00B2ABB);

    virtual tresult MM_STDCALL getClassInfo2(std::int32_t index, PClassInfo2* info) = 0;

protected:
    ~IPluginFactory2() = default;
};

class IPluginFactory3 : public IPluginFactory2 {
public:
    static constexpr Uid iid = makeUid(0x4555A2AB, 0xC1234E57, 0x9B122910, 0x36878931);

    virtual tresult MM_STDCALL getClassInfoUnicode(std::int32_t index, PClassInfoW* info) = 0;
    virtual tresult MM_STDCALL setHostContext(FUnknown* context) = 0;

protected:
    ~IPluginFactory3() = default;
};

} // namespace midimuse::vst3

// Facts from gui/iplugview.h and gui/iplugviewcontentscalesupport.h, VST SDK 3.8.1: IPlugView, IPlugFrame, scale support.
#pragma once

#include "funknown.h"

namespace midimuse::vst3 {

struct ViewRect {
    std::int32_t left;
    std::int32_t top;
    std::int32_t right;
    std::int32_t bottom;
};

class IPlugView;

class IPlugFrame : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x367FAF01, 0xAFA94693, 0x8D4DA2A0, 0xED0882A3);

    virtual tresult MM_STDCALL resizeView(IPlugView* view, ViewRect* newSize) = 0;

protected:
    ~IPlugFrame() = default;
};

class IPlugView : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x5BC32507, 0xD06049EA, 0xA6151B52, 0x2B755B29);

    virtual tresult MM_STDCALL isPlatformTypeSupported(FIDString type) = 0;
    virtual tresult MM_STDCALL attached(void* parent, FIDString type) = 0;
    virtual tresult MM_STDCALL removed() = 0;
    virtual tresult MM_STDCALL onWheel(float distance) = 0;
    virtual tresult MM_STDCALL onKeyDown(char16_t key, std::int16_t keyCode, std::int16_t modifiers) = 0;
    virtual tresult MM_STDCALL onKeyUp(char16_t key, std::int16_t keyCode, std::int16_t modifiers) = 0;
    virtual tresult MM_STDCALL getSize(ViewRect* size) = 0;
    virtual tresult MM_STDCALL onSize(ViewRect* newSize) = 0;
    virtual tresult MM_STDCALL onFocus(TBool state) = 0;
    virtual tresult MM_STDCALL setFrame(IPlugFrame* frame) = 0;
    virtual tresult MM_STDCALL canResize() = 0;
    virtual tresult MM_STDCALL checkSizeConstraint(ViewRect* rect) = 0;

protected:
    ~IPlugView() = default;
};

class IPlugViewContentScaleSupport : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x65ED9690, 0x8AC44525, 0x8AADEF7A, 0x72EA703F);

    virtual tresult MM_STDCALL setContentScaleFactor(float factor) = 0;

protected:
    ~IPlugViewContentScaleSupport() = default;
};

} // namespace midimuse::vst3

// Facts from vst/ivsteditcontroller.h, VST SDK 3.8.1: IEditController, IEditController2, IComponentHandler, IMidiMapping.
#pragma once

#include "ibstream.h"
#include "iplugview.h"
#include "ipluginbase.h"
#include "vsttypes.h"

namespace midimuse::vst3 {

struct ParameterInfo {
    enum ParameterFlags : std::int32_t {
        kNoFlags = 0,
        kCanAutomate = 1 << 0,
        kIsReadOnly = 1 << 1,
        kIsWrapAround = 1 << 2,
        kIsList = 1 << 3,
        kIsHidden = 1 << 4,
        kIsProgramChange = 1 << 15,
        kIsBypass = 1 << 16
    };

    ParamID id;
    String128 title;
    String128 shortTitle;
    String128 units;
    std::int32_t stepCount;
    ParamValue defaultNormalizedValue;
    UnitID unitId;
    std::int32_t flags;
};

/// Controllers beyond the 128 of MIDI, from vst/ivstmidicontrollers.h.
enum ControllerNumbers : CtrlNumber { kAfterTouch = 128, kPitchBend = 129, kCountCtrlNumber = 130 };

/// The name under which hosts ask for the editor, Vst::ViewType::kEditor.
inline constexpr FIDString kEditorView = "editor";

enum RestartFlags : std::int32_t { kParamValuesChanged = 1 << 2, kParamTitlesChanged = 1 << 4 };

class IComponentHandler : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x93A0BEA3, 0x0BD045DB, 0x8E890B0C, 0xC1E46AC6);

    virtual tresult MM_STDCALL beginEdit(ParamID id) = 0;
    virtual tresult MM_STDCALL performEdit(ParamID id, ParamValue normalized) = 0;
    virtual tresult MM_STDCALL endEdit(ParamID id) = 0;
    virtual tresult MM_STDCALL restartComponent(std::int32_t flags) = 0;

protected:
    ~IComponentHandler() = default;
};

class IEditController : public IPluginBase {
public:
    static constexpr Uid iid = makeUid(0xDCD7BBE3, 0x7742448D, 0xA874AACC, 0x979C759E);

    virtual tresult MM_STDCALL setComponentState(IBStream* state) = 0;
    virtual tresult MM_STDCALL setState(IBStream* state) = 0;
    virtual tresult MM_STDCALL getState(IBStream* state) = 0;
    virtual std::int32_t MM_STDCALL getParameterCount() = 0;
    virtual tresult MM_STDCALL getParameterInfo(std::int32_t index, ParameterInfo& info) = 0;
    virtual tresult MM_STDCALL getParamStringByValue(ParamID id, ParamValue normalized, String128 string) = 0;
    virtual tresult MM_STDCALL getParamValueByString(ParamID id, TChar* string, ParamValue& normalized) = 0;
    virtual ParamValue MM_STDCALL normalizedParamToPlain(ParamID id, ParamValue normalized) = 0;
    virtual ParamValue MM_STDCALL plainParamToNormalized(ParamID id, ParamValue plain) = 0;
    virtual ParamValue MM_STDCALL getParamNormalized(ParamID id) = 0;
    virtual tresult MM_STDCALL setParamNormalized(ParamID id, ParamValue normalized) = 0;
    virtual tresult MM_STDCALL setComponentHandler(IComponentHandler* handler) = 0;
    virtual IPlugView* MM_STDCALL createView(FIDString name) = 0;

protected:
    ~IEditController() = default;
};

class IEditController2 : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x7F4EFE59, 0xF3204967, 0xAC27A3AE, 0xAFB63038);

    virtual tresult MM_STDCALL setKnobMode(std::int32_t mode) = 0;
    virtual tresult MM_STDCALL openHelp(TBool onlyCheck) = 0;
    virtual tresult MM_STDCALL openAboutBox(TBool onlyCheck) = 0;

protected:
    ~IEditController2() = default;
};

class IMidiMapping : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0xDF0FF9F7, 0x49B74669, 0xB63AB732, 0x7ADBF5E5);

    virtual tresult MM_STDCALL getMidiControllerAssignment(std::int32_t busIndex, std::int16_t channel,
                                                           CtrlNumber controller, ParamID& id) = 0;

protected:
    ~IMidiMapping() = default;
};

} // namespace midimuse::vst3

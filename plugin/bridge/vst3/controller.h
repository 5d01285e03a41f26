// The controller half as hosts see it: parameters, MIDI mapping, units and programs. [main]
#pragma once

#include "com.h"
#include "instance_registry.h"
#include "interfaces/ivsteditcontroller.h"
#include "interfaces/ivstmessage.h"
#include "interfaces/ivstunits.h"
#include "parameter_table.h"

#include <cstdint>
#include <memory>
#include <string>

namespace midimuse::vst3 {

class Controller final : public IEditController, public IEditController2, public IMidiMapping, public IUnitInfo, public IConnectionPoint {
public:
    static tresult create(const char* requested, void** object) noexcept;

    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override;
    std::uint32_t MM_STDCALL addRef() override { return references_.increment(); }
    std::uint32_t MM_STDCALL release() override;

    // IPluginBase
    tresult MM_STDCALL initialize(FUnknown* context) override;
    tresult MM_STDCALL terminate() override;

    // IEditController
    tresult MM_STDCALL setComponentState(IBStream* state) override;
    tresult MM_STDCALL setState(IBStream* state) override;
    tresult MM_STDCALL getState(IBStream* state) override;
    std::int32_t MM_STDCALL getParameterCount() override;
    tresult MM_STDCALL getParameterInfo(std::int32_t index, ParameterInfo& info) override;
    tresult MM_STDCALL getParamStringByValue(ParamID id, ParamValue normalized, String128 string) override;
    tresult MM_STDCALL getParamValueByString(ParamID id, TChar* string, ParamValue& normalized) override;
    ParamValue MM_STDCALL normalizedParamToPlain(ParamID id, ParamValue normalized) override;
    ParamValue MM_STDCALL plainParamToNormalized(ParamID id, ParamValue plain) override;
    ParamValue MM_STDCALL getParamNormalized(ParamID id) override;
    tresult MM_STDCALL setParamNormalized(ParamID id, ParamValue normalized) override;
    tresult MM_STDCALL setComponentHandler(IComponentHandler* handler) override;
    IPlugView* MM_STDCALL createView(FIDString name) override;

    // IEditController2
    tresult MM_STDCALL setKnobMode(std::int32_t mode) override;
    tresult MM_STDCALL openHelp(TBool onlyCheck) override;
    tresult MM_STDCALL openAboutBox(TBool onlyCheck) override;

    // IMidiMapping
    tresult MM_STDCALL getMidiControllerAssignment(std::int32_t busIndex, std::int16_t channel, CtrlNumber controller, ParamID& id) override;

    // IUnitInfo
    std::int32_t MM_STDCALL getUnitCount() override;
    tresult MM_STDCALL getUnitInfo(std::int32_t index, UnitInfo& info) override;
    std::int32_t MM_STDCALL getProgramListCount() override;
    tresult MM_STDCALL getProgramListInfo(std::int32_t index, ProgramListInfo& info) override;
    tresult MM_STDCALL getProgramName(ProgramListID listId, std::int32_t programIndex, String128 name) override;
    tresult MM_STDCALL getProgramInfo(ProgramListID listId, std::int32_t programIndex, CString attributeId, String128 value) override;
    tresult MM_STDCALL hasProgramPitchNames(ProgramListID listId, std::int32_t programIndex) override;
    tresult MM_STDCALL getProgramPitchName(ProgramListID listId, std::int32_t programIndex, std::int16_t pitch, String128 name) override;
    UnitID MM_STDCALL getSelectedUnit() override;
    tresult MM_STDCALL selectUnit(UnitID unitId) override;
    tresult MM_STDCALL getUnitByBus(MediaType type, BusDirection direction, std::int32_t busIndex, std::int32_t channel, UnitID& unitId) override;
    tresult MM_STDCALL setUnitProgramData(std::int32_t listOrUnitId, std::int32_t programIndex, IBStream* data) override;

    // IConnectionPoint
    tresult MM_STDCALL connect(IConnectionPoint* other) override;
    tresult MM_STDCALL disconnect(IConnectionPoint* other) override;
    tresult MM_STDCALL notify(IMessage* message) override;

private:
    Controller() = default;
    ~Controller() = default;

    std::string engineText() const;
    std::int32_t programCount() const;
    bool managedUnit(std::int32_t index, UnitInfo& info) const;

    ReferenceCount references_;
    const mm_api* api_ = nullptr; // lives as long as the process
    std::shared_ptr<ParameterTable> parameters_; // from initialize to terminate; open editors keep it alive
    std::string hostName_;
    ComPtr<IComponentHandler> handler_;
    ComPtr<IConnectionPoint> component_;
    std::weak_ptr<PluginInstance> instance_; // found by the component's token
    UnitID selectedUnit_ = kRootUnitId;
};

} // namespace midimuse::vst3

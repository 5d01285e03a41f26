#include "controller.h"

#include "class_ids.h"
#include "interfaces/ivstcomponent.h"
#include "interfaces/ivsthostapplication.h"
#include "plug_view.h"
#include "stream.h"
#include "text.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace midimuse::vst3 {

namespace {

constexpr ProgramListID kProgramList = 1;

} // namespace

tresult Controller::create(const char* requested, void** object) noexcept {
    auto* controller = new (std::nothrow) Controller();
    if (controller == nullptr) return kOutOfMemory;
    const tresult result = controller->queryInterface(requested, object);
    controller->release();
    return result;
}

tresult Controller::queryInterface(const TUID requested, void** object) {
    if (object == nullptr) return kInvalidArgument;
    *object = nullptr;
    if (FUnknown::iid.matches(requested) || IPluginBase::iid.matches(requested) || IEditController::iid.matches(requested)) {
        *object = static_cast<IEditController*>(this);
    } else if (IEditController2::iid.matches(requested)) {
        *object = static_cast<IEditController2*>(this);
    } else if (IMidiMapping::iid.matches(requested)) {
        *object = static_cast<IMidiMapping*>(this);
    } else if (IUnitInfo::iid.matches(requested)) {
        *object = static_cast<IUnitInfo*>(this);
    } else if (IConnectionPoint::iid.matches(requested)) {
        *object = static_cast<IConnectionPoint*>(this);
    } else {
        return kNoInterface;
    }
    addRef();
    return kResultOk;
}

std::uint32_t Controller::release() {
    const std::uint32_t left = references_.decrement();
    if (left == 0) delete this;
    return left;
}

tresult Controller::initialize(FUnknown* context) {
    if (parameters_) return kResultFalse;
    return guarded([&] {
        api_ = managed::Library::get().api();
        parameters_ = std::make_shared<ParameterTable>(api_);
        String128 name{};
        if (const auto host = ComPtr<IHostApplication>::query(context); host && host->getName(name) == kResultOk) hostName_ = toUtf8(name, 128);
        return kResultOk;
    });
}

tresult Controller::terminate() {
    handler_.reset();
    component_.reset();
    instance_.reset();
    parameters_.reset();
    return kResultOk;
}

tresult Controller::setComponentState(IBStream* state) {
    if (state == nullptr) return kInvalidArgument;
    if (!parameters_) return kNotInitialized;
    return guarded([&] {
        std::vector<std::uint8_t> bytes;
        if (!readAll(*state, bytes)) return kInternalError;
        parameters_->loadState(bytes);
        return kResultOk;
    });
}

// The controller has no state of its own.
tresult Controller::setState(IBStream*) { return kNotImplemented; }
tresult Controller::getState(IBStream*) { return kNotImplemented; }

std::int32_t Controller::getParameterCount() { return parameters_ ? parameters_->count() : 0; }

tresult Controller::getParameterInfo(std::int32_t index, ParameterInfo& info) {
    if (!parameters_) return kNotInitialized;
    return guarded([&] { return parameters_->info(index, info) ? kResultOk : kInvalidArgument; });
}

tresult Controller::getParamStringByValue(ParamID id, ParamValue normalized, String128 string) {
    if (!parameters_) return kNotInitialized;
    if (string == nullptr) return kInvalidArgument;
    return guarded([&] {
        const std::string text = id == kEngineParameter ? engineText() : std::string();
        return parameters_->toText(id, normalized, text, string) ? kResultOk : kResultFalse;
    });
}

tresult Controller::getParamValueByString(ParamID id, TChar* string, ParamValue& normalized) {
    if (!parameters_) return kNotInitialized;
    if (string == nullptr) return kInvalidArgument;
    return guarded([&] { return parameters_->fromText(id, toUtf8(string, 128), normalized) ? kResultOk : kResultFalse; });
}

ParamValue Controller::normalizedParamToPlain(ParamID id, ParamValue normalized) {
    return parameters_ ? parameters_->toPlain(id, normalized) : normalized;
}

ParamValue Controller::plainParamToNormalized(ParamID id, ParamValue plain) {
    return parameters_ ? parameters_->fromPlain(id, plain) : plain;
}

ParamValue Controller::getParamNormalized(ParamID id) { return parameters_ ? parameters_->value(id) : 0.0; }

tresult Controller::setParamNormalized(ParamID id, ParamValue normalized) {
    if (!parameters_) return kNotInitialized;
    return parameters_->setValue(id, normalized) ? kResultOk : kInvalidArgument;
}

tresult Controller::setComponentHandler(IComponentHandler* handler) {
    handler_ = ComPtr<IComponentHandler>(handler);
    return kResultOk;
}

// Without an engine, or with one in another process, hosts show their generic editor.
IPlugView* Controller::createView(FIDString name) {
    const std::shared_ptr<PluginInstance> instance = instance_.lock();
    if (name == nullptr || std::strcmp(name, kEditorView) != 0 || api_ == nullptr || !parameters_ || !instance || !instance->available()) return nullptr;
    mm_editor_size size{};
    if (api_->editor_size(1.0, &size) != MM_OK) return nullptr; // no window on this system
    try {
        return new PlugView(*api_, instance, EditorHost(parameters_, handler_.get(), hostName_));
    } catch (const std::exception&) {
        return nullptr;
    }
}

tresult Controller::setKnobMode(std::int32_t) { return kResultFalse; }
tresult Controller::openHelp(TBool) { return kResultFalse; }
tresult Controller::openAboutBox(TBool) { return kResultFalse; }

tresult Controller::getMidiControllerAssignment(std::int32_t busIndex, std::int16_t channel, CtrlNumber controller, ParamID& id) {
    if (busIndex != 0 || channel < 0 || channel >= kMidiChannels) return kResultFalse;
    if (controller < 0 || controller >= kCountCtrlNumber) return kResultFalse;
    id = midiParameter(channel, controller);
    return kResultTrue;
}

std::int32_t Controller::programCount() const { return api_ == nullptr ? 0 : std::max(api_->program_count(), 0); }

bool Controller::managedUnit(std::int32_t index, UnitInfo& info) const {
    mm_unit_info unit{};
    if (api_ == nullptr || api_->unit_info(index, &unit) != MM_OK) return false;
    unit.name[sizeof unit.name - 1] = 0;
    info.id = unit.id;
    info.parentUnitId = unit.parent_id;
    toUtf16(unit.name, info.name, std::size(info.name));
    return true;
}

// The root unit comes first, whether the managed side lists it or not.
std::int32_t Controller::getUnitCount() {
    std::int32_t units = 1;
    UnitInfo info{};
    const std::int32_t listed = api_ == nullptr ? 0 : api_->unit_count();
    for (std::int32_t index = 0; index < listed; ++index) {
        if (managedUnit(index, info) && info.id != kRootUnitId) ++units;
    }
    return units;
}

tresult Controller::getUnitInfo(std::int32_t index, UnitInfo& info) {
    if (index < 0) return kInvalidArgument;
    info = UnitInfo{};
    info.programListId = kNoProgramListId;
    if (index == 0) {
        info.id = kRootUnitId;
        info.parentUnitId = kNoParentUnitId;
        info.programListId = programCount() > 0 ? kProgramList : kNoProgramListId;
        toUtf16(kPluginName, info.name, std::size(info.name));
        return kResultOk;
    }
    std::int32_t units = 0;
    const std::int32_t listed = api_ == nullptr ? 0 : api_->unit_count();
    for (std::int32_t i = 0; i < listed; ++i) {
        if (managedUnit(i, info) && info.id != kRootUnitId && ++units == index) return kResultOk;
    }
    return kInvalidArgument;
}

std::int32_t Controller::getProgramListCount() { return programCount() > 0 ? 1 : 0; }

tresult Controller::getProgramListInfo(std::int32_t index, ProgramListInfo& info) {
    if (index != 0 || programCount() == 0) return kInvalidArgument;
    info = ProgramListInfo{};
    info.id = kProgramList;
    info.programCount = programCount();
    toUtf16("Programs", info.name, std::size(info.name));
    return kResultOk;
}

tresult Controller::getProgramName(ProgramListID listId, std::int32_t programIndex, String128 name) {
    if (name == nullptr || listId != kProgramList || programIndex < 0 || programIndex >= programCount()) return kInvalidArgument;
    char text[256] = {};
    if (api_->program_name(programIndex, text, sizeof text) != MM_OK) return kResultFalse;
    text[sizeof text - 1] = 0;
    toUtf16(text, name, 128);
    return kResultOk;
}

tresult Controller::getProgramInfo(ProgramListID, std::int32_t, CString, String128) { return kNotImplemented; }
tresult Controller::hasProgramPitchNames(ProgramListID, std::int32_t) { return kResultFalse; }
tresult Controller::getProgramPitchName(ProgramListID, std::int32_t, std::int16_t, String128) { return kNotImplemented; }
UnitID Controller::getSelectedUnit() { return selectedUnit_; }

tresult Controller::selectUnit(UnitID unitId) {
    selectedUnit_ = unitId;
    return kResultOk;
}

tresult Controller::getUnitByBus(MediaType type, BusDirection direction, std::int32_t busIndex, std::int32_t, UnitID& unitId) {
    if (type != kEvent || direction != kInput || busIndex != 0) return kResultFalse;
    unitId = kRootUnitId; // program changes on any channel select a program of the root unit
    return kResultTrue;
}

tresult Controller::setUnitProgramData(std::int32_t, std::int32_t, IBStream*) { return kNotImplemented; }

tresult Controller::connect(IConnectionPoint* other) {
    if (other == nullptr) return kInvalidArgument;
    if (component_) return kResultFalse;
    component_ = ComPtr<IConnectionPoint>(other);
    return kResultOk;
}

tresult Controller::disconnect(IConnectionPoint* other) {
    if (!component_ || other != component_.get()) return kResultFalse;
    component_.reset();
    instance_.reset();
    return kResultOk;
}

tresult Controller::notify(IMessage* message) {
    if (message == nullptr) return kInvalidArgument;
    const char* id = message->getMessageID();
    if (id == nullptr || std::strcmp(id, kInstanceMessage) != 0) return kResultFalse;
    IAttributeList* attributes = message->getAttributes();
    std::int64_t token = 0;
    if (attributes == nullptr || attributes->getInt(kInstanceToken, token) != kResultOk) return kResultFalse;
    return guarded([&] {
        instance_ = findInstance(token);
        return kResultOk;
    });
}

std::string Controller::engineText() const {
    if (const std::shared_ptr<PluginInstance> instance = instance_.lock()) return instance->reason();
    return managed::Library::get().reason();
}

} // namespace midimuse::vst3

// What hosts see of the plugin with an engine behind it (the fake one): classes, buses, parameters, units, programs, state.
#include "check.h"
#include "fake_host.h"

#include <fstream>
#include <iomanip>

using namespace midimuse::tests;

namespace {

std::string hex(const char* cid) {
    std::ostringstream text;
    for (int i = 0; i < 16; ++i) text << std::hex << std::uppercase << std::setw(2) << std::setfill('0') << (static_cast<unsigned>(cid[i]) & 0xFFu);
    return text.str();
}

std::string readText(const char* file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void the_factory_and_moduleinfo_agree(Bundle& bundle, const char* moduleInfoFile) {
    const std::string moduleInfo = readText(moduleInfoFile);
    auto* factory3 = query<IPluginFactory3>(bundle.factory);
    CHECK(factory3 != nullptr);
    CHECK(query<IPluginFactory2>(bundle.factory) != nullptr);
    CHECK(query<FUnknown>(bundle.factory) != nullptr);
    CHECK(query<IComponent>(bundle.factory) == nullptr);
    PFactoryInfo info{};
    CHECK_EQUAL(factory3->getFactoryInfo(&info), kResultOk);
    CHECK(moduleInfo.find("\"Vendor\": \"" + std::string(info.vendor) + "\"") != std::string::npos);
    CHECK_EQUAL(factory3->countClasses(), 2);
    std::size_t at = 0;
    for (std::int32_t i = 0; i < 2; ++i) {
        PClassInfo2 info2{};
        PClassInfoW wide{};
        PClassInfo info1{};
        CHECK_EQUAL(factory3->getClassInfo2(i, &info2), kResultOk);
        CHECK_EQUAL(factory3->getClassInfo(i, &info1), kResultOk);
        CHECK_EQUAL(factory3->getClassInfoUnicode(i, &wide), kResultOk);
        CHECK(std::memcmp(info1.cid, info2.cid, 16) == 0 && std::memcmp(wide.cid, info2.cid, 16) == 0);
        at = moduleInfo.find("\"CID\": \"" + hex(info2.cid) + "\"", at);
        CHECK(at != std::string::npos);
        for (const std::string& pair : {"\"Category\": \"" + std::string(info2.category), "\"Name\": \"" + std::string(info2.name),
                                        "\"Version\": \"" + std::string(info2.version), "\"SDKVersion\": \"" + std::string(info2.sdkVersion)}) {
            context = pair;
            CHECK(moduleInfo.find(pair + "\"", at) != std::string::npos);
        }
        context.clear();
    }
    CHECK_EQUAL(factory3->getClassInfo2(2, nullptr), kInvalidArgument);
    CHECK_EQUAL(factory3->getClassInfo2(-1, nullptr), kInvalidArgument);
    PClassInfo2 component{};
    factory3->getClassInfo2(0, &component);
    CHECK(std::string(component.subCategories) == "Instrument|Generator");
    CHECK(std::string(component.category) == "Audio Module Class");
    void* nothing = nullptr;
    CHECK(factory3->createInstance(IComponent::iid.data(), IComponent::iid.data(), &nothing) != kResultOk);
    CHECK(nothing == nullptr);
}

void the_component_has_a_stereo_output_a_side_chain_that_is_off_and_an_event_bus_each_way(ActivePlugin& plugin) {
    IComponent* component = plugin.component;
    CHECK_EQUAL(component->getBusCount(kAudio, kInput), 1);
    CHECK_EQUAL(component->getBusCount(kAudio, kOutput), 1);
    CHECK_EQUAL(component->getBusCount(kEvent, kInput), 1);
    CHECK_EQUAL(component->getBusCount(kEvent, kOutput), 1);
    BusInfo bus{};
    CHECK_EQUAL(component->getBusInfo(kEvent, kOutput, 0, bus), kResultOk);
    CHECK_EQUAL(bus.channelCount, 16);
    CHECK_EQUAL(component->getBusInfo(kEvent, kOutput, 1, bus), kInvalidArgument);
    CHECK_EQUAL(component->getBusInfo(kAudio, kInput, 0, bus), kResultOk);
    CHECK_EQUAL(bus.busType, static_cast<BusType>(kAux));
    CHECK_EQUAL(bus.flags, 0u);
    CHECK_EQUAL(bus.channelCount, 2);
    CHECK_EQUAL(component->getBusInfo(kAudio, kOutput, 0, bus), kResultOk);
    CHECK_EQUAL(bus.busType, static_cast<BusType>(kMain));
    CHECK_EQUAL(bus.flags, static_cast<std::uint32_t>(BusInfo::kDefaultActive));
    SpeakerArrangement mono = kArrangementMono, stereo = kArrangementStereo, empty = kArrangementEmpty, surround = 0x3F, current = 0;
    CHECK_EQUAL(plugin.processor->setBusArrangements(&surround, 1, &stereo, 1), kResultFalse);
    for (SpeakerArrangement* input : {&mono, &empty, &stereo}) {
        CHECK_EQUAL(plugin.processor->setBusArrangements(input, 1, &stereo, 1), kResultTrue);
        CHECK_EQUAL(plugin.processor->getBusArrangement(kInput, 0, current), kResultOk);
        CHECK_EQUAL(current, *input);
    }
    CHECK_EQUAL(plugin.processor->setBusArrangements(nullptr, 0, &surround, 1), kResultFalse);
    CHECK_EQUAL(plugin.processor->setBusArrangements(nullptr, 0, &mono, 1), kResultTrue);
    CHECK_EQUAL(component->getBusInfo(kAudio, kOutput, 0, bus), kResultOk);
    CHECK_EQUAL(bus.channelCount, 1);
    CHECK_EQUAL(plugin.processor->setBusArrangements(nullptr, 0, &stereo, 1), kResultTrue);
    auto* requirements = query<IProcessContextRequirements>(component);
    CHECK(requirements != nullptr);
    CHECK_EQUAL(requirements->getProcessContextRequirements() & IProcessContextRequirements::kNeedBarPositionMusic, 0u);
    requirements->release();
    auto* unknown = query<FUnknown>(component);
    auto* same = query<FUnknown>(plugin.processor);
    CHECK(unknown == same);
    unknown->release();
    same->release();
}

void process_survives_what_hosts_leave_out(ActivePlugin& plugin) {
    ProcessData nothing{};
    CHECK_EQUAL(plugin.processor->process(nothing), kResultOk);
    nothing.numSamples = 64;
    CHECK_EQUAL(plugin.processor->process(nothing), kResultOk);
    double left[64] = {1};
    double* channels[3] = {left, nullptr, nullptr};
    AudioBusBuffers bus{};
    bus.numChannels = 3;
    bus.channelBuffers64 = channels;
    nothing.outputs = &bus;
    nothing.numOutputs = 1;
    nothing.symbolicSampleSize = kSample64;
    CHECK_EQUAL(plugin.processor->process(nothing), kResultOk);
    CHECK_EQUAL(left[0], 0.0);
    CHECK_EQUAL(bus.silenceFlags, 7u);
    nothing.numSamples = -1;
    CHECK(plugin.processor->process(nothing) != kResultOk);
}

struct ConnectedController {
    ConnectedController(Bundle& bundle, ActivePlugin& plugin) : controller(bundle.create<IEditController>(kControllerClass)) {
        controller->initialize(&plugin.host);
        component_ = query<IConnectionPoint>(plugin.component);
        controller_ = query<IConnectionPoint>(controller);
        controller_->connect(component_);
        component_->connect(controller_);
    }
    ~ConnectedController() {
        component_->disconnect(controller_);
        controller_->disconnect(component_);
        component_->release();
        controller_->release();
        controller->terminate();
        controller->release();
    }
    IEditController* controller;

private:
    IConnectionPoint* component_;
    IConnectionPoint* controller_;
};

void parameters_come_from_the_engine_and_controllers_from_midi(Bundle& bundle, ActivePlugin& plugin) {
    ConnectedController connected(bundle, plugin);
    IEditController* c = connected.controller;
    CHECK_EQUAL(c->getParameterCount(), 9 + 1 + 16 * 130);
    ParameterInfo info{};
    CHECK_EQUAL(c->getParameterInfo(0, info), kResultOk);
    CHECK_EQUAL(info.flags, ParameterInfo::kCanAutomate | ParameterInfo::kIsBypass);
    CHECK_EQUAL(c->getParameterInfo(5, info), kResultOk);
    CHECK(std::u16string(info.title) == u"Temperature \u00FC");
    CHECK_EQUAL(info.unitId, 1);
    CHECK_EQUAL(info.defaultNormalizedValue, 0.25);
    CHECK_EQUAL(c->getParameterInfo(4, info), kResultOk);
    CHECK((info.flags & ParameterInfo::kIsProgramChange) != 0);
    CHECK_EQUAL(c->getParameterInfo(c->getParameterCount(), info), kInvalidArgument);
    std::map<ParamID, int> ids;
    for (std::int32_t i = 0; i < c->getParameterCount(); ++i) {
        CHECK_EQUAL(c->getParameterInfo(i, info), kResultOk);
        CHECK_EQUAL(++ids[info.id], 1);
    }
    CHECK_EQUAL(c->getParamNormalized(6), 0.25);
    CHECK_EQUAL(c->setParamNormalized(6, 0.5), kResultOk);
    CHECK_EQUAL(c->getParamNormalized(6), 0.5);
    CHECK_EQUAL(c->normalizedParamToPlain(6, 0.5), 5.0);
    CHECK_EQUAL(c->plainParamToNormalized(6, 5), 0.5);
    String128 text{};
    CHECK_EQUAL(c->getParamStringByValue(6, 0.5, text), kResultOk);
    CHECK(std::u16string(text) == u"0.50");
    char16_t typed[] = u"0.75";
    double value = 0;
    CHECK_EQUAL(c->getParamValueByString(6, typed, value), kResultOk);
    CHECK_EQUAL(value, 0.75);
    CHECK(c->getParamStringByValue(4242, 0, text) != kResultOk);
    CHECK_EQUAL(c->getParamStringByValue(kEngineParameter, 0, text), kResultOk);
    CHECK(std::u16string(text) == u"Ready");

    auto* mapping = query<IMidiMapping>(c);
    for (std::int16_t channel = 0; channel < 16; ++channel) {
        for (CtrlNumber controller = 0; controller < 130; ++controller) {
            ParamID id = 0;
            CHECK_EQUAL(mapping->getMidiControllerAssignment(0, channel, controller, id), kResultTrue);
            CHECK_EQUAL(id, 0x10000u + static_cast<unsigned>(channel) * 256 + static_cast<unsigned>(controller));
            CHECK_EQUAL(ids.count(id), 1u);
        }
    }
    ParamID id = 0;
    CHECK(mapping->getMidiControllerAssignment(1, 0, 1, id) != kResultTrue);
    CHECK(mapping->getMidiControllerAssignment(0, 16, 1, id) != kResultTrue);
    CHECK(mapping->getMidiControllerAssignment(0, 0, 130, id) != kResultTrue);
    CHECK(mapping->getMidiControllerAssignment(0, -1, -1, id) != kResultTrue);
    mapping->release();
}

void units_and_programs_are_listed(Bundle& bundle, ActivePlugin& plugin) {
    ConnectedController connected(bundle, plugin);
    auto* units = query<IUnitInfo>(connected.controller);
    CHECK_EQUAL(units->getUnitCount(), 2);
    UnitInfo unit{};
    CHECK_EQUAL(units->getUnitInfo(0, unit), kResultOk);
    CHECK_EQUAL(unit.id, kRootUnitId);
    CHECK_EQUAL(unit.parentUnitId, kNoParentUnitId);
    CHECK_EQUAL(units->getUnitInfo(1, unit), kResultOk);
    CHECK_EQUAL(unit.id, 1);
    CHECK(units->getUnitInfo(2, unit) != kResultOk);
    CHECK_EQUAL(units->getProgramListCount(), 1);
    ProgramListInfo list{};
    CHECK_EQUAL(units->getProgramListInfo(0, list), kResultOk);
    CHECK_EQUAL(list.programCount, 3);
    String128 name{};
    CHECK_EQUAL(units->getProgramName(list.id, 2, name), kResultOk);
    CHECK(std::u16string(name) == u"Program 2");
    CHECK(units->getProgramName(list.id, 3, name) != kResultOk);
    units->release();
}

void state_goes_round(Bundle& bundle, ActivePlugin& plugin) {
    std::vector<std::uint8_t> big(3'000'000);
    for (std::size_t i = 0; i < big.size(); ++i) big[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
    for (const auto& bytes : {std::vector<std::uint8_t>{}, std::vector<std::uint8_t>{1}, big, std::vector<std::uint8_t>{'B', 'A', 'D', 9, 0}}) {
        MemoryStream in(bytes), out;
        in.chunk = 1001;
        out.chunk = 999;
        CHECK_EQUAL(plugin.component->setState(&in), kResultOk);
        CHECK_EQUAL(plugin.component->getState(&out), kResultOk);
        CHECK(out.bytes == bytes); // a refused state too: nothing is lost
    }
    plugin.inputParameters.set(6, 0, 0.5); // from now on the refused bytes are not what the user has
    plugin.process(64);
    MemoryStream edited;
    CHECK_EQUAL(plugin.component->getState(&edited), kResultOk);
    CHECK(edited.bytes == big);

    // Restored values reach the controller, and the audio thread.
    MemoryStream off({0});
    plugin.component->setState(&off);
    plugin.process(64);
    ConnectedController connected(bundle, plugin);
    MemoryStream one({1}), two({1});
    CHECK_EQUAL(connected.controller->setComponentState(&one), kResultOk);
    CHECK_EQUAL(connected.controller->getParamNormalized(1), 1.0);
    CHECK_EQUAL(connected.controller->getParamNormalized(6), 0.25);
    plugin.inputEvents.noteOn(0, 0, 60);
    plugin.process(64);
    CHECK_EQUAL(plugin.outputEvents.size(), 1u);
    CHECK_EQUAL(plugin.component->setState(&two), kResultOk);
    plugin.process(64);
    CHECK_EQUAL(plugin.outputEvents.size(), 1u); // bypass released it
    MemoryStream zero({0});
    plugin.component->setState(&zero);
    plugin.process(64);
}

void every_automation_point_counts(ActivePlugin& plugin) {
    plugin.inputEvents.noteOn(10, 0, 60);
    plugin.inputEvents.noteOn(20, 0, 61);
    plugin.inputEvents.noteOn(30, 0, 62);
    plugin.inputParameters.set(2, 15, 0.0);
    plugin.inputParameters.set(2, 25, 1.0);
    plugin.process(64);
    // 60 sounds and is ended by thru going off, 61 is not passed, 62 is.
    CHECK_EQUAL(plugin.outputEvents.size(), 3u);
    CHECK_EQUAL(plugin.outputEvents[0].noteOn.pitch, 60);
    CHECK_EQUAL(plugin.outputEvents[1].sampleOffset, 15);
    CHECK_EQUAL(plugin.outputEvents[2].noteOn.pitch, 62);
    plugin.inputEvents.noteOff(0, 0, 62);
    plugin.process(64);
}

} // namespace

int main(int, char** arguments) {
    Bundle bundle(arguments[1]);
    if (bundle.factory == nullptr) {
        fail(__FILE__, __LINE__, bundle.error);
        return finish();
    }
    the_factory_and_moduleinfo_agree(bundle, arguments[2]);
    ActivePlugin plugin(bundle);
    the_component_has_a_stereo_output_a_side_chain_that_is_off_and_an_event_bus_each_way(plugin);
    process_survives_what_hosts_leave_out(plugin);
    parameters_come_from_the_engine_and_controllers_from_midi(bundle, plugin);
    units_and_programs_are_listed(bundle, plugin);
    every_automation_point_counts(plugin);
    state_goes_round(bundle, plugin);
    return finish();
}

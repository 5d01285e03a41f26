// Our interface declarations against an independent source: the VST3 headers that Debian's juce-modules-source carries
// (SDK 3.7, GPLv3, used by this test program only). Compares ids, sizes, offsets and the place of every method in its vtable.
#include "check.h"
#include "fake_host.h"

#include "../vst3/interfaces/irunloop.h"
#include "../vst3/interfaces/ivstcontextmenu.h"

#include <pluginterfaces/base/ibstream.h>
#include <pluginterfaces/base/ipluginbase.h>
#include <pluginterfaces/gui/iplugview.h>
#include <pluginterfaces/gui/iplugviewcontentscalesupport.h>
#include <pluginterfaces/vst/ivstattributes.h>
#include <pluginterfaces/vst/ivstaudioprocessor.h>
#include <pluginterfaces/vst/ivstcomponent.h>
#include <pluginterfaces/vst/ivstcontextmenu.h>
#include <pluginterfaces/vst/ivsteditcontroller.h>
#include <pluginterfaces/vst/ivstevents.h>
#include <pluginterfaces/vst/ivsthostapplication.h>
#include <pluginterfaces/vst/ivstmessage.h>
#include <pluginterfaces/vst/ivstmidicontrollers.h>
#include <pluginterfaces/vst/ivstparameterchanges.h>
#include <pluginterfaces/vst/ivstprocesscontext.h>
#include <pluginterfaces/vst/ivstunits.h>
#include <pluginterfaces/vst/vstspeaker.h>

#include <cstddef>

using namespace midimuse::tests;
namespace ours = midimuse::vst3;
namespace sdk = Steinberg;
namespace vst = Steinberg::Vst;

namespace {

int compared = 0;

/// Place of a virtual method in its vtable, from the Itanium ABI's member pointer: 1 + byte offset.
template <class Method>
std::ptrdiff_t slotOf(Method method) {
    std::ptrdiff_t words[2];
    static_assert(sizeof method == sizeof words);
    std::memcpy(words, &method, sizeof words);
    return words[0];
}

void compare(const char* what, long long own, long long independent) {
    ++compared;
    if (own != independent) fail(__FILE__, __LINE__, std::string(what) + ": ours " + std::to_string(own) + ", the header's " + std::to_string(independent));
}

} // namespace

#define IID(type, space) \
    do { ++compared; if (std::memcmp(ours::type::iid.bytes, space::type##_iid, 16) != 0) fail(__FILE__, __LINE__, #type "::iid"); } while (false)
#define SIZE(type, space) compare("sizeof " #type, sizeof(ours::type), sizeof(space::type))
#define FIELD(type, name, space) \
    do { compare(#type "." #name " offset", offsetof(ours::type, name), offsetof(space::type, name)); \
         compare(#type "." #name " size", sizeof(ours::type::name), sizeof(space::type::name)); } while (false)
#define METHOD(type, name, space) compare(#type "::" #name, slotOf(&ours::type::name), slotOf(&space::type::name))
#define VALUE(own, independent) compare(#own, static_cast<long long>(own), static_cast<long long>(independent))

int main() {
    IID(FUnknown, sdk); METHOD(FUnknown, queryInterface, sdk); METHOD(FUnknown, addRef, sdk); METHOD(FUnknown, release, sdk);
    VALUE(ours::kNoInterface, sdk::kNoInterface); VALUE(ours::kResultOk, sdk::kResultOk); VALUE(ours::kResultFalse, sdk::kResultFalse);
    VALUE(ours::kInvalidArgument, sdk::kInvalidArgument); VALUE(ours::kNotImplemented, sdk::kNotImplemented);
    VALUE(ours::kInternalError, sdk::kInternalError); VALUE(ours::kNotInitialized, sdk::kNotInitialized); VALUE(ours::kOutOfMemory, sdk::kOutOfMemory);

    IID(IBStream, sdk); METHOD(IBStream, read, sdk); METHOD(IBStream, write, sdk); METHOD(IBStream, seek, sdk); METHOD(IBStream, tell, sdk);

    IID(IPluginBase, sdk); METHOD(IPluginBase, initialize, sdk); METHOD(IPluginBase, terminate, sdk);
    SIZE(PFactoryInfo, sdk); FIELD(PFactoryInfo, vendor, sdk); FIELD(PFactoryInfo, url, sdk); FIELD(PFactoryInfo, email, sdk); FIELD(PFactoryInfo, flags, sdk);
    SIZE(PClassInfo, sdk); FIELD(PClassInfo, cid, sdk); FIELD(PClassInfo, cardinality, sdk); FIELD(PClassInfo, category, sdk); FIELD(PClassInfo, name, sdk);
    SIZE(PClassInfo2, sdk); FIELD(PClassInfo2, classFlags, sdk); FIELD(PClassInfo2, subCategories, sdk); FIELD(PClassInfo2, vendor, sdk);
    FIELD(PClassInfo2, version, sdk); FIELD(PClassInfo2, sdkVersion, sdk);
    SIZE(PClassInfoW, sdk); FIELD(PClassInfoW, name, sdk); FIELD(PClassInfoW, classFlags, sdk); FIELD(PClassInfoW, subCategories, sdk);
    FIELD(PClassInfoW, vendor, sdk); FIELD(PClassInfoW, version, sdk); FIELD(PClassInfoW, sdkVersion, sdk);
    VALUE(ours::kManyInstances, sdk::PClassInfo::kManyInstances); VALUE(ours::PFactoryInfo::kUnicode, sdk::PFactoryInfo::kUnicode);
    IID(IPluginFactory, sdk); METHOD(IPluginFactory, getFactoryInfo, sdk); METHOD(IPluginFactory, countClasses, sdk);
    METHOD(IPluginFactory, getClassInfo, sdk); METHOD(IPluginFactory, createInstance, sdk);
    IID(IPluginFactory2, sdk); METHOD(IPluginFactory2, getClassInfo2, sdk);
    IID(IPluginFactory3, sdk); METHOD(IPluginFactory3, getClassInfoUnicode, sdk); METHOD(IPluginFactory3, setHostContext, sdk);

    SIZE(BusInfo, vst); FIELD(BusInfo, mediaType, vst); FIELD(BusInfo, direction, vst); FIELD(BusInfo, channelCount, vst);
    FIELD(BusInfo, name, vst); FIELD(BusInfo, busType, vst); FIELD(BusInfo, flags, vst);
    SIZE(RoutingInfo, vst); FIELD(RoutingInfo, mediaType, vst); FIELD(RoutingInfo, busIndex, vst); FIELD(RoutingInfo, channel, vst);
    VALUE(ours::kAudio, vst::kAudio); VALUE(ours::kEvent, vst::kEvent); VALUE(ours::kInput, vst::kInput); VALUE(ours::kOutput, vst::kOutput);
    VALUE(ours::kMain, vst::kMain); VALUE(ours::BusInfo::kDefaultActive, vst::BusInfo::kDefaultActive);
    VALUE(ours::kArrangementStereo, vst::SpeakerArr::kStereo); VALUE(ours::kArrangementMono, vst::SpeakerArr::kMono); VALUE(ours::kArrangementEmpty, vst::SpeakerArr::kEmpty);
    IID(IComponent, vst); METHOD(IComponent, getControllerClassId, vst); METHOD(IComponent, setIoMode, vst); METHOD(IComponent, getBusCount, vst);
    METHOD(IComponent, getBusInfo, vst); METHOD(IComponent, getRoutingInfo, vst); METHOD(IComponent, activateBus, vst);
    METHOD(IComponent, setActive, vst); METHOD(IComponent, setState, vst); METHOD(IComponent, getState, vst);

    SIZE(ProcessSetup, vst); FIELD(ProcessSetup, processMode, vst); FIELD(ProcessSetup, symbolicSampleSize, vst);
    FIELD(ProcessSetup, maxSamplesPerBlock, vst); FIELD(ProcessSetup, sampleRate, vst);
    SIZE(AudioBusBuffers, vst); FIELD(AudioBusBuffers, numChannels, vst); FIELD(AudioBusBuffers, silenceFlags, vst); FIELD(AudioBusBuffers, channelBuffers32, vst);
    SIZE(ProcessData, vst); FIELD(ProcessData, processMode, vst); FIELD(ProcessData, symbolicSampleSize, vst); FIELD(ProcessData, numSamples, vst);
    FIELD(ProcessData, numInputs, vst); FIELD(ProcessData, numOutputs, vst); FIELD(ProcessData, inputs, vst); FIELD(ProcessData, outputs, vst);
    FIELD(ProcessData, inputParameterChanges, vst); FIELD(ProcessData, outputParameterChanges, vst); FIELD(ProcessData, inputEvents, vst);
    FIELD(ProcessData, outputEvents, vst); FIELD(ProcessData, processContext, vst);
    VALUE(ours::kOffline, vst::kOffline); VALUE(ours::kPrefetch, vst::kPrefetch); VALUE(ours::kSample64, vst::kSample64); VALUE(ours::kInfiniteTail, vst::kInfiniteTail);
    IID(IAudioProcessor, vst); METHOD(IAudioProcessor, setBusArrangements, vst); METHOD(IAudioProcessor, getBusArrangement, vst);
    METHOD(IAudioProcessor, canProcessSampleSize, vst); METHOD(IAudioProcessor, getLatencySamples, vst); METHOD(IAudioProcessor, setupProcessing, vst);
    METHOD(IAudioProcessor, setProcessing, vst); METHOD(IAudioProcessor, process, vst); METHOD(IAudioProcessor, getTailSamples, vst);
    IID(IProcessContextRequirements, vst); METHOD(IProcessContextRequirements, getProcessContextRequirements, vst);
    VALUE(ours::IProcessContextRequirements::kNeedContinousTimeSamples, vst::IProcessContextRequirements::kNeedContinousTimeSamples);
    VALUE(ours::IProcessContextRequirements::kNeedProjectTimeMusic, vst::IProcessContextRequirements::kNeedProjectTimeMusic);
    VALUE(ours::IProcessContextRequirements::kNeedCycleMusic, vst::IProcessContextRequirements::kNeedCycleMusic);
    VALUE(ours::IProcessContextRequirements::kNeedTempo, vst::IProcessContextRequirements::kNeedTempo);
    VALUE(ours::IProcessContextRequirements::kNeedTimeSignature, vst::IProcessContextRequirements::kNeedTimeSignature);
    VALUE(ours::IProcessContextRequirements::kNeedTransportState, vst::IProcessContextRequirements::kNeedTransportState);

    SIZE(ProcessContext, vst); FIELD(ProcessContext, state, vst); FIELD(ProcessContext, sampleRate, vst); FIELD(ProcessContext, projectTimeSamples, vst);
    FIELD(ProcessContext, systemTime, vst); FIELD(ProcessContext, continousTimeSamples, vst); FIELD(ProcessContext, projectTimeMusic, vst);
    FIELD(ProcessContext, barPositionMusic, vst); FIELD(ProcessContext, cycleStartMusic, vst); FIELD(ProcessContext, cycleEndMusic, vst);
    FIELD(ProcessContext, tempo, vst); FIELD(ProcessContext, timeSigNumerator, vst); FIELD(ProcessContext, timeSigDenominator, vst);
    FIELD(ProcessContext, chord, vst); FIELD(ProcessContext, smpteOffsetSubframes, vst); FIELD(ProcessContext, frameRate, vst); FIELD(ProcessContext, samplesToNextClock, vst);
    VALUE(ours::ProcessContext::kPlaying, vst::ProcessContext::kPlaying); VALUE(ours::ProcessContext::kCycleActive, vst::ProcessContext::kCycleActive);
    VALUE(ours::ProcessContext::kRecording, vst::ProcessContext::kRecording); VALUE(ours::ProcessContext::kProjectTimeMusicValid, vst::ProcessContext::kProjectTimeMusicValid);
    VALUE(ours::ProcessContext::kTempoValid, vst::ProcessContext::kTempoValid); VALUE(ours::ProcessContext::kCycleValid, vst::ProcessContext::kCycleValid);
    VALUE(ours::ProcessContext::kTimeSigValid, vst::ProcessContext::kTimeSigValid); VALUE(ours::ProcessContext::kContTimeValid, vst::ProcessContext::kContTimeValid);

    SIZE(Event, vst); FIELD(Event, busIndex, vst); FIELD(Event, sampleOffset, vst); FIELD(Event, ppqPosition, vst); FIELD(Event, flags, vst); FIELD(Event, type, vst);
    FIELD(Event, noteOn, vst); FIELD(Event, noteOff, vst); FIELD(Event, data, vst); FIELD(Event, polyPressure, vst); FIELD(Event, noteExpressionValue, vst);
    FIELD(Event, noteExpressionText, vst); FIELD(Event, chord, vst); FIELD(Event, scale, vst); FIELD(Event, midiCCOut, vst);
    FIELD(NoteOnEvent, channel, vst); FIELD(NoteOnEvent, pitch, vst); FIELD(NoteOnEvent, tuning, vst); FIELD(NoteOnEvent, velocity, vst);
    FIELD(NoteOnEvent, length, vst); FIELD(NoteOnEvent, noteId, vst);
    FIELD(NoteOffEvent, channel, vst); FIELD(NoteOffEvent, pitch, vst); FIELD(NoteOffEvent, velocity, vst); FIELD(NoteOffEvent, noteId, vst); FIELD(NoteOffEvent, tuning, vst);
    FIELD(PolyPressureEvent, channel, vst); FIELD(PolyPressureEvent, pitch, vst); FIELD(PolyPressureEvent, pressure, vst); FIELD(PolyPressureEvent, noteId, vst);
    FIELD(LegacyMIDICCOutEvent, controlNumber, vst); FIELD(LegacyMIDICCOutEvent, channel, vst); FIELD(LegacyMIDICCOutEvent, value, vst); FIELD(LegacyMIDICCOutEvent, value2, vst);
    VALUE(ours::Event::kNoteOnEvent, vst::Event::kNoteOnEvent); VALUE(ours::Event::kNoteOffEvent, vst::Event::kNoteOffEvent);
    VALUE(ours::Event::kPolyPressureEvent, vst::Event::kPolyPressureEvent); VALUE(ours::Event::kLegacyMIDICCOutEvent, vst::Event::kLegacyMIDICCOutEvent);
    IID(IEventList, vst); METHOD(IEventList, getEventCount, vst); METHOD(IEventList, getEvent, vst); METHOD(IEventList, addEvent, vst);

    IID(IParamValueQueue, vst); METHOD(IParamValueQueue, getParameterId, vst); METHOD(IParamValueQueue, getPointCount, vst);
    METHOD(IParamValueQueue, getPoint, vst); METHOD(IParamValueQueue, addPoint, vst);
    IID(IParameterChanges, vst); METHOD(IParameterChanges, getParameterCount, vst); METHOD(IParameterChanges, getParameterData, vst); METHOD(IParameterChanges, addParameterData, vst);

    IID(IAttributeList, vst); METHOD(IAttributeList, setInt, vst); METHOD(IAttributeList, getInt, vst); METHOD(IAttributeList, setFloat, vst); METHOD(IAttributeList, getFloat, vst);
    METHOD(IAttributeList, setString, vst); METHOD(IAttributeList, getString, vst); METHOD(IAttributeList, setBinary, vst); METHOD(IAttributeList, getBinary, vst);
    IID(IMessage, vst); METHOD(IMessage, getMessageID, vst); METHOD(IMessage, setMessageID, vst); METHOD(IMessage, getAttributes, vst);
    IID(IConnectionPoint, vst); METHOD(IConnectionPoint, connect, vst); METHOD(IConnectionPoint, disconnect, vst); METHOD(IConnectionPoint, notify, vst);
    IID(IHostApplication, vst); METHOD(IHostApplication, getName, vst); METHOD(IHostApplication, createInstance, vst);

    SIZE(ParameterInfo, vst); FIELD(ParameterInfo, id, vst); FIELD(ParameterInfo, title, vst); FIELD(ParameterInfo, shortTitle, vst); FIELD(ParameterInfo, units, vst);
    FIELD(ParameterInfo, stepCount, vst); FIELD(ParameterInfo, defaultNormalizedValue, vst); FIELD(ParameterInfo, unitId, vst); FIELD(ParameterInfo, flags, vst);
    VALUE(ours::ParameterInfo::kCanAutomate, vst::ParameterInfo::kCanAutomate); VALUE(ours::ParameterInfo::kIsReadOnly, vst::ParameterInfo::kIsReadOnly);
    VALUE(ours::ParameterInfo::kIsList, vst::ParameterInfo::kIsList); VALUE(ours::ParameterInfo::kIsHidden, vst::ParameterInfo::kIsHidden);
    VALUE(ours::ParameterInfo::kIsProgramChange, vst::ParameterInfo::kIsProgramChange); VALUE(ours::ParameterInfo::kIsBypass, vst::ParameterInfo::kIsBypass);
    VALUE(ours::kAfterTouch, vst::kAfterTouch); VALUE(ours::kPitchBend, vst::kPitchBend); VALUE(ours::kCountCtrlNumber, vst::kCountCtrlNumber);
    VALUE(ours::kParamValuesChanged, vst::kParamValuesChanged); VALUE(ours::kParamTitlesChanged, vst::kParamTitlesChanged);
    IID(IComponentHandler, vst); METHOD(IComponentHandler, beginEdit, vst); METHOD(IComponentHandler, performEdit, vst); METHOD(IComponentHandler, endEdit, vst); METHOD(IComponentHandler, restartComponent, vst);
    IID(IEditController, vst); METHOD(IEditController, setComponentState, vst); METHOD(IEditController, setState, vst); METHOD(IEditController, getState, vst);
    METHOD(IEditController, getParameterCount, vst); METHOD(IEditController, getParameterInfo, vst); METHOD(IEditController, getParamStringByValue, vst);
    METHOD(IEditController, getParamValueByString, vst); METHOD(IEditController, normalizedParamToPlain, vst); METHOD(IEditController, plainParamToNormalized, vst);
    METHOD(IEditController, getParamNormalized, vst); METHOD(IEditController, setParamNormalized, vst); METHOD(IEditController, setComponentHandler, vst); METHOD(IEditController, createView, vst);
    IID(IEditController2, vst); METHOD(IEditController2, setKnobMode, vst); METHOD(IEditController2, openHelp, vst); METHOD(IEditController2, openAboutBox, vst);
    IID(IMidiMapping, vst); METHOD(IMidiMapping, getMidiControllerAssignment, vst);

    SIZE(UnitInfo, vst); FIELD(UnitInfo, id, vst); FIELD(UnitInfo, parentUnitId, vst); FIELD(UnitInfo, name, vst); FIELD(UnitInfo, programListId, vst);
    SIZE(ProgramListInfo, vst); FIELD(ProgramListInfo, id, vst); FIELD(ProgramListInfo, name, vst); FIELD(ProgramListInfo, programCount, vst);
    VALUE(ours::kRootUnitId, vst::kRootUnitId); VALUE(ours::kNoParentUnitId, vst::kNoParentUnitId); VALUE(ours::kNoProgramListId, vst::kNoProgramListId);
    IID(IUnitHandler, vst); METHOD(IUnitHandler, notifyUnitSelection, vst); METHOD(IUnitHandler, notifyProgramListChange, vst);
    IID(IUnitInfo, vst); METHOD(IUnitInfo, getUnitCount, vst); METHOD(IUnitInfo, getUnitInfo, vst); METHOD(IUnitInfo, getProgramListCount, vst);
    METHOD(IUnitInfo, getProgramListInfo, vst); METHOD(IUnitInfo, getProgramName, vst); METHOD(IUnitInfo, getProgramInfo, vst); METHOD(IUnitInfo, hasProgramPitchNames, vst);
    METHOD(IUnitInfo, getProgramPitchName, vst); METHOD(IUnitInfo, getSelectedUnit, vst); METHOD(IUnitInfo, selectUnit, vst); METHOD(IUnitInfo, getUnitByBus, vst); METHOD(IUnitInfo, setUnitProgramData, vst);

    SIZE(ViewRect, sdk); FIELD(ViewRect, left, sdk); FIELD(ViewRect, top, sdk); FIELD(ViewRect, right, sdk); FIELD(ViewRect, bottom, sdk);
    IID(IPlugFrame, sdk); METHOD(IPlugFrame, resizeView, sdk);
    IID(IPlugView, sdk); METHOD(IPlugView, isPlatformTypeSupported, sdk); METHOD(IPlugView, attached, sdk); METHOD(IPlugView, removed, sdk); METHOD(IPlugView, onWheel, sdk);
    METHOD(IPlugView, onKeyDown, sdk); METHOD(IPlugView, onKeyUp, sdk); METHOD(IPlugView, getSize, sdk); METHOD(IPlugView, onSize, sdk); METHOD(IPlugView, onFocus, sdk);
    METHOD(IPlugView, setFrame, sdk); METHOD(IPlugView, canResize, sdk); METHOD(IPlugView, checkSizeConstraint, sdk);
    IID(IPlugViewContentScaleSupport, sdk); METHOD(IPlugViewContentScaleSupport, setContentScaleFactor, sdk);

    IID(IEventHandler, sdk::Linux); METHOD(IEventHandler, onFDIsSet, sdk::Linux);
    IID(IRunLoop, sdk::Linux); METHOD(IRunLoop, registerEventHandler, sdk::Linux); METHOD(IRunLoop, unregisterEventHandler, sdk::Linux);
    METHOD(IRunLoop, registerTimer, sdk::Linux); METHOD(IRunLoop, unregisterTimer, sdk::Linux);
    VALUE(sizeof(ours::ContextMenuItem), sizeof(vst::IContextMenuItem));
    VALUE(offsetof(ours::ContextMenuItem, tag), offsetof(vst::IContextMenuItem, tag)); VALUE(offsetof(ours::ContextMenuItem, flags), offsetof(vst::IContextMenuItem, flags));
    IID(IContextMenu, vst); METHOD(IContextMenu, getItemCount, vst); METHOD(IContextMenu, getItem, vst); METHOD(IContextMenu, addItem, vst);
    METHOD(IContextMenu, removeItem, vst); METHOD(IContextMenu, popup, vst);
    IID(IComponentHandler3, vst); METHOD(IComponentHandler3, createContextMenu, vst);

    std::cout << compared << " facts compared\n";
    CHECK(compared > 300);
    return finish();
}

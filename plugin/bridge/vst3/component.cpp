#include "component.h"

#include "class_ids.h"
#include "instance_registry.h"
#include "stream.h"
#include "text.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>

namespace midimuse::vst3 {

tresult Component::create(const char* requested, void** object) noexcept {
    auto* component = new (std::nothrow) Component();
    if (component == nullptr) return kOutOfMemory;
    const tresult result = component->queryInterface(requested, object);
    component->release();
    return result;
}

Component::~Component() { terminate(); }

tresult Component::queryInterface(const TUID requested, void** object) {
    if (object == nullptr) return kInvalidArgument;
    *object = nullptr;
    if (FUnknown::iid.matches(requested) || IPluginBase::iid.matches(requested) || IComponent::iid.matches(requested)) {
        *object = static_cast<IComponent*>(this);
    } else if (IAudioProcessor::iid.matches(requested)) {
        *object = static_cast<IAudioProcessor*>(this);
    } else if (IConnectionPoint::iid.matches(requested)) {
        *object = static_cast<IConnectionPoint*>(this);
    } else if (IProcessContextRequirements::iid.matches(requested)) {
        *object = static_cast<IProcessContextRequirements*>(this);
    } else {
        return kNoInterface;
    }
    addRef();
    return kResultOk;
}

std::uint32_t Component::release() {
    const std::uint32_t left = references_.decrement();
    if (left == 0) delete this;
    return left;
}

tresult Component::initialize(FUnknown* context) {
    if (instance_) return kResultFalse;
    return guarded([&] {
        auto instance = std::make_shared<PluginInstance>();
        instance->start();
        token_ = registerInstance(instance);
        instance_ = std::move(instance);
        host_ = ComPtr<IHostApplication>::query(context);
        return kResultOk;
    });
}

tresult Component::terminate() {
    controller_.reset();
    host_.reset();
    if (!instance_) return kResultOk;
    setActive(0);
    unregisterInstance(token_);
    instance_.reset();
    return kResultOk;
}

tresult Component::getControllerClassId(TUID classId) {
    if (classId == nullptr) return kInvalidArgument;
    kControllerClass.copyTo(classId);
    return kResultOk;
}

tresult Component::setIoMode(IoMode) { return kNotImplemented; }

std::int32_t Component::getBusCount(MediaType type, BusDirection direction) {
    return (type == kAudio || type == kEvent) && (direction == kInput || direction == kOutput) ? 1 : 0;
}

tresult Component::getBusInfo(MediaType type, BusDirection direction, std::int32_t index, BusInfo& bus) {
    if (index != 0 || getBusCount(type, direction) == 0) return kInvalidArgument;
    bus = BusInfo{};
    bus.mediaType = type;
    bus.direction = direction;
    // The audio input is a side-chain that is off until it is asked for: an instrument with a main input is an effect to some hosts.
    const bool isSideChain = type == kAudio && direction == kInput;
    bus.busType = isSideChain ? kAux : kMain;
    bus.flags = isSideChain ? 0u : static_cast<std::uint32_t>(BusInfo::kDefaultActive);
    const SpeakerArrangement arrangement = direction == kInput ? inputArrangement_ : outputArrangement_;
    bus.channelCount = type == kEvent ? kMidiChannels : arrangement == kArrangementMono ? 1 : 2;
    const char* name = isSideChain ? "Audio motif" : type == kAudio ? "Audio Out" : direction == kInput ? "MIDI In" : "MIDI Out";
    toUtf16(name, bus.name, std::size(bus.name));
    return kResultOk;
}

tresult Component::getRoutingInfo(RoutingInfo&, RoutingInfo&) { return kNotImplemented; }

tresult Component::activateBus(MediaType type, BusDirection direction, std::int32_t index, TBool) {
    return index == 0 && getBusCount(type, direction) > 0 ? kResultOk : kInvalidArgument;
}

tresult Component::setActive(TBool state) {
    if (!instance_) return kNotInitialized;
    const bool active = state != 0;
    if (active == active_) return kResultOk;
    active_ = active;
    engineReported_ = false;
    return guarded([&] {
        instance_->setActive(active, setup_.sampleRate, setup_.maxSamplesPerBlock);
        return kResultOk;
    });
}

tresult Component::setState(IBStream* state) {
    if (state == nullptr) return kInvalidArgument;
    if (!instance_) return kNotInitialized;
    return guarded([&] {
        std::vector<std::uint8_t> bytes;
        if (!readAll(*state, bytes)) return kInternalError;
        return instance_->setState(std::move(bytes)) ? kResultOk : kResultFalse;
    });
}

tresult Component::getState(IBStream* state) {
    if (state == nullptr) return kInvalidArgument;
    if (!instance_) return kNotInitialized;
    return guarded([&] {
        std::vector<std::uint8_t> bytes;
        if (!instance_->getState(bytes)) return kInternalError;
        return writeAll(*state, bytes) ? kResultOk : kInternalError;
    });
}

tresult Component::setBusArrangements(SpeakerArrangement* inputs, std::int32_t numIns, SpeakerArrangement* outputs, std::int32_t numOuts) {
    if (numIns < 0 || numOuts < 0 || (numIns > 0 && inputs == nullptr) || (numOuts > 0 && outputs == nullptr)) return kInvalidArgument;
    if (numIns > 1 || numOuts != 1) return kResultFalse;
    if (outputs[0] != kArrangementStereo && outputs[0] != kArrangementMono) return kResultFalse;
    // Hosts may say "empty" for a side-chain that is switched off.
    if (numIns == 1 && inputs[0] != kArrangementStereo && inputs[0] != kArrangementMono && inputs[0] != kArrangementEmpty) return kResultFalse;
    if (numIns == 1) inputArrangement_ = inputs[0];
    outputArrangement_ = outputs[0];
    return kResultTrue;
}

tresult Component::getBusArrangement(BusDirection direction, std::int32_t index, SpeakerArrangement& arrangement) {
    if ((direction != kInput && direction != kOutput) || index != 0) return kInvalidArgument;
    arrangement = direction == kInput ? inputArrangement_ : outputArrangement_;
    return kResultOk;
}

tresult Component::canProcessSampleSize(std::int32_t symbolicSampleSize) {
    return symbolicSampleSize == kSample32 || symbolicSampleSize == kSample64 ? kResultTrue : kResultFalse;
}

tresult Component::setupProcessing(ProcessSetup& setup) {
    if (canProcessSampleSize(setup.symbolicSampleSize) != kResultTrue) return kResultFalse;
    setup_ = setup;
    return kResultOk;
}

tresult Component::setProcessing(TBool) { return kResultOk; } // gaps show as jumps of the project's sample counter

// An instrument that is silent on its audio output and still plays: hosts that put quiet plugins to sleep must not.
std::uint32_t Component::getTailSamples() { return kInfiniteTail; }

namespace {

// The audio output exists for hosts that open nothing without one. It is silent but for the preview.
void clearOutputs(ProcessData& data) noexcept {
    if (data.outputs == nullptr) return;
    const std::size_t sampleBytes = data.symbolicSampleSize == kSample64 ? sizeof(double) : sizeof(float);
    const std::size_t bytes = data.numSamples > 0 ? static_cast<std::size_t>(data.numSamples) * sampleBytes : 0;
    for (std::int32_t b = 0; b < data.numOutputs; ++b) {
        AudioBusBuffers& bus = data.outputs[b];
        bus.silenceFlags = bus.numChannels >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << std::max(bus.numChannels, 0)) - 1;
        if (bus.channelBuffers32 == nullptr) continue;
        for (std::int32_t c = 0; c < bus.numChannels; ++c) {
            void* channel = data.symbolicSampleSize == kSample64 ? static_cast<void*>(bus.channelBuffers64[c]) : bus.channelBuffers32[c];
            if (channel != nullptr) std::memset(channel, 0, bytes);
        }
    }
}

} // namespace

tresult Component::process(ProcessData& data) {
    if (!instance_ || data.numSamples < 0) {
        clearOutputs(data);
        return instance_ ? kInvalidArgument : kNotInitialized;
    }
    input_.read(data);
    if (input_.hasParameters()) instance_->noteEdited();
    if (input_.dropped() > 0) rt::count(instance_->shared().counters.input_drops, input_.dropped());
    const bool offline = data.processMode == kOffline || setup_.processMode == kOffline;
    HostEventSink sink(data.outputEvents);
    instance_->processor().process(readTransport(data.processContext), data.numSamples, offline, input_.events(), sink, readAudioInput(data));
    clearOutputs(data); // only now: hosts that process in place give one buffer for input and output
    renderPreview(data);
    sendStatus(data.outputParameterChanges);
    return kResultOk;
}

// [audio]
void Component::renderPreview(ProcessData& data) noexcept {
    constexpr std::int32_t mostChannels = 2;
    if (data.outputs == nullptr || data.numOutputs < 1 || data.numSamples <= 0) return;
    AudioBusBuffers& bus = data.outputs[0];
    if (bus.channelBuffers32 == nullptr || bus.numChannels < 1) return;
    const auto channels = static_cast<std::size_t>(std::min(bus.numChannels, mostChannels));
    const bool isHeard = data.symbolicSampleSize == kSample64
        ? instance_->processor().renderPreview(std::span<double* const>(bus.channelBuffers64, channels), data.numSamples)
        : instance_->processor().renderPreview(std::span<float* const>(bus.channelBuffers32, channels), data.numSamples);
    if (isHeard) bus.silenceFlags &= ~std::uint64_t{3};
}

// [audio]
void Component::sendStatus(IParameterChanges* changes) noexcept {
    if (changes == nullptr) return;
    const auto send = [&](ParamID id, ParamValue value) {
        std::int32_t index = 0;
        IParamValueQueue* queue = changes->addParameterData(id, index);
        return queue != nullptr && queue->addPoint(0, value, index) == kResultOk;
    };
    for (StatusOutput& output : instance_->statusOutputs()) {
        const double value = rt::loadRelaxed(instance_->shared().status[output.slot]);
        if (value == output.sent || !(value >= 0 && value <= 1)) continue;
        if (send(output.id, value)) output.sent = value;
    }
    rt::ToldParameters& told = instance_->processor().told();
    std::int32_t taken = 0;
    for (const rt::ToldParameter& parameter : told.waiting()) {
        if (!send(parameter.id, parameter.value)) break;
        ++taken;
    }
    told.remove(taken);
    if (!engineReported_) engineReported_ = send(kEngineParameter, instance_->available() ? 0.0 : 1.0);
}

tresult Component::connect(IConnectionPoint* other) {
    if (other == nullptr) return kInvalidArgument;
    if (controller_) return kResultFalse;
    controller_ = ComPtr<IConnectionPoint>(other);
    return guarded([&] {
        sendToken();
        return kResultOk;
    });
}

tresult Component::disconnect(IConnectionPoint* other) {
    if (!controller_ || other != controller_.get()) return kResultFalse;
    controller_.reset();
    return kResultOk;
}

// A command in words, from a host that knows MidiMuse or from our own controller; the answer goes into the same message.
tresult Component::notify(IMessage* message) {
    if (message == nullptr) return kInvalidArgument;
    const char* id = message->getMessageID();
    IAttributeList* attributes = message->getAttributes();
    if (!instance_ || id == nullptr || std::strcmp(id, kCommandMessage) != 0 || attributes == nullptr) return kResultFalse;
    return guarded([&] {
        std::vector<TChar> line(kCommandCapacity);
        const auto bytes = static_cast<std::uint32_t>(line.size() * sizeof(TChar));
        if (attributes->getString(kCommandLine, line.data(), bytes) != kResultOk) return kInvalidArgument;
        std::string answer;
        if (!instance_->command(toUtf8(line.data(), line.size()), answer)) return kResultFalse;
        return attributes->setBinary(kCommandAnswer, answer.data(), static_cast<std::uint32_t>(answer.size()));
    });
}

// Messages are the host's objects; hosts without them leave the controller without the engine's words, nothing else.
void Component::sendToken() {
    if (!host_ || !controller_ || !instance_) return;
    TUID id;
    IMessage::iid.copyTo(id);
    void* created = nullptr;
    if (host_->createInstance(id, id, &created) != kResultOk || created == nullptr) return;
    const auto message = ComPtr<IMessage>::adopt(static_cast<IMessage*>(created));
    message->setMessageID(kInstanceMessage);
    IAttributeList* attributes = message->getAttributes();
    if (attributes == nullptr || attributes->setInt(kInstanceToken, token_) != kResultOk) return;
    controller_->notify(message.get());
}

// Not the bar position: bars follow from ppq and signature, because hosts disagree about the field.
std::uint32_t Component::getProcessContextRequirements() {
    return kNeedContinousTimeSamples | kNeedProjectTimeMusic | kNeedCycleMusic | kNeedTempo | kNeedTimeSignature | kNeedTransportState;
}

} // namespace midimuse::vst3

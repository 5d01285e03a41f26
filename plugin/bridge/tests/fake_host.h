// A host for tests: lists and streams with fixed storage (so that they may be used where nothing may be allocated), and
// a loader for the built bundle binary.
#pragma once

#include "../vst3/class_ids.h"
#include "../vst3/interfaces/ivstaudioprocessor.h"
#include "../vst3/interfaces/ivstcomponent.h"
#include "../vst3/interfaces/ivsteditcontroller.h"
#include "../vst3/interfaces/ivstunits.h"
#include "host_objects.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <dlfcn.h>
#include <map>
#include <string>
#include <vector>

namespace midimuse::tests {

using namespace midimuse::vst3;

class EventList final : public Uncounted<IEventList> {
public:
    explicit EventList(std::size_t capacity = 65536) : events_(capacity) {}

    std::int32_t MM_STDCALL getEventCount() override { return static_cast<std::int32_t>(count_); }
    tresult MM_STDCALL getEvent(std::int32_t index, Event& event) override {
        if (index < 0 || index >= getEventCount()) return kInvalidArgument;
        event = events_[static_cast<std::size_t>(index)];
        return kResultOk;
    }
    tresult MM_STDCALL addEvent(Event& event) override {
        if (count_ == std::min(limit, events_.size())) return kResultFalse;
        events_[count_++] = event;
        return kResultOk;
    }

    void clear() { count_ = 0; }
    std::size_t size() const { return count_; }
    const Event& operator[](std::size_t index) const { return events_[index]; }
    void noteOn(std::int32_t offset, int channel, int pitch, float velocity = 0.8f) {
        Event event{};
        event.sampleOffset = offset;
        event.type = Event::kNoteOnEvent;
        event.noteOn = NoteOnEvent{static_cast<std::int16_t>(channel), static_cast<std::int16_t>(pitch), 0, velocity, 0, -1};
        addEvent(event);
    }
    void noteOff(std::int32_t offset, int channel, int pitch) {
        Event event{};
        event.sampleOffset = offset;
        event.type = Event::kNoteOffEvent;
        event.noteOff = NoteOffEvent{static_cast<std::int16_t>(channel), static_cast<std::int16_t>(pitch), 0, -1, 0};
        addEvent(event);
    }

    std::size_t limit = SIZE_MAX; // a host that takes no more than this

private:
    std::vector<Event> events_;
    std::size_t count_ = 0;
};

class ParamQueue final : public Uncounted<IParamValueQueue> {
public:
    struct Point { std::int32_t offset; double value; };
    static constexpr std::size_t kCapacity = 64;

    ParamID MM_STDCALL getParameterId() override { return id; }
    std::int32_t MM_STDCALL getPointCount() override { return static_cast<std::int32_t>(count); }
    tresult MM_STDCALL getPoint(std::int32_t index, std::int32_t& offset, ParamValue& value) override {
        if (index < 0 || index >= getPointCount()) return kInvalidArgument;
        offset = points[static_cast<std::size_t>(index)].offset;
        value = points[static_cast<std::size_t>(index)].value;
        return kResultOk;
    }
    tresult MM_STDCALL addPoint(std::int32_t offset, ParamValue value, std::int32_t& index) override {
        if (count == kCapacity) return kResultFalse;
        index = static_cast<std::int32_t>(count);
        points[count++] = {offset, value};
        return kResultOk;
    }

    ParamID id = 0;
    std::size_t count = 0;
    Point points[kCapacity];
};

class ParamChanges final : public Uncounted<IParameterChanges> {
public:
    ParamChanges() : queues_(128) {}

    std::int32_t MM_STDCALL getParameterCount() override { return static_cast<std::int32_t>(count_); }
    IParamValueQueue* MM_STDCALL getParameterData(std::int32_t index) override {
        return index >= 0 && index < getParameterCount() ? &queues_[static_cast<std::size_t>(index)] : nullptr;
    }
    IParamValueQueue* MM_STDCALL addParameterData(const ParamID& id, std::int32_t& index) override {
        for (std::size_t i = 0; i < count_; ++i) {
            if (queues_[i].id == id) { index = static_cast<std::int32_t>(i); return &queues_[i]; }
        }
        if (count_ == queues_.size()) return nullptr;
        index = static_cast<std::int32_t>(count_);
        queues_[count_].id = id;
        queues_[count_].count = 0;
        return &queues_[count_++];
    }

    void clear() { count_ = 0; }
    void set(ParamID id, std::int32_t offset, double value) {
        std::int32_t index = 0;
        IParamValueQueue* queue = addParameterData(id, index);
        if (queue != nullptr) queue->addPoint(offset, value, index);
    }
    /// Last point of a parameter, or `otherwise`.
    double last(ParamID id, double otherwise) const {
        for (std::size_t i = 0; i < count_; ++i) {
            if (queues_[i].id == id && queues_[i].count > 0) return queues_[i].points[queues_[i].count - 1].value;
        }
        return otherwise;
    }

private:
    std::vector<ParamQueue> queues_;
    std::size_t count_ = 0;
};

/// A stream over bytes that may hand out and take only a few at a time, or fail.
class MemoryStream final : public Uncounted<IBStream> {
public:
    MemoryStream() = default;
    explicit MemoryStream(std::vector<std::uint8_t> content) : bytes(std::move(content)) {}

    tresult MM_STDCALL read(void* buffer, std::int32_t numBytes, std::int32_t* numBytesRead) override {
        if (failing) return kInternalError;
        const auto left = static_cast<std::int64_t>(bytes.size()) - static_cast<std::int64_t>(position);
        const auto count = static_cast<std::int32_t>(std::min<std::int64_t>({numBytes, left, chunk}));
        if (count > 0) std::memcpy(buffer, bytes.data() + position, static_cast<std::size_t>(count));
        position += static_cast<std::size_t>(count);
        *numBytesRead = count;
        return count == 0 && falseAtEnd ? kResultFalse : kResultOk;
    }
    tresult MM_STDCALL write(void* buffer, std::int32_t numBytes, std::int32_t* numBytesWritten) override {
        if (failing) return kInternalError;
        const auto count = static_cast<std::int32_t>(std::min<std::int64_t>(numBytes, chunk));
        const auto* first = static_cast<const std::uint8_t*>(buffer);
        bytes.insert(bytes.end(), first, first + count);
        *numBytesWritten = count;
        return kResultOk;
    }
    tresult MM_STDCALL seek(std::int64_t, std::int32_t, std::int64_t*) override { return kNotImplemented; }
    tresult MM_STDCALL tell(std::int64_t*) override { return kNotImplemented; }

    std::vector<std::uint8_t> bytes;
    std::size_t position = 0;
    std::int64_t chunk = INT32_MAX;
    bool falseAtEnd = false;
    bool failing = false;
};

/// The built binary, loaded as a host loads it.
class Bundle {
public:
    explicit Bundle(const char* file) : library_(dlopen(file, RTLD_NOW | RTLD_LOCAL)) {
        if (library_ == nullptr) {
            error = dlerror();
            return;
        }
        const auto entry = reinterpret_cast<bool (*)(void*)>(dlsym(library_, "ModuleEntry"));
        const auto getFactory = reinterpret_cast<IPluginFactory* (*)()>(dlsym(library_, "GetPluginFactory"));
        if (entry != nullptr && entry(library_) && getFactory != nullptr) factory = getFactory();
    }
    ~Bundle() {
        if (library_ == nullptr) return;
        const auto exit = reinterpret_cast<bool (*)()>(dlsym(library_, "ModuleExit"));
        if (exit != nullptr) exit();
        dlclose(library_);
    }
    Bundle(const Bundle&) = delete;
    Bundle& operator=(const Bundle&) = delete;

    template <class Interface>
    Interface* create(const Uid& cid) {
        void* object = nullptr;
        if (factory == nullptr || factory->createInstance(cid.data(), Interface::iid.data(), &object) != kResultOk) return nullptr;
        return static_cast<Interface*>(object);
    }

    IPluginFactory* factory = nullptr;
    std::string error;

private:
    void* library_;
};

template <class Interface>
Interface* query(FUnknown* object) {
    void* found = nullptr;
    if (object == nullptr || object->queryInterface(Interface::iid.data(), &found) != kResultOk) return nullptr;
    return static_cast<Interface*>(found);
}

/// A component that is set up and active, with the buffers of a stereo block.
class ActivePlugin {
public:
    static constexpr std::int32_t kMaxBlock = 8192;

    explicit ActivePlugin(Bundle& bundle, std::int32_t mode = kRealtime, double sampleRate = 48000) {
        component = bundle.create<IComponent>(kComponentClass);
        if (component == nullptr) return;
        component->initialize(&host);
        processor = query<IAudioProcessor>(component);
        ProcessSetup setup{mode, kSample32, kMaxBlock, sampleRate};
        processor->setupProcessing(setup);
        component->setActive(1);
        processor->setProcessing(1);
        context.sampleRate = sampleRate;
        context.tempo = 120;
        context.timeSigNumerator = context.timeSigDenominator = 4;
        context.state = ProcessContext::kProjectTimeMusicValid | ProcessContext::kTempoValid | ProcessContext::kTimeSigValid
            | ProcessContext::kContTimeValid;
        mode_ = mode;
    }
    ~ActivePlugin() {
        if (component == nullptr) return;
        processor->setProcessing(0);
        component->setActive(0);
        component->terminate();
        processor->release();
        component->release();
    }
    ActivePlugin(const ActivePlugin&) = delete;
    ActivePlugin& operator=(const ActivePlugin&) = delete;

    /// One block; the inputs are emptied afterwards, the outputs before.
    tresult process(std::int32_t numSamples) {
        outputEvents.clear();
        outputParameters.clear();
        float* channels[2] = {left, right};
        AudioBusBuffers bus{};
        bus.numChannels = 2;
        bus.channelBuffers32 = channels;
        ProcessData data{};
        data.processMode = mode_;
        data.symbolicSampleSize = kSample32;
        data.numSamples = numSamples;
        data.numOutputs = 1;
        data.outputs = &bus;
        data.inputEvents = &inputEvents;
        data.outputEvents = &outputEvents;
        data.inputParameterChanges = &inputParameters;
        data.outputParameterChanges = &outputParameters;
        data.processContext = &context;
        const tresult result = processor->process(data);
        silenceFlags = bus.silenceFlags;
        inputEvents.clear();
        inputParameters.clear();
        return result;
    }

    /// Moves the transport over a block at the context's tempo.
    void advance(std::int32_t numSamples) {
        context.continousTimeSamples += numSamples;
        if ((context.state & ProcessContext::kPlaying) == 0) return;
        context.projectTimeSamples += numSamples;
        context.projectTimeMusic += numSamples * context.tempo / 60.0 / context.sampleRate;
    }

    HostApplication host;
    IComponent* component = nullptr;
    IAudioProcessor* processor = nullptr;
    EventList inputEvents, outputEvents;
    ParamChanges inputParameters, outputParameters;
    ProcessContext context{};
    std::uint64_t silenceFlags = 0;
    float left[kMaxBlock] = {};
    float right[kMaxBlock] = {};

private:
    std::int32_t mode_ = kRealtime;
};

} // namespace midimuse::tests

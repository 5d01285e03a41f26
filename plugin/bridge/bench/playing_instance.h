// Instances of the built bundle that play a motif and answer it, with as little of a host around them as possible, so
// that what is measured is the plugin's. The hosts' own lists and buffers are shared by all instances of a process.
#pragma once

#include "../tests/fake_host.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace midimuse::bench {

using namespace midimuse::tests;

inline constexpr double kSampleRateHz = 48000;
inline constexpr double kTempoBpm = 240;
inline constexpr std::int64_t kQuarterSamples = static_cast<std::int64_t>(kSampleRateHz * 60 / kTempoBpm);
inline constexpr std::int64_t kBarSamples = 4 * kQuarterSamples;

// Ids of MidiMuse.Engine's ParameterId; they never change.
inline constexpr ParamID kArm = 2, kCapture = 3, kThru = 12, kLateNotes = 101, kFallbackBars = 102, kShortfalls = 104;
inline constexpr double kCaptureOneBar = 0.25; // the second of five choices
inline constexpr double kCounterMaximum = 9999;

inline double nowSeconds(clockid_t clock = CLOCK_MONOTONIC) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

inline void sleepUntil(double seconds) {
    timespec time{};
    time.tv_sec = static_cast<time_t>(seconds);
    time.tv_nsec = static_cast<long>((seconds - static_cast<double>(time.tv_sec)) * 1e9);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) != 0) {}
}

[[noreturn]] inline void giveUp(const std::string& reason) {
    std::fprintf(stderr, "%s\n", reason.c_str());
    std::exit(2);
}

/// What a host hands to process() and gets back, and the transport.
struct HostBlock {
    static constexpr std::int32_t kMaxSamples = 512;

    HostBlock() {
        context.sampleRate = kSampleRateHz;
        context.tempo = kTempoBpm;
        context.timeSigNumerator = context.timeSigDenominator = 4;
        stop();
    }

    void stop() { context.state = kValid; }

    /// From bar 1 on; the motif is played in its first bar.
    void start() {
        context.state = kValid | ProcessContext::kPlaying;
        context.projectTimeSamples = 0;
        context.projectTimeMusic = 0;
    }

    void arm() {
        inputParameters.set(kArm, 0, 1);
        inputParameters.set(kCapture, 0, kCaptureOneBar);
        inputParameters.set(kThru, 0, 0);
    }

    /// Notes of the motif that begin or end in the block.
    void queueMotif(std::int32_t samples) {
        if ((context.state & ProcessContext::kPlaying) == 0) return;
        static constexpr std::array kPitches{60, 64, 67, 65, 64, 62, 60, 62};
        constexpr std::int64_t kEighth = kQuarterSamples / 2;
        const std::int64_t start = context.projectTimeSamples;
        for (std::size_t i = 0; i < kPitches.size(); ++i) {
            const std::int64_t on = static_cast<std::int64_t>(i) * kEighth;
            const std::int64_t off = on + kEighth * 3 / 4;
            if (on >= start && on < start + samples) inputEvents.noteOn(static_cast<std::int32_t>(on - start), 0, kPitches[i]);
            if (off >= start && off < start + samples) inputEvents.noteOff(static_cast<std::int32_t>(off - start), 0, kPitches[i]);
        }
    }

    /// After every instance has had the block.
    void advance(std::int32_t samples) {
        inputEvents.clear();
        inputParameters.clear();
        context.continousTimeSamples += samples;
        if ((context.state & ProcessContext::kPlaying) == 0) return;
        context.projectTimeSamples += samples;
        context.projectTimeMusic = static_cast<double>(context.projectTimeSamples) / static_cast<double>(kQuarterSamples);
    }

    static constexpr std::uint32_t kValid = ProcessContext::kProjectTimeMusicValid | ProcessContext::kTempoValid
        | ProcessContext::kTimeSigValid | ProcessContext::kContTimeValid;

    EventList inputEvents{256}, outputEvents{4096};
    ParamChanges inputParameters, outputParameters;
    ProcessContext context{};
    float left[kMaxSamples] = {};
    float right[kMaxSamples] = {};
};

/// Component and controller, connected and active, as a host holds them.
class Instance {
public:
    Instance(Bundle& bundle, HostApplication& host) : component(bundle.create<IComponent>(kComponentClass)), controller(bundle.create<IEditController>(kControllerClass)) {
        if (component == nullptr || controller == nullptr) giveUp("The bundle does not create its classes.");
        if (component->initialize(&host) != kResultOk || controller->initialize(&host) != kResultOk) giveUp("The plugin does not initialise.");
        componentPoint_ = query<IConnectionPoint>(component);
        controllerPoint_ = query<IConnectionPoint>(controller);
        componentPoint_->connect(controllerPoint_);
        controllerPoint_->connect(componentPoint_);
        processor_ = query<IAudioProcessor>(component);
        ProcessSetup setup{kRealtime, kSample32, HostBlock::kMaxSamples, kSampleRateHz};
        processor_->setupProcessing(setup);
        component->setActive(1);
        processor_->setProcessing(1);
        if (controller->getParamNormalized(kEngineParameter) != 0.0) giveUp("The bundle's engine does not start.");
    }
    ~Instance() {
        processor_->setProcessing(0);
        component->setActive(0);
        componentPoint_->disconnect(controllerPoint_);
        controllerPoint_->disconnect(componentPoint_);
        controller->terminate();
        component->terminate();
        componentPoint_->release();
        controllerPoint_->release();
        processor_->release();
        controller->release();
        component->release();
    }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// [audio] One block; `data` must be from dataOf(block).
    void process(ProcessData& data) { processor_->process(data); }

    IComponent* component;
    IEditController* controller;

private:
    IConnectionPoint* componentPoint_ = nullptr;
    IConnectionPoint* controllerPoint_ = nullptr;
    IAudioProcessor* processor_ = nullptr;
};

/// process()'s argument; it points into the block and into itself, so it stays where it is.
class BlockData {
public:
    BlockData(HostBlock& block, std::int32_t samples) {
        channels_[0] = block.left;
        channels_[1] = block.right;
        bus_.numChannels = 2;
        bus_.channelBuffers32 = channels_;
        data.processMode = kRealtime;
        data.symbolicSampleSize = kSample32;
        data.numSamples = samples;
        data.numOutputs = 1;
        data.outputs = &bus_;
        data.inputEvents = &block.inputEvents;
        data.outputEvents = &block.outputEvents;
        data.inputParameterChanges = &block.inputParameters;
        data.outputParameterChanges = &block.outputParameters;
        data.processContext = &block.context;
    }
    BlockData(const BlockData&) = delete;
    BlockData& operator=(const BlockData&) = delete;

    ProcessData data{};

private:
    float* channels_[2] = {};
    AudioBusBuffers bus_{};
};

} // namespace midimuse::bench

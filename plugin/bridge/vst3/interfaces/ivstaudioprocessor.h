// Facts from vst/ivstaudioprocessor.h, VST SDK 3.8.1: IAudioProcessor, IProcessContextRequirements, ProcessData.
#pragma once

#include "ivstevents.h"
#include "ivstparameterchanges.h"
#include "ivstprocesscontext.h"
#include "vsttypes.h"

namespace midimuse::vst3 {

enum SymbolicSampleSizes : std::int32_t { kSample32 = 0, kSample64 };
enum ProcessModes : std::int32_t { kRealtime = 0, kPrefetch, kOffline };

inline constexpr std::uint32_t kNoTail = 0;
inline constexpr std::uint32_t kInfiniteTail = 0xFFFFFFFFu;

struct ProcessSetup {
    std::int32_t processMode;
    std::int32_t symbolicSampleSize;
    std::int32_t maxSamplesPerBlock;
    SampleRate sampleRate;
};

struct AudioBusBuffers {
    std::int32_t numChannels;
    std::uint64_t silenceFlags;
    union {
        float** channelBuffers32;
        double** channelBuffers64;
    };
};

struct ProcessData {
    std::int32_t processMode;
    std::int32_t symbolicSampleSize;
    std::int32_t numSamples;
    std::int32_t numInputs;
    std::int32_t numOutputs;
    AudioBusBuffers* inputs;
    AudioBusBuffers* outputs;
    IParameterChanges* inputParameterChanges;
    IParameterChanges* outputParameterChanges;
    IEventList* inputEvents;
    IEventList* outputEvents;
    ProcessContext* processContext;
};

class IAudioProcessor : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x42043F99, 0xB7DA453C, 0xA569E79D, 0x9AAEC33D);

    virtual tresult MM_STDCALL setBusArrangements(SpeakerArrangement* inputs, std::int32_t numIns,
                                                  SpeakerArrangement* outputs, std::int32_t numOuts) = 0;
    virtual tresult MM_STDCALL getBusArrangement(BusDirection direction, std::int32_t index, SpeakerArrangement& arrangement) = 0;
    virtual tresult MM_STDCALL canProcessSampleSize(std::int32_t symbolicSampleSize) = 0;
    virtual std::uint32_t MM_STDCALL getLatencySamples() = 0;
    virtual tresult MM_STDCALL setupProcessing(ProcessSetup& setup) = 0;
    virtual tresult MM_STDCALL setProcessing(TBool state) = 0;
    virtual tresult MM_STDCALL process(ProcessData& data) = 0;
    virtual std::uint32_t MM_STDCALL getTailSamples() = 0;

protected:
    ~IAudioProcessor() = default;
};

class IProcessContextRequirements : public FUnknown {
public:
    static constexpr Uid iid = makeUid(0x2A654303, 0xEF764E3D, 0x95B5FE83, 0x730EF6D0);

    enum Flags : std::uint32_t {
        kNeedSystemTime = 1 << 0,
        kNeedContinousTimeSamples = 1 << 1,
        kNeedProjectTimeMusic = 1 << 2,
        kNeedBarPositionMusic = 1 << 3,
        kNeedCycleMusic = 1 << 4,
        kNeedSamplesToNextClock = 1 << 5,
        kNeedTempo = 1 << 6,
        kNeedTimeSignature = 1 << 7,
        kNeedChord = 1 << 8,
        kNeedFrameRate = 1 << 9,
        kNeedTransportState = 1 << 10
    };

    virtual std::uint32_t MM_STDCALL getProcessContextRequirements() = 0;

protected:
    ~IProcessContextRequirements() = default;
};

} // namespace midimuse::vst3

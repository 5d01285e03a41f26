// The processor half as hosts see it: IComponent, IAudioProcessor, IConnectionPoint, IProcessContextRequirements.
#pragma once

#include "block_translation.h"
#include "com.h"
#include "interfaces/ivstaudioprocessor.h"
#include "interfaces/ivstcomponent.h"
#include "interfaces/ivsthostapplication.h"
#include "interfaces/ivstmessage.h"
#include "plugin_instance.h"

#include <cstdint>
#include <memory>

namespace midimuse::vst3 {

class Component final : public IComponent, public IAudioProcessor, public IConnectionPoint, public IProcessContextRequirements {
public:
    static tresult create(const char* requested, void** object) noexcept;

    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override;
    std::uint32_t MM_STDCALL addRef() override { return references_.increment(); }
    std::uint32_t MM_STDCALL release() override;

    // IPluginBase [main]
    tresult MM_STDCALL initialize(FUnknown* context) override;
    tresult MM_STDCALL terminate() override;

    // IComponent [main]
    tresult MM_STDCALL getControllerClassId(TUID classId) override;
    tresult MM_STDCALL setIoMode(IoMode mode) override;
    std::int32_t MM_STDCALL getBusCount(MediaType type, BusDirection direction) override;
    tresult MM_STDCALL getBusInfo(MediaType type, BusDirection direction, std::int32_t index, BusInfo& bus) override;
    tresult MM_STDCALL getRoutingInfo(RoutingInfo& in, RoutingInfo& out) override;
    tresult MM_STDCALL activateBus(MediaType type, BusDirection direction, std::int32_t index, TBool state) override;
    tresult MM_STDCALL setActive(TBool state) override;
    tresult MM_STDCALL setState(IBStream* state) override;
    tresult MM_STDCALL getState(IBStream* state) override;

    // IAudioProcessor [main] but for process [audio]; setProcessing may come from either
    tresult MM_STDCALL setBusArrangements(SpeakerArrangement* inputs, std::int32_t numIns, SpeakerArrangement* outputs, std::int32_t numOuts) override;
    tresult MM_STDCALL getBusArrangement(BusDirection direction, std::int32_t index, SpeakerArrangement& arrangement) override;
    tresult MM_STDCALL canProcessSampleSize(std::int32_t symbolicSampleSize) override;
    std::uint32_t MM_STDCALL getLatencySamples() override { return 0; }
    tresult MM_STDCALL setupProcessing(ProcessSetup& setup) override;
    tresult MM_STDCALL setProcessing(TBool state) override;
    tresult MM_STDCALL process(ProcessData& data) override;
    std::uint32_t MM_STDCALL getTailSamples() override;

    // IConnectionPoint [main]
    tresult MM_STDCALL connect(IConnectionPoint* other) override;
    tresult MM_STDCALL disconnect(IConnectionPoint* other) override;
    tresult MM_STDCALL notify(IMessage* message) override;

    // IProcessContextRequirements
    std::uint32_t MM_STDCALL getProcessContextRequirements() override;

private:
    Component() = default;
    ~Component();

    void renderPreview(ProcessData& data) noexcept;
    void sendStatus(IParameterChanges* changes) noexcept;
    void sendToken();

    ReferenceCount references_;
    ComPtr<IHostApplication> host_;
    ComPtr<IConnectionPoint> controller_;
    std::shared_ptr<PluginInstance> instance_; // from initialize to terminate
    std::int64_t token_ = 0;
    BlockInput input_;
    ProcessSetup setup_{kRealtime, kSample32, 1024, 48000};
    SpeakerArrangement inputArrangement_ = kArrangementStereo;
    SpeakerArrangement outputArrangement_ = kArrangementStereo;
    bool active_ = false;
    bool engineReported_ = false;
};

} // namespace midimuse::vst3

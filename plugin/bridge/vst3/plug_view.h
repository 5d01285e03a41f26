// The editor as hosts see it: IPlugView, IPlugViewContentScaleSupport. [main]
#pragma once

#include "com.h"
#include "editor_host.h"
#include "interfaces/iplugview.h"
#include "main_thread_queue.h"
#include "plugin_instance.h"

#include <memory>

namespace midimuse::vst3 {

class PlugView final : public IPlugView, public IPlugViewContentScaleSupport {
public:
    /// The view keeps the instance alive: hosts may let go of the component first.
    PlugView(const mm_api& api, std::shared_ptr<PluginInstance> instance, EditorHost host);

    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override;
    std::uint32_t MM_STDCALL addRef() override { return references_.increment(); }
    std::uint32_t MM_STDCALL release() override;

    // IPlugView
    tresult MM_STDCALL isPlatformTypeSupported(FIDString type) override;
    tresult MM_STDCALL attached(void* parent, FIDString type) override;
    tresult MM_STDCALL removed() override;
    tresult MM_STDCALL onWheel(float distance) override;
    tresult MM_STDCALL onKeyDown(char16_t key, std::int16_t keyCode, std::int16_t modifiers) override;
    tresult MM_STDCALL onKeyUp(char16_t key, std::int16_t keyCode, std::int16_t modifiers) override;
    tresult MM_STDCALL getSize(ViewRect* size) override;
    tresult MM_STDCALL onSize(ViewRect* newSize) override;
    tresult MM_STDCALL onFocus(TBool state) override;
    tresult MM_STDCALL setFrame(IPlugFrame* frame) override;
    tresult MM_STDCALL canResize() override;
    tresult MM_STDCALL checkSizeConstraint(ViewRect* rect) override;

    // IPlugViewContentScaleSupport
    tresult MM_STDCALL setContentScaleFactor(float factor) override;

private:
    ~PlugView();

    ReferenceCount references_;
    const mm_api& api_; // lives as long as the process
    std::shared_ptr<PluginInstance> instance_;
    EditorHost host_;
    MainThreadQueue queue_;
    IPlugFrame* frame_ = nullptr; // the host's, valid until it sets another one; not counted, as the SDK's own view does
    mm_editor* editor_ = nullptr; // from attached to removed
    mm_editor_size size_{};
    double scale_ = 1;
};

} // namespace midimuse::vst3

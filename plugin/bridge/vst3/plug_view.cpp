#include "plug_view.h"

#include <algorithm>
#include <cstring>
#include <utility>

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#if !defined(NOMINMAX) // gcc's own headers define it
#define NOMINMAX
#endif
#include <windows.h>
#endif

namespace midimuse::vst3 {

namespace {

#if defined(_WIN32)
constexpr FIDString kPlatformType = "HWND";
#elif defined(__APPLE__)
constexpr FIDString kPlatformType = "NSView";
#else
constexpr FIDString kPlatformType = "X11EmbedWindowID";
#endif

// Until the host says what it wants: some hosts on Windows never do and still count in the screen's pixels. In a host
// that knows nothing of them Windows says 96.
double firstScale() noexcept {
#if defined(_WIN32)
    constexpr double kUnscaledDpi = 96;
    const HDC screen = GetDC(nullptr);
    const int dpi = screen != nullptr ? GetDeviceCaps(screen, LOGPIXELSX) : 0;
    if (screen != nullptr) ReleaseDC(nullptr, screen);
    return dpi > 0 ? dpi / kUnscaledDpi : 1;
#else
    return 1;
#endif
}

} // namespace

PlugView::PlugView(const mm_api& api, std::shared_ptr<PluginInstance> instance, EditorHost host)
    : api_(api), instance_(std::move(instance)), host_(std::move(host)), queue_([this](const EditorRequest& request) { host_.carryOut(request, this); }), scale_(firstScale()) {
    api_.editor_size(scale_, &size_);
}

PlugView::~PlugView() { removed(); }

tresult PlugView::queryInterface(const TUID requested, void** object) {
    if (object == nullptr) return kInvalidArgument;
    *object = nullptr;
    if (FUnknown::iid.matches(requested) || IPlugView::iid.matches(requested)) *object = static_cast<IPlugView*>(this);
    else if (IPlugViewContentScaleSupport::iid.matches(requested)) *object = static_cast<IPlugViewContentScaleSupport*>(this);
    else return kNoInterface;
    addRef();
    return kResultOk;
}

std::uint32_t PlugView::release() {
    const std::uint32_t left = references_.decrement();
    if (left == 0) delete this;
    return left;
}

tresult PlugView::isPlatformTypeSupported(FIDString type) {
    return type != nullptr && std::strcmp(type, kPlatformType) == 0 ? kResultTrue : kResultFalse;
}

tresult PlugView::attached(void* parent, FIDString type) {
    if (parent == nullptr || isPlatformTypeSupported(type) != kResultTrue) return kInvalidArgument;
    if (editor_ != nullptr) return kResultFalse;
    return guarded([&] {
        queue_.start(frame_);
        const mm_editor_host table = host_.table(queue_);
        const mm_result opened = api_.editor_open(instance_->managed(), &table, parent, size_.width, size_.height, scale_, &editor_);
        if (opened == MM_OK && editor_ != nullptr) return kResultOk;
        editor_ = nullptr;
        queue_.stop();
        return kResultFalse;
    });
}

tresult PlugView::removed() {
    if (editor_ == nullptr) return kResultFalse;
    return guarded([&] {
        api_.editor_close(std::exchange(editor_, nullptr)); // no request comes after it
        queue_.stop();
        return kResultOk;
    });
}

tresult PlugView::onWheel(float) { return kResultFalse; } // our own window gets it from the system

tresult PlugView::onKeyDown(char16_t key, std::int16_t keyCode, std::int16_t modifiers) {
    if (editor_ == nullptr) return kResultFalse;
    return api_.editor_key(editor_, key, keyCode, modifiers) == MM_OK ? kResultTrue : kResultFalse;
}

tresult PlugView::onKeyUp(char16_t, std::int16_t, std::int16_t) { return kResultFalse; }

tresult PlugView::getSize(ViewRect* size) {
    if (size == nullptr) return kInvalidArgument;
    *size = ViewRect{0, 0, size_.width, size_.height};
    return kResultOk;
}

tresult PlugView::onSize(ViewRect* newSize) {
    if (newSize == nullptr) return kInvalidArgument;
    size_.width = std::max(newSize->right - newSize->left, 1);
    size_.height = std::max(newSize->bottom - newSize->top, 1);
    if (editor_ != nullptr) api_.editor_resize(editor_, size_.width, size_.height);
    return kResultOk;
}

tresult PlugView::onFocus(TBool) { return kResultOk; }

tresult PlugView::setFrame(IPlugFrame* frame) {
    frame_ = frame;
    return kResultOk;
}

tresult PlugView::canResize() { return kResultTrue; }

tresult PlugView::checkSizeConstraint(ViewRect* rect) {
    if (rect == nullptr) return kInvalidArgument;
    rect->right = std::max(rect->right, rect->left + size_.smallest_width);
    rect->bottom = std::max(rect->bottom, rect->top + size_.smallest_height);
    return kResultTrue;
}

// Before it is attached the view just has another size; afterwards the host's frame is asked for it.
tresult PlugView::setContentScaleFactor(float factor) {
    if (!(factor >= 0.5f && factor <= 8.0f)) return kInvalidArgument;
    if (static_cast<double>(factor) == scale_) return kResultOk;
    const double change = factor / scale_;
    scale_ = factor;
    const mm_editor_size before = size_;
    api_.editor_size(scale_, &size_);
    size_.width = static_cast<std::int32_t>(before.width * change);
    size_.height = static_cast<std::int32_t>(before.height * change);
    if (editor_ == nullptr) return kResultOk;
    api_.editor_set_scale(editor_, scale_);
    ViewRect wanted{0, 0, size_.width, size_.height};
    if (frame_ != nullptr) frame_->resizeView(this, &wanted);
    return kResultOk;
}

} // namespace midimuse::vst3

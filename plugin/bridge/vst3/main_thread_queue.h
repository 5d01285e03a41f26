// What the editor's thread wants of the host, until the host's main thread gets to it. [ui] posts, [main] delivers
#pragma once

#include "com.h"
#include "interfaces/irunloop.h"
#include "interfaces/vsttypes.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace midimuse::vst3 {

struct EditorRequest {
    enum class Kind : std::uint8_t { beginEdit, performEdit, endEdit, showMenu };

    Kind kind;
    ParamID id;
    ParamValue value;
    std::int32_t x;
    std::int32_t y;
};

/// Hosts want to be called on their main thread. On Linux their run loop watches a descriptor for us (IRunLoop), on
/// Windows a message-only window belongs to that thread. Where neither is to be had the request is delivered on the
/// editor's thread: a host without a run loop has no other way to hear of it.
class MainThreadQueue final : public IEventHandler {
public:
    explicit MainThreadQueue(std::function<void(const EditorRequest&)> deliver);
    ~MainThreadQueue();
    MainThreadQueue(const MainThreadQueue&) = delete;
    MainThreadQueue& operator=(const MainThreadQueue&) = delete;

    /// [main] `frame` may be null.
    void start(FUnknown* frame);
    /// [main] Delivers what is left.
    void stop();
    /// [ui]
    void post(const EditorRequest& request);

    // FUnknown: lives inside its view, which unregisters it before it goes.
    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override;
    std::uint32_t MM_STDCALL addRef() override { return 1; }
    std::uint32_t MM_STDCALL release() override { return 1; }

    // IEventHandler [main]
    void MM_STDCALL onFDIsSet(FileDescriptor descriptor) override;

    /// [main]
    void deliverAll();

private:
    bool wake() noexcept;

    std::function<void(const EditorRequest&)> deliver_;
    std::mutex mutex_; // between [ui] and [main] only
    std::vector<EditorRequest> waiting_;
    ComPtr<IRunLoop> runLoop_;
#if defined(_WIN32)
    void* window_ = nullptr; // HWND
#else
    int descriptors_[2] = {-1, -1}; // pipe: [0] watched by the run loop
#endif
};

} // namespace midimuse::vst3

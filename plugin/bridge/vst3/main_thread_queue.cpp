#include "main_thread_queue.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

namespace midimuse::vst3 {

MainThreadQueue::MainThreadQueue(std::function<void(const EditorRequest&)> deliver) : deliver_(std::move(deliver)) {}

MainThreadQueue::~MainThreadQueue() { stop(); }

tresult MainThreadQueue::queryInterface(const TUID requested, void** object) {
    if (object == nullptr) return kInvalidArgument;
    const bool known = FUnknown::iid.matches(requested) || IEventHandler::iid.matches(requested);
    *object = known ? static_cast<IEventHandler*>(this) : nullptr;
    return known ? kResultOk : kNoInterface;
}

void MainThreadQueue::post(const EditorRequest& request) {
    {
        const std::lock_guard lock(mutex_);
        // A knob that is turned fast leaves only its last value.
        const bool replaces = !waiting_.empty() && waiting_.back().kind == EditorRequest::Kind::performEdit
            && request.kind == EditorRequest::Kind::performEdit && waiting_.back().id == request.id;
        if (replaces) waiting_.back() = request;
        else waiting_.push_back(request);
    }
    if (!wake()) deliverAll();
}

void MainThreadQueue::deliverAll() {
    for (;;) {
        EditorRequest request{};
        {
            const std::lock_guard lock(mutex_);
            if (waiting_.empty()) return;
            request = waiting_.front();
            waiting_.erase(waiting_.begin());
        }
        deliver_(request); // without the lock: the host may call back
    }
}

#if defined(_WIN32)

namespace {

constexpr UINT kDeliver = WM_APP + 1;
constexpr const wchar_t* kClassName = L"MidiMuseMainThreadQueue";

// Classes are known by name and module: another copy of this library in the process has one of its own.
HINSTANCE thisModule() noexcept {
    HMODULE module = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, kClassName, &module);
    return module;
}

LRESULT CALLBACK onMessage(HWND window, UINT message, WPARAM wide, LPARAM object) {
    if (message != kDeliver) return DefWindowProcW(window, message, wide, object);
    reinterpret_cast<MainThreadQueue*>(GetWindowLongPtrW(window, GWLP_USERDATA))->deliverAll();
    return 0;
}

} // namespace

void MainThreadQueue::start(FUnknown*) {
    if (window_ != nullptr) return;
    WNDCLASSW description{};
    description.lpfnWndProc = onMessage;
    description.lpszClassName = kClassName;
    description.hInstance = thisModule();
    RegisterClassW(&description); // a second registration fails, which does not matter
    HWND window = CreateWindowW(kClassName, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr, description.hInstance, nullptr);
    if (window == nullptr) return;
    SetWindowLongPtrW(window, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(this));
    window_ = window;
}

void MainThreadQueue::stop() {
    if (window_ != nullptr) DestroyWindow(static_cast<HWND>(window_));
    window_ = nullptr;
    UnregisterClassW(kClassName, thisModule()); // the last one does it: Windows refuses while there are windows
    deliverAll();
}

bool MainThreadQueue::wake() noexcept { return window_ != nullptr && PostMessageW(static_cast<HWND>(window_), kDeliver, 0, 0) != 0; }

void MainThreadQueue::onFDIsSet(FileDescriptor) {}

#else

void MainThreadQueue::start(FUnknown* frame) {
    if (runLoop_) return;
    runLoop_ = ComPtr<IRunLoop>::query(frame);
    if (!runLoop_) return;
    if (pipe(descriptors_) != 0) {
        runLoop_.reset();
        return;
    }
    for (const int descriptor : descriptors_) {
        fcntl(descriptor, F_SETFL, O_NONBLOCK);
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    if (runLoop_->registerEventHandler(this, descriptors_[0]) != kResultOk) stop();
}

void MainThreadQueue::stop() {
    if (runLoop_) runLoop_->unregisterEventHandler(this);
    runLoop_.reset();
    for (int& descriptor : descriptors_) {
        if (descriptor >= 0) close(descriptor);
        descriptor = -1;
    }
    deliverAll();
}

bool MainThreadQueue::wake() noexcept {
    if (!runLoop_) return false;
    const char byte = 1;
    // A full pipe means that the run loop has been woken already.
    [[maybe_unused]] const auto written = write(descriptors_[1], &byte, 1);
    return true;
}

void MainThreadQueue::onFDIsSet(FileDescriptor descriptor) {
    char bytes[64];
    while (read(descriptor, bytes, sizeof bytes) > 0) {
    }
    deliverAll();
}

#endif

} // namespace midimuse::vst3

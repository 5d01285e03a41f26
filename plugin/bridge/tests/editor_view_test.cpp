// The editor's view as hosts treat it, with an engine whose editor turns one knob all the time: every edit reaches the
// host on its own thread and as a whole gesture, views come and go, several at once, the component first.
#include "check.h"
#include "fake_host.h"

#include "../vst3/interfaces/irunloop.h"
#include "../vst3/interfaces/ivstcontextmenu.h"

#include <poll.h>

#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace midimuse::tests;

namespace {

/// The host's run loop: this thread, when it feels like it.
class RunLoop final : public Uncounted<IRunLoop> {
public:
    tresult MM_STDCALL registerEventHandler(IEventHandler* handler, FileDescriptor descriptor) override {
        handlers[handler] = descriptor;
        return kResultOk;
    }
    tresult MM_STDCALL unregisterEventHandler(IEventHandler* handler) override {
        handlers.erase(handler);
        return kResultOk;
    }
    tresult MM_STDCALL registerTimer(ITimerHandler*, TimerInterval) override { return kNotImplemented; }
    tresult MM_STDCALL unregisterTimer(ITimerHandler*) override { return kNotImplemented; }

    void runOnce(int milliseconds) {
        std::vector<pollfd> descriptors;
        for (const auto& [handler, descriptor] : handlers) descriptors.push_back({descriptor, POLLIN, 0});
        poll(descriptors.data(), descriptors.size(), milliseconds);
        for (const pollfd& ready : descriptors) {
            if ((ready.revents & POLLIN) == 0) continue;
            for (const auto& [handler, descriptor] : std::map(handlers)) {
                if (descriptor == ready.fd) handler->onFDIsSet(descriptor);
            }
        }
    }

    std::map<IEventHandler*, FileDescriptor> handlers;
};

class Frame final : public IPlugFrame {
public:
    explicit Frame(RunLoop* loop) : loop_(loop) {}
    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override {
        *object = nullptr;
        if (IRunLoop::iid.matches(requested) && loop_ != nullptr) *object = static_cast<IRunLoop*>(loop_);
        return *object != nullptr ? kResultOk : kNoInterface;
    }
    std::uint32_t MM_STDCALL addRef() override { return 1; }
    std::uint32_t MM_STDCALL release() override { return 1; }
    tresult MM_STDCALL resizeView(IPlugView*, ViewRect* size) override {
        wanted = *size;
        return kResultOk;
    }

    ViewRect wanted{};

private:
    RunLoop* loop_;
};

class Handler final : public Uncounted<IComponentHandler> {
public:
    tresult MM_STDCALL beginEdit(ParamID) override { return note("b"); }
    tresult MM_STDCALL performEdit(ParamID id, ParamValue value) override {
        CHECK_EQUAL(id, 6u);
        CHECK(value >= 0 && value <= 1);
        return note("p");
    }
    tresult MM_STDCALL endEdit(ParamID) override { return note("e"); }
    tresult MM_STDCALL restartComponent(std::int32_t) override { return kResultOk; }

    std::string calls;
    bool anyThread = false;

private:
    tresult note(const char* what) {
        if (!anyThread) CHECK(std::this_thread::get_id() == main_);
        calls += what;
        return kResultOk;
    }
    std::thread::id main_ = std::this_thread::get_id();
};

/// A host with a menu of its own for parameters.
class MenuHandler final : public IComponentHandler, public IComponentHandler3, public IContextMenu {
public:
    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override {
        *object = nullptr;
        if (FUnknown::iid.matches(requested) || IComponentHandler::iid.matches(requested)) *object = static_cast<IComponentHandler*>(this);
        else if (IComponentHandler3::iid.matches(requested)) *object = static_cast<IComponentHandler3*>(this);
        return *object != nullptr ? kResultOk : kNoInterface;
    }
    std::uint32_t MM_STDCALL addRef() override { return 1; }
    std::uint32_t MM_STDCALL release() override { return 1; }
    tresult MM_STDCALL beginEdit(ParamID) override { return kResultOk; }
    tresult MM_STDCALL performEdit(ParamID, ParamValue) override { return kResultOk; }
    tresult MM_STDCALL endEdit(ParamID) override { return kResultOk; }
    tresult MM_STDCALL restartComponent(std::int32_t) override { return kResultOk; }

    IContextMenu* MM_STDCALL createContextMenu(IPlugView* view, const ParamID* id) override {
        CHECK(std::this_thread::get_id() == main_);
        CHECK(view != nullptr);
        asked = *id;
        return this;
    }
    std::int32_t MM_STDCALL getItemCount() override { return 0; }
    tresult MM_STDCALL getItem(std::int32_t, ContextMenuItem&, IContextMenuTarget**) override { return kResultFalse; }
    tresult MM_STDCALL addItem(const ContextMenuItem&, IContextMenuTarget*) override { return kResultOk; }
    tresult MM_STDCALL removeItem(const ContextMenuItem&, IContextMenuTarget*) override { return kResultOk; }
    tresult MM_STDCALL popup(UCoord x, UCoord y) override {
        at = {x, y};
        return kResultOk;
    }

    ParamID asked = 0;
    std::pair<UCoord, UCoord> at{};

private:
    std::thread::id main_ = std::this_thread::get_id();
};

/// "b", some "p", "e", again and again.
bool areWholeGestures(const std::string& calls) {
    bool open = false;
    for (const char call : calls) {
        if (call == 'b') {
            if (open) return false;
            open = true;
        } else if (!open) return false;
        if (call == 'e') open = false;
    }
    return !open;
}

class Controlled {
public:
    Controlled(Bundle& bundle, ActivePlugin& plugin, IComponentHandler& handler) : controller(bundle.create<IEditController>(kControllerClass)) {
        controller->initialize(&plugin.host);
        controller->setComponentHandler(&handler);
        component_ = query<IConnectionPoint>(plugin.component);
        point_ = query<IConnectionPoint>(controller);
        point_->connect(component_);
        component_->connect(point_);
    }
    ~Controlled() {
        component_->disconnect(point_);
        point_->disconnect(component_);
        component_->release();
        point_->release();
        controller->terminate();
        controller->release();
    }

    IEditController* controller;

private:
    IConnectionPoint* component_;
    IConnectionPoint* point_;
};

int parentWindow; // only its address counts

void open(IPlugView& view, Frame& frame) {
    CHECK_EQUAL(view.setFrame(&frame), kResultOk);
    CHECK_EQUAL(view.attached(&parentWindow, "X11EmbedWindowID"), kResultOk);
}

void edits_reach_the_host_on_its_thread_and_as_whole_gestures(Bundle& bundle) {
    ActivePlugin plugin(bundle);
    Handler handler;
    RunLoop loop;
    Frame frame(&loop);
    Controlled controlled(bundle, plugin, handler);
    IPlugView* view = controlled.controller->createView("editor");
    CHECK(view != nullptr);
    open(*view, frame);
    for (int turn = 0; turn < 50; ++turn) loop.runOnce(20);
    CHECK_EQUAL(view->removed(), kResultOk);
    CHECK(handler.calls.size() > 10);
    CHECK(areWholeGestures(handler.calls));
    CHECK(loop.handlers.empty());
    CHECK_EQUAL(view->removed(), kResultFalse);
    view->release();
}

void a_host_without_a_run_loop_still_hears_of_edits(Bundle& bundle) {
    ActivePlugin plugin(bundle);
    Handler handler;
    handler.anyThread = true;
    Frame frame(nullptr);
    Controlled controlled(bundle, plugin, handler);
    IPlugView* view = controlled.controller->createView("editor");
    open(*view, frame);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    view->release(); // without removed(): careless hosts
    CHECK(handler.calls.size() > 2);
    CHECK(areWholeGestures(handler.calls));
}

void the_hosts_own_menu_opens_for_the_parameter_at_the_pointer(Bundle& bundle) {
    ActivePlugin plugin(bundle);
    MenuHandler handler;
    RunLoop loop;
    Frame frame(&loop);
    Controlled controlled(bundle, plugin, handler);
    IPlugView* view = controlled.controller->createView("editor");
    open(*view, frame);
    for (int turn = 0; turn < 50 && handler.asked == 0; ++turn) loop.runOnce(20);
    CHECK_EQUAL(handler.asked, 6u);
    CHECK_EQUAL(handler.at.first, 120);
    CHECK_EQUAL(handler.at.second, 45);
    view->removed();
    view->release();
}

void views_open_and_close_200_times_and_several_at_once(Bundle& bundle) {
    ActivePlugin plugin(bundle);
    Handler handler;
    RunLoop loop;
    Frame frame(&loop);
    Controlled controlled(bundle, plugin, handler);
    for (int round = 0; round < 100; ++round) {
        IPlugView* first = controlled.controller->createView("editor");
        IPlugView* second = controlled.controller->createView("editor");
        open(*first, frame);
        open(*second, frame);
        CHECK_EQUAL(first->attached(&parentWindow, "X11EmbedWindowID"), kResultFalse);
        first->removed();
        second->removed();
        CHECK_EQUAL(first->release(), 0u);
        CHECK_EQUAL(second->release(), 0u);
    }
    CHECK(loop.handlers.empty());
}

void the_component_may_go_before_the_view(Bundle& bundle) {
    Handler handler;
    RunLoop loop;
    Frame frame(&loop);
    IPlugView* view = nullptr;
    {
        ActivePlugin plugin(bundle);
        Controlled controlled(bundle, plugin, handler);
        view = controlled.controller->createView("editor");
        open(*view, frame);
    }
    loop.runOnce(5);
    CHECK_EQUAL(view->removed(), kResultOk);
    CHECK_EQUAL(view->release(), 0u);
}

void sizes_scales_and_keys_follow_the_rules(Bundle& bundle) {
    ActivePlugin plugin(bundle);
    Handler handler;
    RunLoop loop;
    Frame frame(&loop);
    Controlled controlled(bundle, plugin, handler);
    CHECK(controlled.controller->createView("generic") == nullptr);
    IPlugView* view = controlled.controller->createView("editor");
    CHECK_EQUAL(view->isPlatformTypeSupported("X11EmbedWindowID"), kResultTrue);
    CHECK_EQUAL(view->isPlatformTypeSupported("HWND"), kResultFalse);
    CHECK_EQUAL(view->attached(&parentWindow, "HWND"), kInvalidArgument);
    CHECK_EQUAL(view->attached(nullptr, "X11EmbedWindowID"), kInvalidArgument);
    CHECK_EQUAL(view->onKeyDown(u'a', 0, 0), kResultFalse); // not open
    ViewRect size{};
    CHECK_EQUAL(view->getSize(&size), kResultOk);
    CHECK_EQUAL(size.right, 600);
    auto* scaled = query<IPlugViewContentScaleSupport>(view);
    CHECK(scaled != nullptr && query<IPlugView>(scaled) == view);
    view->release();
    CHECK_EQUAL(scaled->setContentScaleFactor(2.0f), kResultOk);
    CHECK_EQUAL(scaled->setContentScaleFactor(0.0f), kInvalidArgument);
    view->getSize(&size);
    CHECK_EQUAL(size.right, 1200);
    ViewRect small{10, 10, 20, 20};
    CHECK_EQUAL(view->checkSizeConstraint(&small), kResultTrue);
    CHECK_EQUAL(small.right, 610);
    CHECK_EQUAL(small.bottom, 410);
    CHECK_EQUAL(view->canResize(), kResultTrue);
    open(*view, frame);
    CHECK_EQUAL(view->onKeyDown(u'a', 0, 0), kResultTrue);
    CHECK_EQUAL(view->onKeyDown(u'b', 0, 0), kResultFalse);
    ViewRect larger{0, 0, 1500, 900};
    CHECK_EQUAL(view->onSize(&larger), kResultOk);
    CHECK_EQUAL(scaled->setContentScaleFactor(1.0f), kResultOk);
    CHECK_EQUAL(frame.wanted.right, 750);
    scaled->release();
    view->release();
}

} // namespace

int main(int, char** arguments) {
    Bundle bundle(arguments[1]);
    if (bundle.factory == nullptr) {
        fail(__FILE__, __LINE__, bundle.error);
        return finish();
    }
    edits_reach_the_host_on_its_thread_and_as_whole_gestures(bundle);
    a_host_without_a_run_loop_still_hears_of_edits(bundle);
    the_hosts_own_menu_opens_for_the_parameter_at_the_pointer(bundle);
    views_open_and_close_200_times_and_several_at_once(bundle);
    the_component_may_go_before_the_view(bundle);
    sizes_scales_and_keys_follow_the_rules(bundle);
    return finish();
}

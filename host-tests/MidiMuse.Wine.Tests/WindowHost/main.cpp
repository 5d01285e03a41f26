// A host with windows, for tests of the Windows bundle's editor:
//   window_host.exe PLUGIN.vst3 COMMANDS.txt
// reads commands, a line each, and says on its output what happens. The host's window lies at 0,0 without a border, so that
// the view's pixels are the screen's; a second window, right of it, takes files. Commands:
//   load FILE | save FILE                 the component's state
//   open | close | cycle N                the editor, once or many times
//   resize W H | scale F                  as hosts do
//   move X Y | click X Y | doubleclick X Y | wheel N | key CODE | type TEXT
//   drag X Y TOX TOY                      button down, a dozen steps, button up
//   dragout X Y                           the same, to the window that takes files
//   carry X Y FILE                        a file from that window to X Y
//   counts                                says what there is; pixel X Y remembers it
// and these wait until it is so, for as long as kPatience, and fail if it does not come:
//   heard N ID                            the host was told N values of a parameter
//   repainted X Y                         the pixel differs from the last one that was asked for
//   size W H | focus editor|host
//   destroy                               the host's window, before the editor is closed
//   wait MS
#include "drag_and_drop.h"
#include "host_objects.h"
#include "pointer.h"

#include "../../../plugin/bridge/vst3/class_ids.h"
#include "../../../plugin/bridge/vst3/interfaces/ivstcomponent.h"

#include <ole2.h>
#include <tlhelp32.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace window_host {

namespace {

constexpr int kTargetWidth = 300;
constexpr ULONGLONG kPatience = 60'000; // milliseconds: build machines are busy

void pump(DWORD milliseconds) {
    const ULONGLONG end = GetTickCount64() + milliseconds;
    for (;;) {
        MSG message;
        while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
        const ULONGLONG now = GetTickCount64();
        if (now >= end) return;
        MsgWaitForMultipleObjectsEx(0, nullptr, static_cast<DWORD>(end - now), QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    }
}

/// The editor has a thread of its own, so what it does is there a little later.
template <class Condition>
void await(const char* what, Condition isSo) {
    const ULONGLONG end = GetTickCount64() + kPatience;
    while (!isSo()) {
        if (GetTickCount64() > end) throw std::runtime_error(std::string("it did not happen: ") + what);
        pump(20);
    }
}

COLORREF pixelAt(int x, int y) {
    const HDC screen = GetDC(nullptr);
    const COLORREF colour = GetPixel(screen, x, y);
    ReleaseDC(nullptr, screen);
    return colour;
}

HWND makeWindow(const wchar_t* title, int x, int y, int width, int height) {
    static const wchar_t* kClass = L"WindowHost";
    WNDCLASSW description{};
    description.lpfnWndProc = DefWindowProcW;
    description.lpszClassName = kClass;
    description.hInstance = GetModuleHandleW(nullptr);
    description.hbrBackground = reinterpret_cast<HBRUSH>(COLOR_WINDOW + 1);
    RegisterClassW(&description);
    const HWND window = CreateWindowExW(0, kClass, title, WS_POPUP | WS_VISIBLE | WS_CLIPCHILDREN, x, y, width, height, nullptr, nullptr, description.hInstance, nullptr);
    if (window == nullptr) throw std::runtime_error("the host has no window");
    return window;
}

int threadCount() {
    const HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry{};
    entry.dwSize = sizeof entry;
    int count = 0;
    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry)) count += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    return count;
}

class Session {
public:
    explicit Session(const char* pluginFile) {
        const HMODULE library = LoadLibraryExA(pluginFile, nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
        if (library == nullptr) throw std::runtime_error("the plugin's file cannot be loaded");
        using GetFactory = IPluginFactory* (*)();
        auto* factory = reinterpret_cast<GetFactory>(reinterpret_cast<void*>(GetProcAddress(library, "GetPluginFactory")))();
        make(factory, kComponentClass, component_);
        make(factory, kControllerClass, controller_);
        require(component_->initialize(&application_), "initialise the component");
        require(controller_->initialize(&application_), "initialise the controller");
        controller_->setComponentHandler(&handler_);
        IConnectionPoint* ends[2] = {};
        component_->queryInterface(IConnectionPoint::iid.data(), reinterpret_cast<void**>(&ends[0]));
        controller_->queryInterface(IConnectionPoint::iid.data(), reinterpret_cast<void**>(&ends[1]));
        ends[1]->connect(ends[0]);
        require(ends[0]->connect(ends[1]), "connect the component");
        MemoryStream state;
        component_->getState(&state);
        state.seek(0, IBStream::kIBSeekSet, nullptr);
        controller_->setComponentState(&state);
        frame_.resize = [this](const ViewRect& size) { placeWindows(size.right - size.left, size.bottom - size.top); };
    }

    void load(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
        MemoryStream forComponent, forController;
        forComponent.bytes = forController.bytes = bytes;
        require(component_->setState(&forComponent), "take the state");
        controller_->setComponentState(&forController);
        say("loaded %d", static_cast<int>(bytes.size()));
    }

    void save(const std::string& path) {
        MemoryStream state;
        require(component_->getState(&state), "give its state");
        std::ofstream(path, std::ios::binary).write(state.bytes.data(), static_cast<std::streamsize>(state.bytes.size()));
        say("saved");
    }

    void open() {
        view_ = controller_->createView(kEditorView);
        if (view_ == nullptr) throw std::runtime_error("there is no view");
        view_->setFrame(&frame_);
        ViewRect size{};
        view_->getSize(&size);
        if (window_ == nullptr) {
            window_ = makeWindow(L"host", 0, 0, size.right, size.bottom);
            target_ = makeWindow(L"target", size.right, 0, kTargetWidth, size.bottom);
            takeFiles(target_);
        }
        placeWindows(size.right, size.bottom);
        SetForegroundWindow(window_);
        SetFocus(window_);
        require(view_->attached(window_, "HWND"), "open its window");
    }

    void close() {
        require(view_->removed(), "close its window");
        view_->setFrame(nullptr);
        view_->release();
        view_ = nullptr;
    }

    void resize(int width, int height) {
        ViewRect size{0, 0, width, height};
        view_->checkSizeConstraint(&size);
        placeWindows(size.right, size.bottom);
        view_->onSize(&size);
    }

    void scale(float factor) {
        IPlugViewContentScaleSupport* support = nullptr;
        view_->queryInterface(IPlugViewContentScaleSupport::iid.data(), reinterpret_cast<void**>(&support));
        require(support->setContentScaleFactor(factor), "take a scale");
        support->release();
    }

    /// Where the child lies and what there is of it.
    void sayCounts() {
        DWORD handles = 0;
        GetProcessHandleCount(GetCurrentProcess(), &handles);
        say("counts %d threads %u windows", threadCount(), static_cast<unsigned>(childWindows()));
    }

    void awaitSize(int width, int height) {
        await("the size", [&] {
            RECT area{};
            const HWND child = GetWindow(window_, GW_CHILD);
            return child != nullptr && GetWindowRect(child, &area) && area.right - area.left == width && area.bottom - area.top == height;
        });
    }

    void awaitFocus(bool isEditors) {
        await("the focus", [&] {
            const HWND child = GetWindow(window_, GW_CHILD);
            GUITHREADINFO info{};
            info.cbSize = sizeof info;
            const DWORD thread = GetWindowThreadProcessId(isEditors && child != nullptr ? child : window_, nullptr);
            return GetGUIThreadInfo(thread, &info) && info.hwndFocus == (isEditors ? child : window_);
        });
    }

    void awaitHeard(int values, ParamID id) {
        await("the parameter", [&] { return handler_.heard(id) >= values; });
    }

    void destroyWindow() {
        DestroyWindow(window_);
        window_ = nullptr;
    }

    /// A place in the window that takes files.
    POINT target() const {
        RECT area{};
        GetWindowRect(target_, &area);
        return POINT{area.left + kTargetWidth / 2, area.top + 300};
    }

private:
    template <class Interface>
    static void make(IPluginFactory* factory, const Uid& cid, Interface*& object) {
        require(factory->createInstance(cid.data(), Interface::iid.data(), reinterpret_cast<void**>(&object)), "make its classes");
    }

    static void require(tresult result, const char* what) {
        if (result != kResultOk) throw std::runtime_error(std::string("the plugin does not ") + what);
    }

    int childWindows() const {
        int count = 0;
        for (HWND child = GetWindow(window_, GW_CHILD); child != nullptr; child = GetWindow(child, GW_HWNDNEXT)) ++count;
        return count;
    }

    void placeWindows(int width, int height) {
        SetWindowPos(window_, nullptr, 0, 0, width, height, SWP_NOZORDER | SWP_NOACTIVATE);
        SetWindowPos(target_, nullptr, width, 0, kTargetWidth, height, SWP_NOZORDER | SWP_NOACTIVATE);
    }

    HostApplication application_;
    Handler handler_;
    Frame frame_;
    IComponent* component_ = nullptr;
    IEditController* controller_ = nullptr;
    IPlugView* view_ = nullptr;
    HWND window_ = nullptr;
    HWND target_ = nullptr;
};

void click(int x, int y) {
    movePointer(x, y);
    pump(60);
    pressButton(true);
    pump(30);
    pressButton(false);
    pump(120);
}

void pullTo(int x, int y, int toX, int toY) {
    constexpr int kSteps = 12;
    movePointer(x, y);
    pump(60);
    pressButton(true);
    for (int step = 1; step <= kSteps; ++step) {
        pump(50);
        movePointer(x + (toX - x) * step / kSteps, y + (toY - y) * step / kSteps);
    }
}

void drag(int x, int y, int toX, int toY) {
    pullTo(x, y, toX, toY);
    pump(1500);
    pressButton(false);
    pump(500);
}

void dragOut(int x, int y, POINT to) {
    const int before = takenFiles();
    pullTo(x, y, to.x, to.y);
    await("the file over the other window", [to, shift = 0L]() mutable {
        movePointer(to.x + (shift ^= 1), to.y); // a hand that rests sends nothing
        return isSomethingOver();
    });
    pressButton(false);
    await("the drop", [before] { return takenFiles() > before; });
    pump(1000); // until the editor has heard that it is over
}

void cycle(Session& session, int rounds) {
    for (int round = 0; round < rounds; ++round) {
        session.open();
        // Every third is shown for a moment, every other one goes before it was drawn.
        if (round % 3 == 0) pump(60);
        session.close();
    }
    pump(200);
}

void run(Session& session, const std::string& line) {
    std::istringstream words(line);
    const auto rest = [&words] {
        std::string text;
        std::getline(words >> std::ws, text); // paths have blanks
        return text;
    };
    static COLORREF lastPixel = 0;
    std::string verb, text;
    int x = 0, y = 0, toX = 0, toY = 0;
    words >> verb;
    if (verb == "load") session.load(rest());
    else if (verb == "save") session.save(rest());
    else if (verb == "open") session.open(), pump(600);
    else if (verb == "close") session.close(), pump(50);
    else if (verb == "destroy") session.destroyWindow(), pump(300);
    else if (verb == "cycle" && words >> x) cycle(session, x);
    else if (verb == "resize" && words >> x >> y) session.resize(x, y), pump(300);
    else if (verb == "scale" && words >> text) session.scale(std::stof(text)), pump(300);
    else if (verb == "move" && words >> x >> y) movePointer(x, y), pump(100);
    else if (verb == "click" && words >> x >> y) click(x, y);
    else if (verb == "doubleclick" && words >> x >> y) click(x, y), click(x, y);
    else if (verb == "wheel" && words >> x) turnWheel(x), pump(200);
    else if (verb == "key" && words >> x) pressKey(static_cast<WORD>(x)), pump(150);
    else if (verb == "type" && words >> text) typeText(text.c_str()), pump(300);
    else if (verb == "drag" && words >> x >> y >> toX >> toY) drag(x, y, toX, toY);
    else if (verb == "dragout" && words >> x >> y) dragOut(x, y, session.target());
    else if (verb == "carry" && words >> x >> y) {
        const POINT from = session.target();
        movePointer(from.x, from.y);
        pump(100);
        text = rest();
        say("carried %s", carryFile(std::wstring(text.begin(), text.end()), x, y) ? "taken" : "refused");
        pump(600);
    } else if (verb == "pixel" && words >> x >> y) lastPixel = pixelAt(x, y);
    else if (verb == "repainted" && words >> x >> y) await("the picture", [&] { return pixelAt(x, y) != lastPixel; });
    else if (verb == "heard" && words >> x >> y) session.awaitHeard(x, static_cast<ParamID>(y));
    else if (verb == "size" && words >> x >> y) session.awaitSize(x, y);
    else if (verb == "focus" && words >> text) session.awaitFocus(text == "editor");
    else if (verb == "counts") session.sayCounts();
    else if (verb == "wait" && words >> x) pump(static_cast<DWORD>(x));
    else throw std::runtime_error("no such command: " + line);
}

} // namespace

} // namespace window_host

int main(int count, char** arguments) {
    if (count != 3) return 2;
    OleInitialize(nullptr);
    try {
        window_host::Session session(arguments[1]);
        std::ifstream commands(arguments[2]);
        for (std::string line; std::getline(commands, line);) {
            if (line.empty()) continue;
            window_host::say("> %s", line.c_str());
            window_host::run(session, line);
        }
        window_host::say("end");
    } catch (const std::exception& problem) {
        window_host::say("failed: %s", problem.what());
        std::fflush(stdout);
        _exit(1);
    }
    // The runtime inside the plugin has threads that would outlive main's destructors.
    std::fflush(stdout);
    _exit(0);
}

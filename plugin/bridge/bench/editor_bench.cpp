// How long process() takes while the plugin's editor is open and redraws, against how long it takes while it is closed, as
// JSON on standard output. A native host, because a managed one's own collector would stop the measuring thread.
//   editor_bench MODULE.so SECONDS ROUNDS
// The audio thread calls process() at the pace of a sound card on an instance that answers without end; in every second
// phase its editor stands in a window of an X server and follows the playhead.
#include "audio_thread.h"

#include "../vst3/interfaces/iplugview.h"

#include <dlfcn.h>

#include <atomic>
#include <thread>

using namespace midimuse::bench;

namespace {

constexpr double kWindowSettleSeconds = 0.5; // after the editor was opened or closed, not recorded

/// A window for the editor. libxcb without its headers: functions and places as in xcb.h and xproto.h of libxcb 1.15.
class PlainWindow {
public:
    PlainWindow(std::uint16_t width, std::uint16_t height) : library_(dlopen("libxcb.so.1", RTLD_NOW)) {
        if (library_ == nullptr) giveUp("libxcb.so.1 is not installed.");
        int screen = 0;
        connection_ = function<void*(const char*, int*)>("xcb_connect")(nullptr, &screen);
        if (function<int(void*)>("xcb_connection_has_error")(connection_) != 0) giveUp("There is no X display.");
        const auto screens = function<Screens(const void*)>("xcb_setup_roots_iterator")(function<const void*(void*)>("xcb_get_setup")(connection_));
        id_ = function<std::uint32_t(void*)>("xcb_generate_id")(connection_);
        function<unsigned(void*, std::uint8_t, std::uint32_t, std::uint32_t, std::int16_t, std::int16_t, std::uint16_t, std::uint16_t, std::uint16_t,
            std::uint16_t, std::uint32_t, std::uint32_t, const void*)>("xcb_create_window")(connection_, 0, id_, *screens.first, 0, 0, width, height, 0, 1, 0, 0, nullptr);
        function<unsigned(void*, std::uint32_t)>("xcb_map_window")(connection_, id_);
        // The answer to anything says that the server has made the window.
        const unsigned asked = function<unsigned(void*)>("xcb_get_input_focus")(connection_);
        std::free(function<void*(void*, unsigned, void**)>("xcb_get_input_focus_reply")(connection_, asked, nullptr));
    }
    ~PlainWindow() { function<void(void*)>("xcb_disconnect")(connection_); }
    PlainWindow(const PlainWindow&) = delete;
    PlainWindow& operator=(const PlainWindow&) = delete;

    void* handle() const { return reinterpret_cast<void*>(static_cast<std::uintptr_t>(id_)); }

private:
    struct Screens {
        const std::uint32_t* first; // xcb_screen_t, which begins with the root window
        int rest;
        int index;
    };

    template <class Function>
    Function* function(const char* name) const {
        auto* found = reinterpret_cast<Function*>(dlsym(library_, name));
        if (found == nullptr) giveUp(std::string("libxcb has no ") + name);
        return found;
    }

    void* library_;
    void* connection_ = nullptr;
    std::uint32_t id_ = 0;
};

/// The editor, while it is open.
class OpenEditor {
public:
    OpenEditor(Instance& instance, PlainWindow& window) : view_(instance.controller->createView("editor")) {
        if (view_ == nullptr) giveUp("The plugin has no editor.");
        if (view_->attached(window.handle(), "X11EmbedWindowID") != kResultOk) giveUp("The editor does not open.");
    }
    ~OpenEditor() {
        view_->removed();
        view_->release();
    }
    OpenEditor(const OpenEditor&) = delete;
    OpenEditor& operator=(const OpenEditor&) = delete;

private:
    IPlugView* view_;
};

void writePhase(const char* name, const std::vector<Call>& calls, std::int64_t missed) {
    std::printf("\"%s\":{\"blocks\":%zu,\"missed\":%lld", name, calls.size(), static_cast<long long>(missed));
    writeQuantiles("wallUs", calls, &Call::wallUs);
    writeQuantiles("cpuUs", calls, &Call::cpuUs);
    std::printf("}");
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4) giveUp("editor_bench MODULE.so SECONDS ROUNDS");
    const double seconds = std::atof(arguments[2]);
    const int rounds = std::max(1, std::atoi(arguments[3]));
    HostApplication host;
    Bundle bundle(arguments[1]);
    if (bundle.factory == nullptr) giveUp("The module does not load: " + bundle.error);
    AudioThread audio(bundle, host);
    PlainWindow window(1200, 700);

    std::vector<Call> calls[2]; // closed, open
    std::int64_t missed[2] = {};
    for (auto& some : calls) some.reserve(static_cast<std::size_t>(rounds * seconds / kBlockSeconds) + 1);
    std::atomic<int> phase{-1}; // the one that the main thread is ready for
    std::atomic<int> done{-1};
    std::thread thread([&] {
        AudioThread::tryRealtimePriority();
        audio.startMotif();
        for (int i = 0; i < 2 * rounds; ++i) {
            done = i;
            while (phase < i) audio.run(nullptr, 0.01);
            audio.run(nullptr, kWindowSettleSeconds);
            const std::int64_t before = audio.missed;
            audio.run(&calls[i % 2], seconds);
            missed[i % 2] += audio.missed - before;
        }
        done = 2 * rounds;
    });
    for (int i = 0; i < 2 * rounds; ++i) {
        while (done < i) sleepUntil(nowSeconds() + 0.01);
        if (i % 2 == 0) {
            phase = i;
            continue;
        }
        OpenEditor editor(audio.instance(), window);
        phase = i;
        while (done < i + 1) sleepUntil(nowSeconds() + 0.01);
    }
    thread.join();

    std::printf("{\"blockSamples\":%d,", kBlockSamples);
    writePhase("closed", calls[0], missed[0]);
    std::printf(",");
    writePhase("open", calls[1], missed[1]);
    std::printf(",\"notes\":%lld,\"lateNotes\":%.0f,\"shortfalls\":%.0f}\n", static_cast<long long>(audio.notes), audio.lateNotes, audio.shortfalls);
    if (audio.notes == 0) giveUp("The plugin did not answer.");
    return 0;
}

// What a host with a window gives a plugin besides: a handler of edits, a frame and a stream. Everything is said on the log.
#pragma once

#include "../../../plugin/bridge/tests/host_objects.h"
#include "../../../plugin/bridge/vst3/interfaces/ibstream.h"
#include "../../../plugin/bridge/vst3/interfaces/iplugview.h"
#include "../../../plugin/bridge/vst3/interfaces/ivsteditcontroller.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace window_host {

using namespace midimuse::vst3;
using midimuse::tests::HostApplication;
using midimuse::tests::Uncounted;

/// One line of the log, at once: the reader waits for it.
template <class... Values>
void say(const char* format, Values... values) {
    std::printf(format, values...);
    std::printf("\n");
    std::fflush(stdout);
}

class Handler final : public Uncounted<IComponentHandler> {
public:
    tresult MM_STDCALL beginEdit(ParamID id) override { return told("begin", id, -1); }
    tresult MM_STDCALL performEdit(ParamID id, ParamValue normalized) override { return ++heard_[id], told("perform", id, normalized); }
    tresult MM_STDCALL endEdit(ParamID id) override { return told("end", id, -1); }
    tresult MM_STDCALL restartComponent(std::int32_t) override { return kResultOk; }

    /// Values so far.
    int heard(ParamID id) const {
        const auto found = heard_.find(id);
        return found == heard_.end() ? 0 : found->second;
    }

private:
    /// Which thread: hosts want edits on their own.
    tresult told(const char* what, ParamID id, double value) const {
        const char* thread = GetCurrentThreadId() == mainThread_ ? "main" : "other";
        if (value >= 0) say("%s %u %.4f %s", what, static_cast<unsigned>(id), value, thread);
        else say("%s %u %s", what, static_cast<unsigned>(id), thread);
        return kResultOk;
    }

    DWORD mainThread_ = GetCurrentThreadId();
    std::map<ParamID, int> heard_;
};

class Frame final : public Uncounted<IPlugFrame> {
public:
    std::function<void(const ViewRect&)> resize;

    tresult MM_STDCALL resizeView(IPlugView* view, ViewRect* size) override {
        say("resizeView %d %d", size->right - size->left, size->bottom - size->top);
        resize(*size);
        return view->onSize(size);
    }
};

class MemoryStream final : public Uncounted<IBStream> {
public:
    std::vector<char> bytes;

    tresult MM_STDCALL read(void* buffer, std::int32_t wanted, std::int32_t* read) override {
        const auto count = std::min<std::size_t>(static_cast<std::size_t>(wanted), bytes.size() - position_);
        if (count > 0) std::memcpy(buffer, bytes.data() + position_, count);
        position_ += count;
        if (read != nullptr) *read = static_cast<std::int32_t>(count);
        return kResultOk;
    }
    tresult MM_STDCALL write(void* buffer, std::int32_t count, std::int32_t* written) override {
        const char* from = static_cast<const char*>(buffer);
        bytes.insert(bytes.end(), from, from + count);
        position_ = bytes.size();
        if (written != nullptr) *written = count;
        return kResultOk;
    }
    tresult MM_STDCALL seek(std::int64_t position, std::int32_t mode, std::int64_t* result) override {
        const std::int64_t base = mode == kIBSeekSet ? 0 : static_cast<std::int64_t>(mode == kIBSeekCur ? position_ : bytes.size());
        position_ = static_cast<std::size_t>(std::clamp<std::int64_t>(base + position, 0, static_cast<std::int64_t>(bytes.size())));
        return result != nullptr ? tell(result) : kResultOk;
    }
    tresult MM_STDCALL tell(std::int64_t* position) override { return *position = static_cast<std::int64_t>(position_), kResultOk; }

private:
    std::size_t position_ = 0;
};

} // namespace window_host

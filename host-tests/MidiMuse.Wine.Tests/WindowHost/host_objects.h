// What a host gives a plugin: itself, messages, a handler of edits, a frame and a stream. Everything is said on the log.
#pragma once

#include "../../../plugin/bridge/vst3/interfaces/ibstream.h"
#include "../../../plugin/bridge/vst3/interfaces/iplugview.h"
#include "../../../plugin/bridge/vst3/interfaces/ivsteditcontroller.h"
#include "../../../plugin/bridge/vst3/interfaces/ivsthostapplication.h"
#include "../../../plugin/bridge/vst3/interfaces/ivstmessage.h"

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

/// One line of the log, at once: the reader waits for it.
template <class... Values>
void say(const char* format, Values... values) {
    std::printf(format, values...);
    std::printf("\n");
    std::fflush(stdout);
}

/// The host's own objects live as long as the process.
template <class Interface>
class Permanent : public Interface {
public:
    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override {
        const bool known = FUnknown::iid.matches(requested) || Interface::iid.matches(requested);
        *object = known ? static_cast<Interface*>(this) : nullptr;
        return known ? kResultOk : kNoInterface;
    }
    std::uint32_t MM_STDCALL addRef() override { return 1; }
    std::uint32_t MM_STDCALL release() override { return 1; }
};

class Attributes final : public Permanent<IAttributeList> {
public:
    tresult MM_STDCALL setInt(AttrID id, std::int64_t value) override { return numbers_[id] = value, kResultOk; }
    tresult MM_STDCALL getInt(AttrID id, std::int64_t& value) override {
        const auto found = numbers_.find(id);
        if (found == numbers_.end()) return kResultFalse;
        value = found->second;
        return kResultOk;
    }
    tresult MM_STDCALL setFloat(AttrID, double) override { return kNotImplemented; }
    tresult MM_STDCALL getFloat(AttrID, double&) override { return kNotImplemented; }
    tresult MM_STDCALL setString(AttrID, const TChar*) override { return kNotImplemented; }
    tresult MM_STDCALL getString(AttrID, TChar*, std::uint32_t) override { return kNotImplemented; }
    tresult MM_STDCALL setBinary(AttrID, const void*, std::uint32_t) override { return kNotImplemented; }
    tresult MM_STDCALL getBinary(AttrID, const void*&, std::uint32_t&) override { return kNotImplemented; }

private:
    std::map<std::string, std::int64_t> numbers_;
};

class Message final : public Permanent<IMessage> {
public:
    FIDString MM_STDCALL getMessageID() override { return id_.c_str(); }
    void MM_STDCALL setMessageID(FIDString id) override { id_ = id; }
    IAttributeList* MM_STDCALL getAttributes() override { return &attributes_; }

private:
    std::string id_;
    Attributes attributes_;
};

class Application final : public Permanent<IHostApplication> {
public:
    tresult MM_STDCALL getName(String128 name) override {
        const char16_t text[] = u"Window host";
        std::copy(std::begin(text), std::end(text), name);
        return kResultOk;
    }
    tresult MM_STDCALL createInstance(TUID cid, TUID, void** object) override {
        if (!IMessage::iid.matches(cid)) return kNoInterface;
        *object = static_cast<IMessage*>(new Message); // few, and as long as the process
        return kResultOk;
    }
};

class Handler final : public Permanent<IComponentHandler> {
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

class Frame final : public Permanent<IPlugFrame> {
public:
    std::function<void(const ViewRect&)> resize;

    tresult MM_STDCALL resizeView(IPlugView* view, ViewRect* size) override {
        say("resizeView %d %d", size->right - size->left, size->bottom - size->top);
        resize(*size);
        return view->onSize(size);
    }
};

class MemoryStream final : public Permanent<IBStream> {
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

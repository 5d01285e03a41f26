// What every host of ours gives a plugin, on any system: objects that are not counted, messages, and itself.
#pragma once

#include "../vst3/interfaces/ivsthostapplication.h"
#include "../vst3/interfaces/ivstmessage.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

namespace midimuse::tests {

using namespace midimuse::vst3;

/// FUnknown of an object that outlives every use of it, on the host's stack or as long as its process, and is not counted.
template <class Interface>
class Uncounted : public Interface {
public:
    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override {
        const bool known = FUnknown::iid.matches(requested) || Interface::iid.matches(requested);
        *object = known ? static_cast<Interface*>(this) : nullptr;
        return known ? kResultOk : kNoInterface;
    }
    std::uint32_t MM_STDCALL addRef() override { return 1; }
    std::uint32_t MM_STDCALL release() override { return 1; }
};

/// Integers only: the plugin sends nothing else.
class Attributes final : public Uncounted<IAttributeList> {
public:
    tresult MM_STDCALL setInt(AttrID id, std::int64_t value) override { integers_[id] = value; return kResultOk; }
    tresult MM_STDCALL getInt(AttrID id, std::int64_t& value) override {
        const auto found = integers_.find(id);
        if (found == integers_.end()) return kResultFalse;
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
    std::map<std::string, std::int64_t> integers_;
};

/// A counted message; its attributes live as long.
class Message final : public IMessage {
public:
    tresult MM_STDCALL queryInterface(const TUID requested, void** object) override {
        const bool known = FUnknown::iid.matches(requested) || IMessage::iid.matches(requested);
        *object = known ? static_cast<IMessage*>(this) : nullptr;
        if (known) addRef();
        return known ? kResultOk : kNoInterface;
    }
    std::uint32_t MM_STDCALL addRef() override { return ++count_; }
    std::uint32_t MM_STDCALL release() override {
        const std::uint32_t left = --count_;
        if (left == 0) delete this;
        return left;
    }
    FIDString MM_STDCALL getMessageID() override { return id_.c_str(); }
    void MM_STDCALL setMessageID(FIDString id) override { id_ = id; }
    IAttributeList* MM_STDCALL getAttributes() override { return &attributes_; }

private:
    std::uint32_t count_ = 1;
    std::string id_;
    Attributes attributes_;
};

class HostApplication final : public Uncounted<IHostApplication> {
public:
    tresult MM_STDCALL getName(String128 name) override {
        const char16_t text[] = u"MidiMuse's tests";
        std::copy(std::begin(text), std::end(text), name);
        return kResultOk;
    }
    tresult MM_STDCALL createInstance(TUID cid, TUID, void** object) override {
        if (!IMessage::iid.matches(cid)) return kNoInterface;
        *object = static_cast<IMessage*>(new Message());
        return kResultOk;
    }
};

} // namespace midimuse::tests

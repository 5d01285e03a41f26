// Counting references to our objects and holding references to the host's.
#pragma once

#include "interfaces/funknown.h"

#include <atomic>
#include <exception>
#include <new>
#include <utility>

namespace midimuse::vst3 {

class ReferenceCount {
public:
    std::uint32_t increment() noexcept { return count_.fetch_add(1, std::memory_order_relaxed) + 1; }
    std::uint32_t decrement() noexcept { return count_.fetch_sub(1, std::memory_order_acq_rel) - 1; }

private:
    std::atomic<std::uint32_t> count_{1}; // the creator's
};

/// Holds one reference to a host's object.
template <class Interface>
class ComPtr {
public:
    ComPtr() noexcept = default;
    explicit ComPtr(Interface* object) noexcept : object_(object) { if (object_ != nullptr) object_->addRef(); }
    ComPtr(const ComPtr&) = delete;
    ComPtr& operator=(const ComPtr&) = delete;
    ComPtr(ComPtr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    ComPtr& operator=(ComPtr&& other) noexcept {
        if (this != &other) { reset(); object_ = std::exchange(other.object_, nullptr); }
        return *this;
    }
    ~ComPtr() { reset(); }

    /// The object's other interface, or an empty pointer.
    static ComPtr query(FUnknown* object) noexcept {
        ComPtr result;
        void* found = nullptr;
        if (object != nullptr && object->queryInterface(Interface::iid.data(), &found) == kResultOk) {
            result.object_ = static_cast<Interface*>(found);
        }
        return result;
    }

    /// Takes over a reference that the caller already owns.
    static ComPtr adopt(Interface* object) noexcept {
        ComPtr result;
        result.object_ = object;
        return result;
    }

    void reset() noexcept { if (object_ != nullptr) std::exchange(object_, nullptr)->release(); }
    Interface* get() const noexcept { return object_; }
    Interface* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

private:
    Interface* object_ = nullptr;
};

/// Nothing throws across the ABI: runs `work` and turns what it throws into a result.
template <class Work>
tresult guarded(Work&& work) noexcept {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return kOutOfMemory;
    } catch (...) {
        return kInternalError;
    }
}

} // namespace midimuse::vst3

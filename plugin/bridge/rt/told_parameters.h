// Parameters that the engine has set on its own account and the host does not know yet. [audio]
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace midimuse::rt {

struct ToldParameter {
    std::uint32_t id;
    double value; // normalised
    bool fresh;   // the audio thread itself has not obeyed it yet
};

/// The latest value of each, in the order in which they were first set. Where there is no room, the oldest gives way:
/// the engine's value holds all the same, only the host's display stays behind.
class ToldParameters {
public:
    void add(std::uint32_t id, double value) noexcept {
        const auto last = waiting_.begin() + count_;
        const auto same = std::find_if(waiting_.begin(), last, [id](const ToldParameter& told) { return told.id == id; });
        if (same != last) {
            *same = ToldParameter{id, value, true};
            return;
        }
        if (count_ == kMost) remove(1);
        waiting_[static_cast<std::size_t>(count_++)] = ToldParameter{id, value, true};
    }

    std::span<ToldParameter> waiting() noexcept { return {waiting_.data(), static_cast<std::size_t>(count_)}; }

    /// The host has set it itself since.
    void forget(std::uint32_t id) noexcept {
        const auto last = waiting_.begin() + count_;
        count_ = static_cast<std::int32_t>(std::remove_if(waiting_.begin(), last, [id](const ToldParameter& told) { return told.id == id; }) - waiting_.begin());
    }

    /// The host has taken the first ones.
    void remove(std::int32_t taken) noexcept {
        std::copy(waiting_.begin() + taken, waiting_.begin() + count_, waiting_.begin());
        count_ -= taken;
    }

private:
    static constexpr std::int32_t kMost = 128;

    std::array<ToldParameter, kMost> waiting_{};
    std::int32_t count_ = 0;
};

} // namespace midimuse::rt

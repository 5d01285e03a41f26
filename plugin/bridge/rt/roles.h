// The parameters that the audio thread itself obeys: bypass, thru, panic, output channel. [audio], set up on [main]
#pragma once

#include "../include/midimuse_abi.h"

#include "preview_voice.h"

#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>

namespace midimuse::rt {

struct RoleBinding {
    std::uint32_t paramId;
    std::uint32_t role; // MM_ROLE_
};

struct RoleValues {
    bool bypass = false;
    bool thru = true; // without a managed side MIDI passes through
    std::int32_t outputChannel = 0; // 0 = as the event says, 1..16
    bool audioMotif = false;
    bool armed = false;
    PreviewSettings preview;
};

class Roles {
public:
    /// [main] before processing starts.
    bool bind(RoleBinding binding) noexcept {
        if (count_ == bindings_.size()) return false;
        bindings_[count_++] = binding;
        return true;
    }

    std::uint32_t roleOf(std::uint32_t paramId) const noexcept {
        for (std::uint32_t i = 0; i < count_; ++i) {
            if (bindings_[i].paramId == paramId) return bindings_[i].role;
        }
        return MM_ROLE_NONE;
    }

    /// [main] any time, for example after a state was restored: the next block takes the values over.
    void post(const RoleValues& values) noexcept {
        const std::uint32_t packed = (values.bypass ? 1u : 0u) | (values.thru ? 2u : 0u)
            | (values.audioMotif ? 4u : 0u) | (values.armed ? 8u : 0u)
            | (static_cast<std::uint32_t>(values.preview.sound) << 4) | (values.preview.on ? 64u : 0u)
            | (static_cast<std::uint32_t>(values.outputChannel) << 8)
            | (static_cast<std::uint32_t>(values.preview.level * kLevelSteps + 0.5f) << 16) | kPosted;
        posted_.store(packed, std::memory_order_release);
    }

    /// [audio] True where new values were posted since the last call.
    bool takePosted(RoleValues& values) noexcept {
        if (posted_.load(std::memory_order_relaxed) == 0) return false;
        const std::uint32_t packed = posted_.exchange(0, std::memory_order_acquire);
        if (packed == 0) return false;
        const PreviewSettings preview{(packed & 64u) != 0, static_cast<float>((packed >> 16) & 0xFFFu) / kLevelSteps,
                                      static_cast<PreviewSound>((packed >> 4) & 3u)};
        values = RoleValues{(packed & 1u) != 0, (packed & 2u) != 0, static_cast<std::int32_t>((packed >> 8) & 0xFFu),
                            (packed & 4u) != 0, (packed & 8u) != 0, preview};
        return true;
    }

    /// 0..16 from the normalised value of a parameter with 16 steps.
    static std::int32_t outputChannelOf(double normalised) noexcept {
        if (!(normalised > 0)) return 0;
        return static_cast<std::int32_t>(std::fmin(normalised, 1.0) * 16.0 + 0.5);
    }

    static PreviewSound previewSoundOf(double normalised) noexcept {
        return static_cast<PreviewSound>(std::fmin(std::fmax(normalised, 0.0), 1.0) * 3.0 + 0.5);
    }

private:
    static constexpr float kLevelSteps = 4095.0f;
    static constexpr std::uint32_t kPosted = 1u << 31;

    std::array<RoleBinding, 16> bindings_{};
    std::uint32_t count_ = 0;
    std::atomic<std::uint32_t> posted_{0};
};

} // namespace midimuse::rt

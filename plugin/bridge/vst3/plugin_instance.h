// One loaded plugin: the shared block, the audio thread's processor and the managed instance. [main]
#pragma once

#include "../managed/library.h"
#include "../rt/block_processor.h"
#include "interfaces/vsttypes.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace midimuse::vst3 {

/// A read-only parameter that the engine feeds: its value goes to the host when it changes.
struct StatusOutput {
    ParamID id;
    std::int32_t slot;
    double sent;
};

class PluginInstance {
public:
    PluginInstance();
    ~PluginInstance();
    PluginInstance(const PluginInstance&) = delete;
    PluginInstance& operator=(const PluginInstance&) = delete;

    /// Creates the managed side. Where that fails, MIDI passes through and reason() says why.
    void start();
    void setActive(bool active, double sampleRateHz, std::int32_t maxBlockSamples);

    bool setState(std::vector<std::uint8_t> bytes);
    bool getState(std::vector<std::uint8_t>& bytes);

    /// Runs a line of plugin/docs/COMMANDS.md; the answer is JSON. False without an engine.
    bool command(const std::string& line, std::string& answer);

    /// Why the engine is not available, or what it last complained about; empty where all is well.
    std::string reason();

    rt::BlockProcessor& processor() noexcept { return *processor_; }
    mm_shared& shared() noexcept { return *shared_; }
    std::span<StatusOutput> statusOutputs() noexcept { return statusOutputs_; }
    bool available() const noexcept { return managed_ != nullptr; }
    /// Null where the engine did not start.
    mm_instance* managed() const noexcept { return managed_; }
    /// [audio] A parameter was set: a refused state is no longer what the user has.
    void noteEdited() noexcept { edited_.store(true, std::memory_order_relaxed); }

private:
    struct FreeShared {
        void operator()(mm_shared* shared) const noexcept;
    };

    void bindParameters(const mm_api& api);
    void postRoles();
    bool managedState(std::vector<std::uint8_t>& bytes);

    std::unique_ptr<mm_shared, FreeShared> shared_;
    std::unique_ptr<rt::BlockProcessor> processor_;
    mm_instance* managed_ = nullptr; // created in start(), destroyed before shared_
    std::vector<rt::RoleBinding> roles_;
    std::vector<StatusOutput> statusOutputs_;
    std::string startFailure_;
    std::mutex stateMutex_;                // hosts may save from another thread than the one that loads
    std::vector<std::uint8_t> keptState_;  // bytes that the managed side did not take: returned untouched
    bool keepsState_ = false;
    std::atomic<bool> edited_{false};
};

} // namespace midimuse::vst3

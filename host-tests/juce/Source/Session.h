// A run: instances of the plugin, an audio thread that drives them, what came out.
#pragma once

#include "EventLog.h"
#include "HostedPlugin.h"
#include "MotifPlayer.h"
#include "Options.h"
#include "Timeline.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace host
{

struct InstanceLog
{
    std::vector<LoggedEvent> output;
    std::vector<double> processMicroseconds; // one a block
    float peak = 0.0f;                       // of the audio output
};

class Session
{
public:
    /// [main] Makes the instances, restores state, activates them, sets parameters.
    explicit Session (const Options& options);

    /// [main] Starts the audio thread and dispatches messages until it has ended.
    void run();

    /// [main] Any time after run() has begun: the transport starts, or, where a window is shown, the run may end.
    void startTransport() noexcept { transportMayStart = true; }
    void allowEnd() noexcept { mayEnd = true; }

    /// [main] The run is over, only stopped blocks follow.
    bool hasStopped() const noexcept { return transportHasStopped; }

    /// [main] Called between messages while the audio thread runs.
    std::function<void()> whileRunning;

    const std::vector<LoggedEvent>& input() const noexcept { return inputLog; }
    const std::vector<InstanceLog>& logs() const noexcept { return instanceLogs; }
    HostedPlugin& plugin (std::size_t index) { return *plugins[index]; }
    std::int64_t blocks() const noexcept { return blockCount; }

private:
    struct PlayHead;
    struct ScheduledValue
    {
        double timelinePpq;
        juce::AudioProcessorParameter* parameter;
        float value;
    };

    void audioThread(); // [audio]
    void process (const Block& block);
    void pace (int samples);
    void applyDue (const Block& block);

    const Options& options;
    Timeline timeline;
    MotifPlayer motif;
    std::unique_ptr<PlayHead> playHead;
    std::vector<std::unique_ptr<HostedPlugin>> plugins;
    std::vector<ScheduledValue> scheduled;
    std::size_t nextScheduled = 0;

    std::vector<LoggedEvent> inputLog;
    std::vector<InstanceLog> instanceLogs;
    std::int64_t blockCount = 0;
    juce::AudioBuffer<float> audio;
    double paceDeadline = 0.0; // milliseconds, juce::Time's high resolution counter

    std::atomic<bool> transportMayStart { false };
    std::atomic<bool> transportHasStopped { false };
    std::atomic<bool> mayEnd { false };
    std::atomic<bool> ended { false };

public:
    ~Session();
};

} // namespace host

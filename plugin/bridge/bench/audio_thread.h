// The thread that calls process() at the pace of a sound card, on an instance that answers without end, and how long
// each call took.
#pragma once

#include "playing_instance.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <vector>

namespace midimuse::bench {

inline constexpr std::int32_t kBlockSamples = 64;
inline constexpr double kBlockSeconds = kBlockSamples / kSampleRateHz;
inline constexpr double kSettleSeconds = 0.25; // between phases, not recorded

struct Call {
    float wallUs;
    float cpuUs;  // of the audio thread alone: without the time in which the system ran something else on its core
    float lateUs; // how late the system woke the audio thread
};

/// The instance under measurement and the thread's pace.
class AudioThread {
public:
    AudioThread(Bundle& bundle, HostApplication& host) : instance_(bundle, host), call_(block_, kBlockSamples) {}

    Instance& instance() { return instance_; }

    /// True where the system lets it run before everything else, as drivers do.
    static bool tryRealtimePriority() {
        sched_param parameter{};
        parameter.sched_priority = 20;
        return pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter) == 0;
    }

    void startMotif() {
        due_ = nowSeconds();
        block_.arm();
        run(nullptr, 0.1);
        block_.start();
        run(nullptr, 3.0 * static_cast<double>(kBarSamples) / kSampleRateHz);
    }

    /// Blocks for a time; each call is recorded where there is something to record it in.
    void run(std::vector<Call>* calls, double seconds) {
        for (auto left = static_cast<std::int64_t>(seconds / kBlockSeconds); left > 0; --left) {
            sleepUntil(due_);
            const Call call = oneBlock();
            if (calls != nullptr) calls->push_back(call);
            due_ += kBlockSeconds;
            const double now = nowSeconds();
            if (now < due_ + kBlockSeconds) continue;
            ++missed; // a driver would start anew, not play what is over in a burst
            due_ = now;
        }
    }

    std::int64_t missed = 0;
    std::int64_t notes = 0;
    double lateNotes = 0, fallbackBars = 0, shortfalls = 0;

private:
    Call oneBlock() {
        block_.queueMotif(kBlockSamples);
        block_.outputEvents.clear();
        block_.outputParameters.clear();
        const double late = nowSeconds() - due_;
        const double cpuStart = nowSeconds(CLOCK_THREAD_CPUTIME_ID);
        const double start = nowSeconds();
        instance_.process(call_.data);
        const double end = nowSeconds();
        const double cpuEnd = nowSeconds(CLOCK_THREAD_CPUTIME_ID);
        block_.advance(kBlockSamples);
        notes += static_cast<std::int64_t>(block_.outputEvents.size());
        const ParamChanges& reported = block_.outputParameters;
        lateNotes = reported.last(kLateNotes, lateNotes / kCounterMaximum) * kCounterMaximum;
        fallbackBars = reported.last(kFallbackBars, fallbackBars / kCounterMaximum) * kCounterMaximum;
        shortfalls = reported.last(kShortfalls, shortfalls / kCounterMaximum) * kCounterMaximum;
        return {static_cast<float>((end - start) * 1e6), static_cast<float>((cpuEnd - cpuStart) * 1e6), static_cast<float>(late * 1e6)};
    }

    HostBlock block_;
    Instance instance_;
    BlockData call_;
    double due_ = 0;
};

inline void writeQuantiles(const char* name, const std::vector<Call>& calls, float Call::*field) {
    std::vector<float> values;
    values.reserve(calls.size());
    for (const Call& call : calls) values.push_back(call.*field);
    std::sort(values.begin(), values.end());
    const auto at = [&](double quantile) { return values.empty() ? 0.0 : static_cast<double>(values[static_cast<std::size_t>(quantile * static_cast<double>(values.size() - 1) + 0.5)]); };
    std::printf(",\"%s\":{\"p50\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"max\":%.3f}", name, at(0.5), at(0.99), at(0.999), at(1));
}

} // namespace midimuse::bench

// How long process() takes while the plugin's managed runtime collects garbage, against how long it takes while it does
// not, as JSON on standard output. A native host, because a managed one's own collector would stop the measuring thread.
//   garbage_bench MODULE.so STATE SECONDS ROUNDS BYTES_PER_SECOND BYTES_PER_STATE BYTES_PER_TEXT
// The audio thread calls process() at the pace of a sound card on one instance, which answers without end. In every
// second phase two threads save the state of other instances and ask for parameter texts, which is what allocates in
// the plugin; the last two arguments say how many bytes one such call allocates (MidiMuse.Perf measures them).
#include "audio_thread.h"

#include <atomic>
#include <fstream>
#include <memory>
#include <thread>

using namespace midimuse::bench;

namespace {

/// Makes the managed runtime allocate at a rate while it is switched on.
class Storm {
public:
    struct Costs { double perSecond, perState, perText; };

    Storm(Bundle& bundle, HostApplication& host, const std::vector<std::uint8_t>& state, const Costs& costs) : costs_(costs) {
        for (std::size_t i = 0; i < kThreads; ++i) {
            instances_.push_back(std::make_unique<Instance>(bundle, host));
            MemoryStream stream(state);
            if (instances_.back()->component->setState(&stream) != kResultOk) giveUp("The plugin refuses the state.");
        }
        for (std::size_t i = 0; i < kThreads; ++i) threads_.emplace_back([this, i] { work(*instances_[i]); });
    }
    ~Storm() {
        stopping_ = true;
        for (std::thread& thread : threads_) thread.join();
    }

    void switchTo(bool on) { on_ = on; }
    double allocatedBytes() const { return static_cast<double>(states_.load()) * costs_.perState + static_cast<double>(texts_.load()) * costs_.perText; }

private:
    static constexpr std::size_t kThreads = 2;
    static constexpr int kTextsPerState = 16;

    void work(Instance& instance) {
        const double bytesPerRound = costs_.perState + kTextsPerState * costs_.perText;
        MemoryStream stream;
        double due = 0;
        while (!stopping_) {
            if (!on_) {
                due = 0;
                sleepUntil(nowSeconds() + 2e-3);
                continue;
            }
            const double now = nowSeconds();
            if (due == 0 || due < now - 0.1) due = now; // what a busy machine did not let it do is not made up for
            if (due > now) sleepUntil(due);
            due += bytesPerRound * static_cast<double>(kThreads) / costs_.perSecond;
            allocate(instance, stream);
        }
    }

    void allocate(Instance& instance, MemoryStream& stream) {
        stream.bytes.clear();
        if (instance.component->getState(&stream) == kResultOk) ++states_;
        for (int i = 0; i < kTextsPerState; ++i) {
            String128 text{};
            constexpr ParamID kTemperature = 8;
            if (instance.controller->getParamStringByValue(kTemperature, i / 16.0, text) == kResultOk) ++texts_;
        }
    }

    Costs costs_;
    std::vector<std::unique_ptr<Instance>> instances_;
    std::atomic<bool> on_{false};
    std::atomic<bool> stopping_{false};
    std::atomic<std::uint64_t> states_{0};
    std::atomic<std::uint64_t> texts_{0};
    std::vector<std::thread> threads_;
};

struct Phase {
    bool isStorm = false;
    double allocatedBytesPerSecond = 0;
    std::int64_t missed = 0;
    std::vector<Call> calls;
};

void writePhase(const Phase& phase) {
    std::printf("{\"isStorm\":%s,\"blocks\":%zu,\"missed\":%lld,\"allocatedBytesPerSecond\":%.0f", phase.isStorm ? "true" : "false",
        phase.calls.size(), static_cast<long long>(phase.missed), phase.allocatedBytesPerSecond);
    writeQuantiles("wallUs", phase.calls, &Call::wallUs);
    writeQuantiles("cpuUs", phase.calls, &Call::cpuUs);
    writeQuantiles("wakeUs", phase.calls, &Call::lateUs);
    std::printf("}");
}

std::vector<std::uint8_t> readFile(const char* path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

int main(int count, char** arguments) {
    if (count != 8) giveUp("garbage_bench MODULE.so STATE SECONDS ROUNDS BYTES_PER_SECOND BYTES_PER_STATE BYTES_PER_TEXT");
    const double seconds = std::atof(arguments[3]);
    const auto rounds = static_cast<std::size_t>(std::max(1, std::atoi(arguments[4])));
    HostApplication host;
    Bundle bundle(arguments[1]);
    if (bundle.factory == nullptr) giveUp("The module does not load: " + bundle.error);
    std::vector<Phase> phases(2 * rounds);
    for (Phase& phase : phases) phase.calls.reserve(static_cast<std::size_t>(seconds / kBlockSeconds) + 1);
    bool isRealtime = false;
    AudioThread audio(bundle, host);
    {
        Storm storm(bundle, host, readFile(arguments[2]), {std::atof(arguments[5]), std::atof(arguments[6]), std::atof(arguments[7])});
        std::thread thread([&] {
            isRealtime = AudioThread::tryRealtimePriority();
            audio.startMotif();
            for (std::size_t i = 0; i < phases.size(); ++i) {
                Phase& phase = phases[i];
                phase.isStorm = i % 2 == 1;
                storm.switchTo(phase.isStorm);
                audio.run(nullptr, kSettleSeconds);
                const double before = storm.allocatedBytes(), start = nowSeconds();
                const std::int64_t missed = audio.missed;
                audio.run(&phase.calls, seconds);
                phase.allocatedBytesPerSecond = (storm.allocatedBytes() - before) / (nowSeconds() - start);
                phase.missed = audio.missed - missed;
            }
        });
        thread.join();
    }

    Phase quiet, stormy;
    stormy.isStorm = true;
    std::printf("{\"blockSamples\":%d,\"sampleRateHz\":%.0f,\"isRealtimePriority\":%s,\"phases\":[", kBlockSamples, kSampleRateHz, isRealtime ? "true" : "false");
    for (std::size_t i = 0; i < phases.size(); ++i) {
        if (i > 0) std::printf(",");
        writePhase(phases[i]);
        Phase& all = phases[i].isStorm ? stormy : quiet;
        all.calls.insert(all.calls.end(), phases[i].calls.begin(), phases[i].calls.end());
        all.missed += phases[i].missed;
        all.allocatedBytesPerSecond += phases[i].allocatedBytesPerSecond / static_cast<double>(rounds);
    }
    std::printf("],\"quiet\":");
    writePhase(quiet);
    std::printf(",\"storm\":");
    writePhase(stormy);
    std::printf(",\"notes\":%lld,\"lateNotes\":%.0f,\"fallbackBars\":%.0f,\"shortfalls\":%.0f}\n",
        static_cast<long long>(audio.notes), audio.lateNotes, audio.fallbackBars, audio.shortfalls);
    if (audio.notes == 0) giveUp("The plugin did not answer.");
    return 0;
}

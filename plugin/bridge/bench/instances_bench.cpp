// Time to load the bundle and memory of its instances, as JSON on standard output. A process of its own for each
// measurement, because the managed runtime stays in the process once it is loaded.
//   instances_bench MODULE.so INSTANCES        memory, after each instance has heard a motif and answered it
//   instances_bench MODULE.so INSTANCES load   only the times
#include "playing_instance.h"

#include <fstream>
#include <memory>

using namespace midimuse::bench;

namespace {

/// Kilobytes from /proc/self/smaps_rollup.
struct Memory {
    long resident = 0;
    long proportional = 0;
    long privateBytes = 0;

    static Memory now() {
        Memory memory;
        std::ifstream rollup("/proc/self/smaps_rollup");
        std::string line;
        std::getline(rollup, line); // the address range
        for (std::string name; rollup >> name;) {
            long kilobytes = 0;
            if (!(rollup >> kilobytes)) break;
            if (name == "Rss:") memory.resident = kilobytes;
            if (name == "Pss:") memory.proportional = kilobytes;
            if (name == "Private_Clean:" || name == "Private_Dirty:") memory.privateBytes += kilobytes;
            std::getline(rollup, line); // the unit
        }
        return memory;
    }

    void write(const char* name) const {
        std::printf("\"%s\":{\"residentKb\":%ld,\"proportionalKb\":%ld,\"privateKb\":%ld},", name, resident, proportional, privateBytes);
    }
};

using Instances = std::vector<std::unique_ptr<Instance>>;

/// A bar of motif and two of answer in real time, so that every instance has what it needs while it plays.
std::size_t playAndAnswer(Instances& instances, HostBlock& block) {
    constexpr std::int32_t kSamples = HostBlock::kMaxSamples;
    BlockData call(block, kSamples);
    std::size_t notes = 0;
    double due = nowSeconds();
    const auto run = [&] {
        block.queueMotif(kSamples);
        for (const auto& instance : instances) {
            block.outputEvents.clear();
            block.outputParameters.clear();
            instance->process(call.data);
            notes += block.outputEvents.size();
        }
        block.advance(kSamples);
        due += kSamples / kSampleRateHz;
        sleepUntil(due);
    };
    block.arm();
    block.stop();
    run();
    block.start();
    for (std::int64_t played = 0; played < 3 * kBarSamples; played += kSamples) run();
    block.stop();
    run();
    return notes;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3 && count != 4) giveUp("instances_bench MODULE.so INSTANCES [load]");
    const bool plays = count == 3;
    const auto wanted = static_cast<std::size_t>(std::max(2, std::atoi(arguments[2])));
    HostApplication host;
    HostBlock block;

    const Memory before = Memory::now();
    const double start = nowSeconds();
    Bundle bundle(arguments[1]);
    Instances instances; // they end before the bundle does
    instances.reserve(wanted);
    if (bundle.factory == nullptr) giveUp("The module does not load: " + bundle.error);
    const double loaded = nowSeconds();
    instances.push_back(std::make_unique<Instance>(bundle, host));
    const double first = nowSeconds();
    const Memory oneIdle = Memory::now();
    const std::size_t notes = plays ? playAndAnswer(instances, block) : 0;
    const Memory one = Memory::now();

    const double beforeSecond = nowSeconds();
    instances.push_back(std::make_unique<Instance>(bundle, host));
    const double second = nowSeconds();
    while (instances.size() < wanted) instances.push_back(std::make_unique<Instance>(bundle, host));
    const double last = nowSeconds();
    const std::size_t allNotes = plays ? playAndAnswer(instances, block) : 0;
    const Memory all = Memory::now();

    std::printf("{\"instances\":%zu,\"moduleMs\":%.3f,\"firstInstanceMs\":%.3f,\"secondInstanceMs\":%.3f,\"furtherInstanceMs\":%.3f,",
        wanted, (loaded - start) * 1e3, (first - start) * 1e3, (second - beforeSecond) * 1e3,
        wanted > 2 ? (last - second) * 1e3 / static_cast<double>(wanted - 2) : 0.0);
    before.write("before");
    oneIdle.write("oneIdle");
    one.write("one");
    all.write("all");
    std::printf("\"notesOfOne\":%zu,\"notesOfAll\":%zu}\n", notes, allNotes);
    if (plays && (notes == 0 || allNotes == 0)) giveUp("The plugin did not answer.");
    return 0;
}

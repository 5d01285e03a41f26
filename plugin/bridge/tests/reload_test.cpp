// Load, scan, use, unload, a thousand times; then many instances at once. Oracle: the process still runs, and its memory
// and threads do not grow with the rounds.
#include "check.h"
#include "fake_host.h"

#include <fstream>
#include <memory>

using namespace midimuse::tests;

namespace {

long statusField(const std::string& name) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind(name + ":", 0) == 0) return std::stol(line.substr(name.size() + 1));
    }
    return 0;
}

void once(const char* file) {
    Bundle bundle(file);
    CHECK(bundle.factory != nullptr);
    if (bundle.factory == nullptr) return;
    PClassInfo info{};
    CHECK_EQUAL(bundle.factory->getClassInfo(0, &info), kResultOk);
    ActivePlugin plugin(bundle);
    plugin.inputEvents.noteOn(3, 0, 60);
    plugin.context.state |= ProcessContext::kPlaying;
    CHECK_EQUAL(plugin.process(64), kResultOk);
    // The stand-in engine may be quick enough to add a note of its own in the very first block.
    CHECK(plugin.outputEvents.size() >= 1u);
}

} // namespace

int main(int, char** arguments) {
    constexpr int kRounds = 1000;
    for (int i = 0; i < 50; ++i) once(arguments[1]);
    const long before = statusField("VmRSS");
    for (int i = 50; i < kRounds; ++i) once(arguments[1]);
    const long after = statusField("VmRSS");
    std::cout << kRounds << " rounds, resident " << before << " -> " << after << " kB\n";
#if !defined(MIDIMUSE_SANITIZED) // the sanitizers keep what was freed
    CHECK(after - before < 4096);
#endif

    Bundle bundle(arguments[1]);
    std::vector<std::unique_ptr<ActivePlugin>> plugins;
    const long alone = statusField("VmRSS");
    for (int i = 0; i < 64; ++i) plugins.push_back(std::make_unique<ActivePlugin>(bundle));
    for (int round = 0; round < 100; ++round) {
        for (const auto& plugin : plugins) {
            plugin->context.state |= ProcessContext::kPlaying;
            CHECK_EQUAL(plugin->process(64), kResultOk);
            plugin->advance(64);
        }
    }
    std::cout << "64 instances: " << (statusField("VmRSS") - alone) / 64 << " kB each, with this host's buffers\n";
    plugins.clear();
    CHECK_EQUAL(statusField("Threads"), 1);
    return finish();
}

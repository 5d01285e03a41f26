#include "transport_publisher.h"

namespace midimuse::rt {

namespace {

constexpr std::uint32_t flag(bool set, std::uint32_t bit) noexcept { return set ? bit : 0u; }

} // namespace

void publishTransport(mm_shared& shared, const TransportTracker& tracker, const HostTransport& host, bool offline) noexcept {
    const BlockTimeline& block = tracker.block();
    mm_transport next{};
    next.block_start_ppq = block.startPpq;
    next.block_end_ppq = block.endPpq;
    next.project_ppq = tracker.projectPpq();
    next.bar_start_ppq = tracker.barStartPpq();
    next.cycle_start_ppq = host.cycleActive ? host.cycleStartPpq : 0;
    next.cycle_end_ppq = host.cycleActive ? host.cycleEndPpq : 0;
    next.tempo_bpm = tracker.tempoBpm();
    next.sample_rate_hz = tracker.sampleRateHz();
    next.running_samples = static_cast<std::uint64_t>(tracker.runningSamples());
    next.epoch = tracker.epoch();
    next.grid_generation = tracker.gridGeneration();
    next.signature_numerator = tracker.signature().numerator;
    next.signature_denominator = tracker.signature().denominator;
    next.flags = flag(host.playing, MM_TRANSPORT_PLAYING) | flag(host.recording, MM_TRANSPORT_RECORDING)
        | flag(host.cycleActive, MM_TRANSPORT_CYCLE) | flag(offline, MM_TRANSPORT_OFFLINE);

    std::atomic_ref<std::uint32_t> sequence(shared.transport_sequence);
    const std::uint32_t odd = sequence.load(std::memory_order_relaxed) | 1u;
    sequence.store(odd, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    shared.transport = next;
    sequence.store(odd + 1, std::memory_order_release);
}

} // namespace midimuse::rt

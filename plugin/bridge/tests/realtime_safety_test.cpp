// process() of the built binary over fuzzed blocks: no allocation, no lock, and where the kernel can tell, no system call
// but the offline wait. Oracle: malloc, pthread and system calls, interposed by this executable's own definitions.
#include "check.h"
#include "fake_host.h"

#include <cerrno>
#include <csignal>
#include <memory>
#include <random>
#include <semaphore.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}

namespace {

thread_local bool inProcess = false; // initial-exec in an executable: reading it calls nothing
thread_local std::uint64_t allocations = 0;
thread_local std::uint64_t locks = 0;
volatile std::sig_atomic_t systemCalls = 0;
volatile std::sig_atomic_t lastSystemCall = 0;
volatile char dispatch = 0; // SYSCALL_DISPATCH_FILTER_ALLOW

void countAllocation() { if (inProcess) ++allocations; }
void countLock() { if (inProcess) ++locks; }

template <class Function>
Function next(const char* name) { return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name)); }

using MutexFunction = int (*)(pthread_mutex_t*);
using RwlockFunction = int (*)(pthread_rwlock_t*);
using SemFunction = int (*)(sem_t*);
using CondFunction = int (*)(pthread_cond_t*);
MutexFunction realLock, realTryLock, realUnlock;
RwlockFunction realReadLock, realWriteLock;
SemFunction realSemWait, realSemPost;
CondFunction realSignal, realBroadcast;

[[gnu::constructor]] void findRealFunctions() {
    realLock = next<MutexFunction>("pthread_mutex_lock");
    realTryLock = next<MutexFunction>("pthread_mutex_trylock");
    realUnlock = next<MutexFunction>("pthread_mutex_unlock");
    realReadLock = next<RwlockFunction>("pthread_rwlock_rdlock");
    realWriteLock = next<RwlockFunction>("pthread_rwlock_wrlock");
    realSemWait = next<SemFunction>("sem_wait");
    realSemPost = next<SemFunction>("sem_post");
    realSignal = next<CondFunction>("pthread_cond_signal");
    realBroadcast = next<CondFunction>("pthread_cond_broadcast");
}

} // namespace

#define INTERPOSED extern "C" __attribute__((visibility("default")))

INTERPOSED void* malloc(std::size_t size) { countAllocation(); return __libc_malloc(size); }
INTERPOSED void* calloc(std::size_t count, std::size_t size) { countAllocation(); return __libc_calloc(count, size); }
INTERPOSED void* realloc(void* block, std::size_t size) { countAllocation(); return __libc_realloc(block, size); }
INTERPOSED void free(void* block) { if (block != nullptr) countAllocation(); __libc_free(block); }
INTERPOSED void* aligned_alloc(std::size_t alignment, std::size_t size) { countAllocation(); return __libc_memalign(alignment, size); }
INTERPOSED int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
    countAllocation();
    *block = __libc_memalign(alignment, size);
    return *block == nullptr ? ENOMEM : 0;
}
INTERPOSED int pthread_mutex_lock(pthread_mutex_t* mutex) { countLock(); return realLock(mutex); }
INTERPOSED int pthread_mutex_trylock(pthread_mutex_t* mutex) { countLock(); return realTryLock(mutex); }
INTERPOSED int pthread_mutex_unlock(pthread_mutex_t* mutex) { countLock(); return realUnlock(mutex); }
INTERPOSED int pthread_rwlock_rdlock(pthread_rwlock_t* lock) { countLock(); return realReadLock(lock); }
INTERPOSED int pthread_rwlock_wrlock(pthread_rwlock_t* lock) { countLock(); return realWriteLock(lock); }
INTERPOSED int sem_wait(sem_t* semaphore) { countLock(); return realSemWait(semaphore); }
INTERPOSED int sem_post(sem_t* semaphore) { countLock(); return realSemPost(semaphore); }
INTERPOSED int pthread_cond_signal(pthread_cond_t* condition) { countLock(); return realSignal(condition); }
INTERPOSED int pthread_cond_broadcast(pthread_cond_t* condition) { countLock(); return realBroadcast(condition); }

using namespace midimuse::tests;

namespace {

// Linux 5.11: while `dispatch` is 1, a system call of this thread raises SIGSYS instead.
bool trapSystemCalls() {
    struct sigaction action{};
    action.sa_flags = SA_SIGINFO;
    action.sa_sigaction = [](int, siginfo_t* info, void*) {
        dispatch = 0;
        systemCalls = systemCalls + 1;
        lastSystemCall = info->si_syscall;
    };
    sigaction(SIGSYS, &action, nullptr);
    constexpr int kSetSyscallUserDispatch = 59, kOn = 1;
    return prctl(kSetSyscallUserDispatch, kOn, 0, 0, &dispatch) == 0;
}

struct Guard {
    explicit Guard(bool trap) {
        if (trap) dispatch = 1;
        inProcess = true;
    }
    ~Guard() {
        inProcess = false;
        dispatch = 0;
    }
};

void the_detectors_detect(bool traps) {
    {
        const Guard guard(false);
        std::unique_ptr<int> forbidden(new int(7));
        asm volatile("" : : "g"(forbidden.get()) : "memory");
    }
    CHECK_EQUAL(allocations, 2u);
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    {
        const Guard guard(false);
        pthread_mutex_lock(&mutex);
        pthread_mutex_unlock(&mutex);
    }
    CHECK_EQUAL(locks, 2u);
    if (traps) {
        { const Guard guard(true); syscall(SYS_getppid); }
        CHECK_EQUAL(static_cast<int>(systemCalls), 1);
        CHECK_EQUAL(static_cast<long>(lastSystemCall), static_cast<long>(SYS_getppid));
    }
    allocations = locks = 0;
    systemCalls = 0;
}

class Fuzzer {
public:
    Fuzzer(ActivePlugin& plugin, std::uint64_t seedValue, bool traps) : plugin_(plugin), random_(seedValue), traps_(traps) {}

    void run(int blocks) {
        for (int i = 0; i < blocks && failures < 20; ++i) {
            context = "block " + std::to_string(i);
            oneBlock();
        }
        context.clear();
        // Whatever happened, a stop leaves nothing sounding.
        plugin_.context.state &= ~static_cast<std::uint32_t>(ProcessContext::kPlaying);
        plugin_.outputEvents.limit = SIZE_MAX;
        processQuietly(64, false, true);
        CHECK_EQUAL(std::count(std::begin(sounding_), std::end(sounding_), true), 0);
    }

    std::uint64_t notesOut = 0;
    std::uint64_t statusOut = 0;

private:
    static constexpr int kKeys = 16 * 128;

    bool chance(double p) { return std::uniform_real_distribution<>(0, 1)(random_) < p; }
    int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

    void changeTransport() {
        ProcessContext& c = plugin_.context;
        if (chance(0.01)) c.state ^= ProcessContext::kPlaying;
        if (chance(0.02)) c.state ^= ProcessContext::kCycleActive;
        if (chance(0.01)) c.state ^= ProcessContext::kCycleValid;
        if (chance(0.002)) c.state ^= ProcessContext::kProjectTimeMusicValid;
        if (chance(0.002)) c.state ^= ProcessContext::kTempoValid;
        if (chance(0.05)) c.tempo = 40 + pick(400);
        if (chance(0.01)) { c.timeSigNumerator = pick(20) - 1; c.timeSigDenominator = 1 << pick(7); }
        if (chance(0.01)) { c.projectTimeMusic = pick(1000) - 16; c.projectTimeSamples = static_cast<TSamples>(random_() % 100'000'000); }
        if (chance(0.01)) { c.cycleStartMusic = pick(64); c.cycleEndMusic = c.cycleStartMusic + pick(64) / 8.0; }
        if (chance(0.001)) c.projectTimeMusic = NAN;
        if (chance(0.001)) c.tempo = chance(0.5) ? -1 : INFINITY;
        if (!(std::abs(c.projectTimeMusic) < 1e6) && chance(0.5)) c.projectTimeMusic = 0;
        if ((c.state & ProcessContext::kCycleActive) != 0 && c.projectTimeMusic >= c.cycleEndMusic && chance(0.9)) c.projectTimeMusic = c.cycleStartMusic;
    }

    void fillInputs(int samples) {
        const int events = chance(0.3) ? pick(20) : chance(0.002) ? 12000 : 0;
        for (int i = 0; i < events; ++i) {
            const int offset = pick(samples + 20) - 10; // some lie outside of the block
            Event event{};
            event.sampleOffset = offset;
            event.busIndex = chance(0.02) ? 1 : 0;
            const int channel = pick(18) - 1, pitch = pick(132) - 2;
            switch (pick(6)) {
                case 0: case 1:
                    event.type = Event::kNoteOnEvent;
                    event.noteOn = NoteOnEvent{static_cast<std::int16_t>(channel), static_cast<std::int16_t>(pitch), 0, static_cast<float>(pick(11)) / 10, 0, -1};
                    break;
                case 2: case 3:
                    event.type = Event::kNoteOffEvent;
                    event.noteOff = NoteOffEvent{static_cast<std::int16_t>(channel), static_cast<std::int16_t>(pitch), 0, -1, 0};
                    break;
                case 4:
                    event.type = Event::kPolyPressureEvent;
                    event.polyPressure = PolyPressureEvent{static_cast<std::int16_t>(channel), static_cast<std::int16_t>(pitch), 0.5f, -1};
                    break;
                default:
                    event.type = static_cast<std::uint16_t>(chance(0.5) ? +Event::kLegacyMIDICCOutEvent : pick(65536));
                    event.midiCCOut = LegacyMIDICCOutEvent{static_cast<std::uint8_t>(pick(256)), static_cast<std::int8_t>(pick(20) - 2), 5, 6};
                    break;
            }
            plugin_.inputEvents.addEvent(event);
        }
        const int points = chance(0.3) ? pick(12) : 0;
        for (int i = 0; i < points; ++i) {
            const ParamID id = chance(0.5) ? static_cast<ParamID>(pick(11)) : chance(0.9) ? midiParameter(pick(17), pick(135)) : static_cast<ParamID>(random_());
            plugin_.inputParameters.set(id, pick(samples + 4) - 2, chance(0.01) ? static_cast<double>(NAN) : pick(5) / 4.0);
        }
    }

    void oneBlock() {
        const int samples = chance(0.02) ? 0 : chance(0.5) ? 64 : chance(0.1) ? 1 : 1 + pick(2048);
        changeTransport();
        fillInputs(samples);
        plugin_.outputEvents.limit = chance(0.02) ? static_cast<std::size_t>(pick(4)) : SIZE_MAX; // a host whose list is full
        processQuietly(samples, chance(0.02), false);
        plugin_.advance(samples);
    }

    void processQuietly(int samples, bool offline, bool plain) {
        plugin_.outputEvents.clear();
        plugin_.outputParameters.clear();
        float* channels[2] = {plugin_.left, plugin_.right};
        AudioBusBuffers bus{};
        bus.numChannels = plain || chance(0.9) ? 2 : pick(3);
        bus.channelBuffers32 = plain || chance(0.95) ? channels : nullptr;
        ProcessData data{};
        data.processMode = offline ? kOffline : kRealtime;
        data.symbolicSampleSize = kSample32;
        data.numSamples = samples;
        data.numOutputs = 1;
        data.outputs = &bus;
        float* inputs[3] = {plugin_.left, chance(0.9) ? plugin_.right : nullptr, plugin_.right}; // in place, as some hosts do
        AudioBusBuffers inputBus{};
        inputBus.numChannels = pick(4);
        inputBus.silenceFlags = chance(0.1) ? random_() : 0;
        inputBus.channelBuffers32 = chance(0.95) ? inputs : nullptr;
        data.numInputs = plain || chance(0.1) ? 0 : 1;
        data.inputs = &inputBus;
        for (int i = 0; i < samples; ++i) plugin_.left[i] = chance(0.001) ? NAN : 0.5f;
        data.inputEvents = plain || chance(0.97) ? &plugin_.inputEvents : nullptr;
        data.outputEvents = &plugin_.outputEvents;
        data.inputParameterChanges = plain || chance(0.97) ? &plugin_.inputParameters : nullptr;
        data.outputParameterChanges = plain || chance(0.97) ? &plugin_.outputParameters : nullptr;
        data.processContext = plain || chance(0.99) ? &plugin_.context : nullptr;
        {
            const Guard guard(traps_ && !offline);
            plugin_.processor->process(data);
        }
        plugin_.inputEvents.clear();
        plugin_.inputParameters.clear();
        examine(samples);
    }

    void examine(int samples) {
        std::int32_t last = 0;
        for (std::size_t i = 0; i < plugin_.outputEvents.size(); ++i) {
            const Event& event = plugin_.outputEvents[i];
            CHECK(event.sampleOffset >= last && event.sampleOffset < std::max(samples, 1));
            last = event.sampleOffset;
            if (event.type == Event::kNoteOnEvent) {
                bool& key = sounding_[event.noteOn.channel * 128 + event.noteOn.pitch];
                CHECK(!key);
                key = true;
                ++notesOut;
            }
            if (event.type == Event::kNoteOffEvent) {
                bool& key = sounding_[event.noteOff.channel * 128 + event.noteOff.pitch];
                CHECK(key);
                key = false;
            }
        }
        if (plugin_.outputParameters.last(7, -1) >= 0) ++statusOut;
    }

    ActivePlugin& plugin_;
    std::mt19937_64 random_;
    bool traps_;
    bool sounding_[kKeys] = {};
};

} // namespace

int main(int, char** arguments) {
    const bool traps = trapSystemCalls();
    the_detectors_detect(traps);
    Bundle bundle(arguments[1]);
    if (bundle.factory == nullptr) {
        fail(__FILE__, __LINE__, bundle.error);
        return finish();
    }
    ActivePlugin plugin(bundle);
    Fuzzer fuzzer(plugin, seed(99), traps);
    constexpr int kBlocks = 100'000;
    fuzzer.run(kBlocks);
    CHECK_EQUAL(allocations, 0u);
    CHECK_EQUAL(locks, 0u);
    CHECK_EQUAL(static_cast<int>(systemCalls), 0);
    CHECK(fuzzer.notesOut > 10'000);
    CHECK(fuzzer.statusOut > 100);
    std::cout << kBlocks << " blocks, " << fuzzer.notesOut << " notes out, " << allocations << " allocations, " << locks << " locks, "
              << (traps ? std::to_string(systemCalls) + " system calls" : std::string("system calls not observed on this kernel")) << "\n";
    return finish();
}

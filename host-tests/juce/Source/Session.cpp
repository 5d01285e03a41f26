#include "Session.h"

#include "BlockSizes.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <thread>

namespace host
{

namespace
{

constexpr int dispatchMilliseconds = 2;
constexpr double stoppedSecondsAfterTheRun = 0.1;
constexpr int millisecondsForLastMessages = 100; // parameter changes reach the controller by a timer

} // namespace

struct Session::PlayHead final : juce::AudioPlayHead
{
    PlayHead (const Options& o, double barQuarters) : options (o), quartersPerBar (barQuarters) {}

    juce::Optional<PositionInfo> getPosition() const override
    {
        PositionInfo info;
        info.setBpm (block.bpm);
        info.setTimeSignature (TimeSignature { options.numerator, options.denominator });
        info.setPpqPosition (block.reportedPpq);
        info.setPpqPositionOfLastBarStart (std::floor (block.reportedPpq / quartersPerBar) * quartersPerBar);
        info.setTimeInSamples (block.segments.empty() ? standingSample : block.segments.front().projectSample);
        info.setIsPlaying (block.playing);
        info.setIsLooping (options.loop.has_value());

        if (options.loop)
            info.setLoopPoints (LoopPoints { options.loop->startPpq, options.loop->endPpq });

        return info;
    }

    void show (const Block& next, const TempoMap& tempo)
    {
        block = next;
        standingSample = tempo.nearestSampleAt (next.projectPpq);
    }

    const Options& options;
    double quartersPerBar;
    Block block;
    std::int64_t standingSample = 0;
};

Session::Session (const Options& o)
    : options (o),
      timeline (o),
      motif (o, timeline.tempoMap()),
      playHead (std::make_unique<PlayHead> (o, timeline.barQuarters())),
      instanceLogs (static_cast<std::size_t> (o.instances))
{
    for (int i = 0; i < options.instances; ++i)
    {
        auto plugin = std::make_unique<HostedPlugin> (options.pluginPath, options.sampleRateHz, options.blockSamples, options.offline);

        if (! options.loadStatePath.empty())
            plugin->loadState (options.loadStatePath);

        plugin->activate();
        plugin->instance().setPlayHead (playHead.get());

        for (const auto& setting : options.settings)
        {
            const auto value = plugin->valueOf (setting.name, setting.value);
            auto& parameter = plugin->parameter (setting.name);

            if (setting.positionPpq)
                scheduled.push_back ({ *setting.positionPpq, &parameter, value });
            else
                parameter.setValue (value);
        }

        plugins.push_back (std::move (plugin));
    }

    std::ranges::stable_sort (scheduled, {}, &ScheduledValue::timelinePpq);
    audio.setSize (std::max (2, plugins.front()->instance().getTotalNumOutputChannels()), options.blockSamples);
}

Session::~Session() = default;

void Session::run()
{
    std::exception_ptr failure;
    std::thread audioRunner ([this, &failure]
    {
        try
        {
            audioThread();
        }
        catch (...)
        {
            failure = std::current_exception();
        }

        ended = true;
    });

    if (options.settleSeconds > 0.0)
        juce::MessageManager::getInstance()->runDispatchLoopUntil (juce::roundToInt (options.settleSeconds * 1000.0));

    if (! options.window)
    {
        transportMayStart = true;
        mayEnd = true;
    }

    while (! ended)
    {
        juce::MessageManager::getInstance()->runDispatchLoopUntil (dispatchMilliseconds);

        if (whileRunning)
            whileRunning();
    }

    audioRunner.join();
    juce::MessageManager::getInstance()->runDispatchLoopUntil (millisecondsForLastMessages);

    if (failure)
        std::rethrow_exception (failure);
}

void Session::audioThread()
{
    BlockSizes sizes (options.blockSamples, options.randomBlocksSeed);
    paceDeadline = juce::Time::getMillisecondCounterHiRes();

    do
    {
        process (timeline.stopped (options.blockSamples));
        pace (options.blockSamples);
    }
    while (! transportMayStart && ! (options.window && mayEnd));

    while (! timeline.finished() && ! (options.window && mayEnd))
    {
        const auto block = timeline.playing (sizes.next());
        process (block);

        if (options.realtime)
            pace (block.lengthSamples);
    }

    // In real time, so that what the engine has still to say of the run gets out.
    paceDeadline = juce::Time::getMillisecondCounterHiRes();
    const auto blocks = 1 + static_cast<int> (stoppedSecondsAfterTheRun * options.sampleRateHz / options.blockSamples);
    transportHasStopped = true;

    for (int i = 0; i < blocks || ! mayEnd; ++i)
    {
        process (timeline.stopped (options.blockSamples));
        pace (options.blockSamples);
    }
}

void Session::process (const Block& block)
{
    applyDue (block);
    playHead->show (block, timeline.tempoMap());
    const auto events = motif.eventsOf (block);
    append (inputLog, events, block, timeline);
    ++blockCount;

    for (std::size_t i = 0; i < plugins.size(); ++i)
    {
        auto& log = instanceLogs[i];
        auto buffer = events;
        juce::AudioBuffer<float> view (audio.getArrayOfWritePointers(), audio.getNumChannels(), block.lengthSamples);

        // What was there before must not come out: a plugin has to clear its output.
        for (int channel = 0; channel < view.getNumChannels(); ++channel)
            juce::FloatVectorOperations::fill (view.getWritePointer (channel), 0.5f, view.getNumSamples());

        const auto before = juce::Time::getHighResolutionTicks();
        plugins[i]->instance().processBlock (view, buffer);
        const auto after = juce::Time::getHighResolutionTicks();

        log.processMicroseconds.push_back (juce::Time::highResolutionTicksToSeconds (after - before) * 1.0e6);
        log.peak = std::max (log.peak, view.getMagnitude (0, view.getNumSamples()));
        append (log.output, buffer, block, timeline);
    }
}

void Session::applyDue (const Block& block)
{
    if (! block.playing)
        return;

    // JUCE hands a change to the next block, at its first sample: so it comes with the block that holds the position.
    const auto endPpq = timeline.timelinePpqAt (block, block.lengthSamples);

    for (; nextScheduled < scheduled.size() && scheduled[nextScheduled].timelinePpq < endPpq; ++nextScheduled)
        scheduled[nextScheduled].parameter->setValue (scheduled[nextScheduled].value);
}

void Session::pace (int samples)
{
    paceDeadline += samples * 1000.0 / options.sampleRateHz;
    const auto ahead = paceDeadline - juce::Time::getMillisecondCounterHiRes();

    if (ahead > 0.0)
        std::this_thread::sleep_for (std::chrono::duration<double, std::milli> (ahead));
}

} // namespace host

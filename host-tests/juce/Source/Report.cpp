#include "Report.h"

#include <algorithm>

namespace host
{

namespace
{

constexpr int longestList = 64;

juce::var object (std::initializer_list<std::pair<const char*, juce::var>> properties)
{
    auto* result = new juce::DynamicObject(); // owned by the var

    for (const auto& [name, value] : properties)
        result->setProperty (name, value);

    return result;
}

juce::var describe (const juce::PluginDescription& description, const juce::AudioPluginInstance& instance)
{
    return object ({ { "name", description.name },
                     { "manufacturer", description.manufacturerName },
                     { "version", description.version },
                     { "category", description.category },
                     { "isInstrument", description.isInstrument },
                     { "acceptsMidi", instance.acceptsMidi() },
                     { "producesMidi", instance.producesMidi() },
                     { "audioInputs", instance.getTotalNumInputChannels() },
                     { "audioOutputs", instance.getTotalNumOutputChannels() },
                     { "latencySamples", instance.getLatencySamples() } });
}

/// Display texts of a list, from its first value to its last; empty for long or continuous ranges.
juce::var texts (const juce::AudioProcessorParameter& parameter)
{
    juce::Array<juce::var> list;
    const auto steps = parameter.isDiscrete() ? parameter.getNumSteps() : 0;

    if (steps < 2 || steps > longestList)
        return list;

    for (int i = 0; i < steps; ++i)
        list.add (parameter.getText (static_cast<float> (i) / static_cast<float> (steps - 1), longestText));

    return list;
}

juce::var parameters (const juce::AudioPluginInstance& instance)
{
    juce::Array<juce::var> list;

    for (const auto* parameter : instance.getParameters())
        list.add (object ({ { "name", parameter->getName (longestText) },
                            { "units", parameter->getLabel() },
                            { "value", parameter->getValue() },
                            { "text", parameter->getText (parameter->getValue(), longestText) },
                            { "default", parameter->getDefaultValue() },
                            { "steps", parameter->isDiscrete() ? parameter->getNumSteps() : 0 },
                            { "texts", texts (*parameter) },
                            { "automatable", parameter->isAutomatable() } }));

    return list;
}

juce::var events (const std::vector<LoggedEvent>& log)
{
    juce::Array<juce::var> list;

    for (const auto& event : log)
    {
        juce::Array<juce::var> bytes;

        for (int i = 0; i < event.message.getRawDataSize(); ++i)
            bytes.add (static_cast<int> (event.message.getRawData()[i]));

        list.add (object ({ { "sample", static_cast<juce::int64> (event.runSample) },
                            { "ppq", event.projectPpq },
                            { "timelinePpq", event.timelinePpq },
                            { "playing", event.playing },
                            { "bytes", bytes } }));
    }

    return list;
}

juce::var times (std::vector<double> microseconds)
{
    if (microseconds.empty())
        return object ({});

    std::ranges::sort (microseconds);
    const auto at = [&] (double share)
    {
        return microseconds[static_cast<std::size_t> (share * static_cast<double> (microseconds.size() - 1))];
    };

    return object ({ { "p50", at (0.5) }, { "p999", at (0.999) }, { "max", microseconds.back() } });
}

} // namespace

juce::var report (const Options& options, Session& session)
{
    juce::Array<juce::var> instances;

    for (std::size_t i = 0; i < session.logs().size(); ++i)
    {
        const auto& log = session.logs()[i];
        instances.add (object ({ { "events", events (log.output) },
                                 { "peak", log.peak },
                                 { "processMicroseconds", times (log.processMicroseconds) },
                                 { "parameters", parameters (session.plugin (i).instance()) } }));
    }

    auto& first = session.plugin (0);
    return object ({ { "host", juce::SystemStats::getJUCEVersion() },
                     { "plugin", describe (first.description(), first.instance()) },
                     { "sampleRateHz", options.sampleRateHz },
                     { "blocks", static_cast<juce::int64> (session.blocks()) },
                     { "input", events (session.input()) },
                     { "instances", instances } });
}

} // namespace host

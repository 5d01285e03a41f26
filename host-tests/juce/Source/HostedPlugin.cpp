#include "HostedPlugin.h"

#include <stdexcept>

namespace host
{

namespace
{

juce::File file (const std::string& path)
{
    return juce::File::getCurrentWorkingDirectory().getChildFile (path);
}

} // namespace

HostedPlugin::HostedPlugin (const std::string& bundlePath, double sampleRateHz, int maxBlockSamples, bool offline)
    : sampleRate (sampleRateHz), maxBlock (maxBlockSamples)
{
    juce::VST3PluginFormat format;
    juce::OwnedArray<juce::PluginDescription> found;
    format.findAllTypesForFile (found, file (bundlePath).getFullPathName());

    if (found.isEmpty())
        throw std::runtime_error ("no VST3 plugin in " + bundlePath);

    pluginDescription = *found.getFirst();
    juce::String error;
    plugin = format.createInstanceFromDescription (pluginDescription, sampleRateHz, maxBlockSamples, error);

    if (plugin == nullptr)
        throw std::runtime_error ("the plugin was not made: " + error.toStdString());

    plugin->setNonRealtime (offline); // read by prepareToPlay: ProcessSetup.processMode
}

HostedPlugin::~HostedPlugin()
{
    plugin->releaseResources();
}

void HostedPlugin::activate()
{
    plugin->enableAllBuses();
    plugin->prepareToPlay (sampleRate, maxBlock);
}

juce::AudioProcessorParameter& HostedPlugin::parameter (const std::string& name)
{
    for (auto* candidate : plugin->getParameters())
        if (candidate->getName (longestText).equalsIgnoreCase (juce::String (name)))
            return *candidate;

    throw std::runtime_error ("no such parameter: " + name);
}

float HostedPlugin::valueOf (const std::string& name, const std::string& text)
{
    const auto& found = parameter (name);

    if (text.starts_with ('#'))
        return juce::String (text.substr (1)).getFloatValue();

    const auto value = found.getValueForText (juce::String (text));

    if (! found.getText (value, longestText).equalsIgnoreCase (juce::String (text)))
        throw std::runtime_error ("'" + name + "' cannot show '" + text + "' (nearest: '"
                                  + found.getText (value, longestText).toStdString() + "')");

    return value;
}

void HostedPlugin::refreshParameters()
{
    juce::MemoryBlock state;
    plugin->getStateInformation (state);
    plugin->setStateInformation (state.getData(), static_cast<int> (state.getSize()));
}

void HostedPlugin::loadState (const std::string& path)
{
    juce::MemoryBlock bytes;

    if (! file (path).loadFileAsData (bytes))
        throw std::runtime_error ("no state in " + path);

    plugin->setStateInformation (bytes.getData(), static_cast<int> (bytes.getSize()));
}

void HostedPlugin::saveState (const std::string& path)
{
    juce::MemoryBlock bytes;
    plugin->getStateInformation (bytes);

    if (! file (path).replaceWithData (bytes.getData(), bytes.getSize()))
        throw std::runtime_error ("cannot write " + path);
}

} // namespace host

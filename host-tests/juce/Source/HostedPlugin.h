// One instance of the plugin, as JUCE hosts it.
#pragma once

#include <juce_audio_processors/juce_audio_processors.h>

#include <memory>
#include <string>

namespace host
{

/// Characters of a name or a value that a plugin is asked for.
inline constexpr int longestText = 128;

class HostedPlugin
{
public:
    /// [main] Throws std::runtime_error where the bundle holds no plugin or it cannot be made.
    HostedPlugin (const std::string& bundlePath, double sampleRateHz, int maxBlockSamples, bool offline);
    ~HostedPlugin();

    HostedPlugin (const HostedPlugin&) = delete;
    HostedPlugin& operator= (const HostedPlugin&) = delete;

    juce::AudioPluginInstance& instance() noexcept { return *plugin; }
    const juce::PluginDescription& description() const noexcept { return pluginDescription; }

    /// [main] After the state, if there is one, was restored.
    void activate();

    /// [main] Throws std::runtime_error where there is no such parameter.
    juce::AudioProcessorParameter& parameter (const std::string& name);

    /// [main] The normalised value of a display text, or of "#0.5". Throws std::runtime_error where the text means nothing.
    float valueOf (const std::string& name, const std::string& text);

    /// [main] JUCE 7.0.5 passes what a plugin says of its read-only parameters to the plugin's controller, but not to
    /// its own parameter objects; it asks the controller for all values when a state is set. So this sets the plugin's
    /// own state. Not while a run goes on.
    void refreshParameters();

    void loadState (const std::string& path);
    void saveState (const std::string& path);

private:
    double sampleRate;
    int maxBlock;
    juce::PluginDescription pluginDescription;
    std::unique_ptr<juce::AudioPluginInstance> plugin;
};

} // namespace host

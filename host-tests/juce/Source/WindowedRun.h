// A run with the plugin's editor on the screen, directed from outside.
#pragma once

#include "Session.h"
#include "StandardInput.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <memory>

namespace host
{

class WindowedRun
{
public:
    /// [main] Throws std::runtime_error where the plugin has no editor.
    explicit WindowedRun (Session& session);
    ~WindowedRun();

    /// [main] Until the line "quit", or the end of standard input.
    void run();

private:
    void obey (const std::string& line);
    void open();
    void close();
    void report();

    Session& session;
    StandardInput input;
    std::unique_ptr<juce::DocumentWindow> window;
    juce::Rectangle<int> reported; // the editor's place on the screen
    bool saidStopped = false;
};

} // namespace host

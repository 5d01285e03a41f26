#include "WindowedRun.h"

#include <stdexcept>

namespace host
{

namespace
{

constexpr int windowLeft = 20;
constexpr int windowTop = 40;

} // namespace

WindowedRun::WindowedRun (Session& s) : session (s) {}

WindowedRun::~WindowedRun() = default;

void WindowedRun::run()
{
    open();
    session.whileRunning = [this]
    {
        while (const auto line = input.next())
            obey (*line);

        report();
    };
    session.run();
    close();
}

void WindowedRun::obey (const std::string& line)
{
    if (line == "play")
        session.startTransport();
    else if (line == "open")
        open();
    else if (line == "close")
        close();
    else if (line == "quit")
        session.allowEnd();
}

void WindowedRun::open()
{
    auto& plugin = session.plugin (0).instance();
    auto* editor = plugin.createEditorIfNeeded();

    if (editor == nullptr)
        throw std::runtime_error ("the plugin has no editor");

    window = std::make_unique<juce::DocumentWindow> (plugin.getName(), juce::Colours::black, 0);
    window->setUsingNativeTitleBar (true);
    window->setContentOwned (editor, true);
    window->setTopLeftPosition (windowLeft, windowTop);
    window->setVisible (true);
}

void WindowedRun::close()
{
    if (window == nullptr)
        return;

    window = nullptr;
    reported = {};
    say ("closed");
}

void WindowedRun::report()
{
    const auto now = window == nullptr ? juce::Rectangle<int>() : window->getContentComponent()->getScreenBounds();

    if (now != reported)
    {
        reported = now;
        say ("editor " + now.toString().toStdString());
    }

    if (session.hasStopped() && ! saidStopped)
    {
        saidStopped = true;
        say ("stopped");
    }
}

} // namespace host

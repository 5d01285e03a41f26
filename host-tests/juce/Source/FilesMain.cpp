// midimuse-juce-files X Y WIDTH HEIGHT FILE: a window on the screen that takes files, saying "received PATH", and from
// which FILE can be dragged. Lives until its standard input ends. Uses JUCE under the GPL; a test program.
#include "FilesWindow.h"
#include "StandardInput.h"

#include <iostream>

int main (int argc, char* argv[])
{
    if (argc != 6)
    {
        std::cerr << "midimuse-juce-files X Y WIDTH HEIGHT FILE\n";
        return 2;
    }

    const auto number = [&] (int index) { return juce::String (argv[index]).getIntValue(); };
    const juce::ScopedJuceInitialiser_GUI juceRuns;
    host::StandardInput input;
    host::FilesWindow window ({ number (1), number (2), number (3), number (4) },
                              juce::File::getCurrentWorkingDirectory().getChildFile (argv[5]));
    host::say ("ready");

    while (input.next() != "quit")
        juce::MessageManager::getInstance()->runDispatchLoopUntil (5);

    return 0;
}

// midimuse-juce-host: runs a VST3 plugin as a JUCE-based DAW does and reports every MIDI event that it emits.
// Exit status: 0 done, 1 the run failed, 2 the command line is wrong. Uses JUCE under the GPL; a test program.
#include "Options.h"
#include "Report.h"
#include "Session.h"
#include "WindowedRun.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <exception>
#include <iostream>
#include <stdexcept>

namespace
{

juce::File outputFile (const std::string& path)
{
    return juce::File::getCurrentWorkingDirectory().getChildFile (path);
}

void writeMidi (const host::Options& options, const host::Session& session)
{
    const auto midi = host::toMidiFile (session.logs().front().output, options.startPpq, options.tempo.front().bpm,
                                        options.numerator, options.denominator);
    const auto file = outputFile (options.midiOutPath);
    file.deleteFile();
    juce::FileOutputStream stream { file };

    if (! stream.openedOk() || ! midi.writeTo (stream))
        throw std::runtime_error ("cannot write " + options.midiOutPath);
}

void writeJson (const host::Options& options, const juce::var& result)
{
    const auto text = juce::JSON::toString (result);

    if (options.jsonPath.empty())
        std::cout << text << std::endl;
    else if (! outputFile (options.jsonPath).replaceWithText (text))
        throw std::runtime_error ("cannot write " + options.jsonPath);
}

void run (const host::Options& options)
{
    host::Session session (options);

    if (options.window)
        host::WindowedRun (session).run();
    else
        session.run();

    if (! options.saveStatePath.empty())
        session.plugin (0).saveState (options.saveStatePath);

    for (int i = 0; i < options.instances; ++i)
        session.plugin (static_cast<std::size_t> (i)).refreshParameters();

    if (! options.midiOutPath.empty())
        writeMidi (options, session);

    writeJson (options, host::report (options, session));
}

} // namespace

int main (int argc, char* argv[])
{
    host::Options options;

    try
    {
        options = host::parseOptions ({ argv + 1, argv + argc });
    }
    catch (const std::invalid_argument& error)
    {
        std::cerr << error.what() << "\n\n" << host::usage;
        return 2;
    }

    try
    {
        const juce::ScopedJuceInitialiser_GUI juceRuns;
        run (options);
        return 0;
    }
    catch (const std::exception& error)
    {
        std::cerr << "error: " << error.what() << '\n';
        return 1;
    }
}

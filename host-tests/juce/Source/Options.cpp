#include "Options.h"

#include <charconv>
#include <functional>
#include <map>
#include <stdexcept>

namespace host
{

const char* const usage = R"(midimuse-juce-host --plugin BUNDLE.vst3 [options]

  --motif FILE.mid            notes for the plugin; its tempo and meter are ignored
  --motif-at PPQ              where the motif lies (0)
  --live                      the motif is played once, not again in each pass of the loop
  --out FILE.mid              what the plugin emitted, 960 ticks a quarter
  --json FILE                 results; standard output if not given
  --bpm N                     tempo (120)
  --bpm-at PPQ=N              a tempo step, may be repeated
  --sig N/D                   time signature (4/4)
  --sample-rate HZ            (48000)
  --block N                   block size (512); with --random-blocks the largest
  --random-blocks SEED        block sizes from 1 to --block
  --start PPQ, --stop PPQ     where the transport starts and stops (0, 16), quarters on the timeline
  --loop A B                  cycle from A to B, quarters; blocks are split at its end
  --cross-loop-end            a block may cross the end of the loop
  --ppq-ticks N               round the reported ppq to 1/N quarter (Ardour: 1920)
  --set NAME=TEXT             parameter by its display text; NAME=#0.5 by its normalised value
  --set-at PPQ NAME=TEXT      the same, while playing
  --settle SECONDS            run with the transport stopped that long before it starts
  --save-state FILE           after the run
  --load-state FILE           before it
  --offline                   kOffline processing
  --realtime                  keep the pace of the sample rate
  --instances N               all get the same motif (1)
  --window                    shows the editor in a window; lines on standard input: play, close, open, quit
                              standard output: "editor X Y WIDTH HEIGHT" on the screen, "closed", "stopped"
)";

namespace
{

double number (const std::string& text)
{
    double value = 0.0;
    const auto* end = text.data() + text.size();
    const auto [parsed, error] = std::from_chars (text.data(), end, value);

    if (error != std::errc() || parsed != end)
        throw std::invalid_argument ("not a number: " + text);

    return value;
}

int positive (const std::string& text)
{
    const auto value = number (text);

    if (value < 1.0 || value > 1.0e9 || value != static_cast<double> (static_cast<int> (value)))
        throw std::invalid_argument ("not a positive whole number: " + text);

    return static_cast<int> (value);
}

std::pair<std::string, std::string> split (const std::string& text, char separator)
{
    const auto at = text.find (separator);

    if (at == std::string::npos)
        throw std::invalid_argument ("'" + std::string (1, separator) + "' missing in: " + text);

    return { text.substr (0, at), text.substr (at + 1) };
}

ParameterSetting setting (const std::string& text, std::optional<double> positionPpq)
{
    auto [name, value] = split (text, '=');
    return { std::move (name), std::move (value), positionPpq };
}

void check (const Options& options)
{
    if (options.pluginPath.empty())
        throw std::invalid_argument ("--plugin is missing");

    if (options.stopPpq <= options.startPpq)
        throw std::invalid_argument ("--stop must come after --start");

    if (options.loop && options.loop->endPpq - options.loop->startPpq < 0.25)
        throw std::invalid_argument ("a loop is at least a quarter of a beat long");

    if (options.window && ! options.realtime)
        throw std::invalid_argument ("--window needs --realtime");

    if (options.sampleRateHz < 1000.0)
        throw std::invalid_argument ("--sample-rate is in Hz");

    for (const auto& step : options.tempo)
        if (step.bpm < 1.0)
            throw std::invalid_argument ("a tempo is at least 1 bpm");
}

} // namespace

Options parseOptions (const std::vector<std::string>& arguments)
{
    Options options;
    std::size_t at = 0;

    const auto next = [&]() -> const std::string&
    {
        if (at >= arguments.size())
            throw std::invalid_argument ("the last option lacks its value");

        return arguments[at++];
    };

    const std::map<std::string, std::function<void()>> readers {
        { "--plugin", [&] { options.pluginPath = next(); } },
        { "--motif", [&] { options.motifPath = next(); } },
        { "--motif-at", [&] { options.motifAtPpq = number (next()); } },
        { "--live", [&] { options.live = true; } },
        { "--out", [&] { options.midiOutPath = next(); } },
        { "--json", [&] { options.jsonPath = next(); } },
        { "--bpm", [&] { options.tempo.front().bpm = number (next()); } },
        { "--bpm-at", [&]
          {
              const auto [position, bpm] = split (next(), '=');
              options.tempo.push_back ({ number (position), number (bpm) });
          } },
        { "--sig", [&]
          {
              const auto [numerator, denominator] = split (next(), '/');
              options.numerator = positive (numerator);
              options.denominator = positive (denominator);
          } },
        { "--sample-rate", [&] { options.sampleRateHz = number (next()); } },
        { "--block", [&] { options.blockSamples = positive (next()); } },
        { "--random-blocks", [&] { options.randomBlocksSeed = static_cast<std::uint32_t> (positive (next())); } },
        { "--start", [&] { options.startPpq = number (next()); } },
        { "--stop", [&] { options.stopPpq = number (next()); } },
        { "--loop", [&]
          {
              const auto start = number (next());
              options.loop = Loop { start, number (next()) };
          } },
        { "--cross-loop-end", [&] { options.blocksCrossLoopEnd = true; } },
        { "--ppq-ticks", [&] { options.ppqTicks = positive (next()); } },
        { "--set", [&] { options.settings.push_back (setting (next(), std::nullopt)); } },
        { "--set-at", [&]
          {
              const auto position = number (next());
              options.settings.push_back (setting (next(), position));
          } },
        { "--settle", [&] { options.settleSeconds = number (next()); } },
        { "--save-state", [&] { options.saveStatePath = next(); } },
        { "--load-state", [&] { options.loadStatePath = next(); } },
        { "--offline", [&] { options.offline = true; } },
        { "--realtime", [&] { options.realtime = true; } },
        { "--instances", [&] { options.instances = positive (next()); } },
        { "--window", [&] { options.window = true; } },
    };

    while (at < arguments.size())
    {
        const auto& name = arguments[at++];
        const auto reader = readers.find (name);

        if (reader == readers.end())
            throw std::invalid_argument ("unknown option: " + name);

        reader->second();
    }

    check (options);
    return options;
}

} // namespace host

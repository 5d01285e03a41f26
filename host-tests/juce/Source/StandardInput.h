// Lines that another program writes to this one.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace host
{

/// Reads on a thread of its own, which ends with the line "quit" or with the input.
class StandardInput
{
public:
    StandardInput();
    ~StandardInput();

    /// The next line, if there is one. "quit" at the input's end.
    std::optional<std::string> next();

private:
    void push (std::string line);

    std::mutex mutex;
    std::deque<std::string> lines;
    std::thread reader;
};

/// One line, at once.
void say (const std::string& line);

} // namespace host

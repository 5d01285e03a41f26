#include "StandardInput.h"

#include <iostream>
#include <utility>

namespace host
{

StandardInput::StandardInput()
    : reader ([this]
      {
          std::string line;

          while (line != "quit" && std::getline (std::cin, line))
              push (line);

          if (line != "quit")
              push ("quit");
      })
{
}

StandardInput::~StandardInput() { reader.join(); }

std::optional<std::string> StandardInput::next()
{
    const std::lock_guard lock (mutex);

    if (lines.empty())
        return std::nullopt;

    auto line = std::move (lines.front());
    lines.pop_front();
    return line;
}

void StandardInput::push (std::string line)
{
    const std::lock_guard lock (mutex);
    lines.push_back (std::move (line));
}

void say (const std::string& line) { std::cout << line << std::endl; }

} // namespace host

// The results as JSON.
#pragma once

#include "Options.h"
#include "Session.h"

namespace host
{

juce::var report (const Options& options, Session& session);

} // namespace host

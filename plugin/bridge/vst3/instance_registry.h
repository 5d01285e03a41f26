// How a controller finds its component's instance: by a token in a message, never by a pointer. [main]
#pragma once

#include "plugin_instance.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace midimuse::vst3 {

/// Message from the component to the controller; the attribute holds the token.
inline constexpr const char* kInstanceMessage = "MidiMuse.Instance";
inline constexpr const char* kInstanceToken = "token";

/// Message to the component: a line of plugin/docs/COMMANDS.md, UTF-16; the answer is JSON, UTF-8 without terminator.
inline constexpr const char* kCommandMessage = "MidiMuse.Command";
inline constexpr const char* kCommandLine = "line";
inline constexpr const char* kCommandAnswer = "answer";
inline constexpr std::size_t kCommandCapacity = 8192; // UTF-16 units, terminator included

/// A token that is valid in this process only.
std::int64_t registerInstance(const std::shared_ptr<PluginInstance>& instance);
void unregisterInstance(std::int64_t token) noexcept;

/// Empty where the token is unknown: from another process (hosts may separate controller and component), or stale.
std::weak_ptr<PluginInstance> findInstance(std::int64_t token);

} // namespace midimuse::vst3

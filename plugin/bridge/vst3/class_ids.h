// The ids and names under which hosts know MidiMuse. They never change: projects refer to them.
#pragma once

#include "interfaces/vsttypes.h"

namespace midimuse::vst3 {

inline constexpr Uid kComponentClass = makeUid(0x312B3C0C, 0xFB4B4463, 0x9360B9C5, 0x509F2272);
inline constexpr Uid kControllerClass = makeUid(0x095E39A3, 0x07254DEA, 0xACF1F90E, 0x4A6F6E20);

inline constexpr const char* kPluginName = "MidiMuse";
inline constexpr const char* kControllerName = "MidiMuse Controller";
inline constexpr const char* kVendor = "The MidiMuse authors";
inline constexpr const char* kComponentCategory = "Audio Module Class";
inline constexpr const char* kControllerCategory = "Component Controller Class";
inline constexpr const char* kSubCategories = "Instrument|Generator";
inline constexpr const char* kSdkVersion = "VST 3.8.1"; // the version whose interfaces this plugin declares

/// Parameters of the bridge itself; those of the managed side have ids below 0x10000.
inline constexpr ParamID kFirstMidiParameter = 0x10000; // + channel * 256 + controller
inline constexpr ParamID kEngineParameter = 0x20000;    // read-only: 0 ready, 1 not available; its text is the reason

inline constexpr std::int32_t kMidiChannels = 16;

constexpr ParamID midiParameter(std::int32_t channel, std::int32_t controller) noexcept {
    return kFirstMidiParameter + static_cast<ParamID>(channel) * 256 + static_cast<ParamID>(controller);
}

} // namespace midimuse::vst3

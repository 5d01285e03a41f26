// Facts from vst/vsttypes.h and vst/vstspeaker.h, VST SDK 3.8.1: the scalar types that the interfaces share.
#pragma once

#include "funknown.h"

namespace midimuse::vst3 {

using TChar = char16_t;
using String128 = TChar[128]; // the terminator is inside
using CString = const char*;

using MediaType = std::int32_t;
using BusDirection = std::int32_t;
using BusType = std::int32_t;
using IoMode = std::int32_t;
using UnitID = std::int32_t;
using ParamValue = double;
using ParamID = std::uint32_t;
using ProgramListID = std::int32_t;
using CtrlNumber = std::int16_t;
using TQuarterNotes = double;
using TSamples = std::int64_t;
using SampleRate = double;
using SpeakerArrangement = std::uint64_t;

inline constexpr SpeakerArrangement kArrangementEmpty = 0;                          // kEmpty
inline constexpr SpeakerArrangement kArrangementMono = SpeakerArrangement{1} << 19; // kSpeakerM
inline constexpr SpeakerArrangement kArrangementStereo = 0b11;                      // kSpeakerL | kSpeakerR

} // namespace midimuse::vst3

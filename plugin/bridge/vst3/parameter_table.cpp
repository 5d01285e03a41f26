#include "parameter_table.h"

#include "../include/midimuse_abi.h"
#include "class_ids.h"
#include "text.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace midimuse::vst3 {

namespace {

constexpr double kBendCentre = 0.5;

double clampNormalised(double value) noexcept { return value > 0 ? std::fmin(value, 1.0) : 0.0; }

bool isMidi(ParamID id) noexcept { return id >= kFirstMidiParameter && id < kEngineParameter; }

// Fields of the C ABI are terminated by contract; this holds even where they are not.
template <std::size_t N>
std::string_view field(const char (&text)[N]) noexcept { return {text, static_cast<std::size_t>(std::find(text, text + N, '\0') - text)}; }

std::int32_t hostFlags(std::uint32_t flags) noexcept {
    std::int32_t result = 0;
    const auto map = [&](std::uint32_t ours, std::int32_t theirs) { if ((flags & ours) != 0) result |= theirs; };
    map(MM_PARAM_AUTOMATABLE, ParameterInfo::kCanAutomate);
    map(MM_PARAM_READ_ONLY, ParameterInfo::kIsReadOnly);
    map(MM_PARAM_LIST, ParameterInfo::kIsList);
    map(MM_PARAM_BYPASS, ParameterInfo::kIsBypass);
    map(MM_PARAM_PROGRAM, ParameterInfo::kIsProgramChange | ParameterInfo::kIsList);
    map(MM_PARAM_HIDDEN, ParameterInfo::kIsHidden);
    return result;
}

void describeEngine(ParameterInfo& info) noexcept {
    toUtf16("Engine", info.title, std::size(info.title));
    toUtf16("Engine", info.shortTitle, std::size(info.shortTitle));
    info.stepCount = 1;
    info.flags = ParameterInfo::kIsReadOnly | ParameterInfo::kIsList;
}

void describeMidi(ParamID id, ParameterInfo& info) noexcept {
    const unsigned channel = (id - kFirstMidiParameter) / 256 + 1;
    const unsigned controller = (id - kFirstMidiParameter) % 256;
    char title[48];
    if (controller == kAfterTouch) std::snprintf(title, sizeof title, "MIDI %u Channel Pressure", channel);
    else if (controller == kPitchBend) std::snprintf(title, sizeof title, "MIDI %u Pitch Bend", channel);
    else std::snprintf(title, sizeof title, "MIDI %u CC %u", channel, controller);
    toUtf16(title, info.title, std::size(info.title));
    toUtf16(title, info.shortTitle, std::size(info.shortTitle));
    info.flags = ParameterInfo::kIsHidden;
}

} // namespace

ParameterTable::ParameterTable(const mm_api* api) : api_(api) {
    const std::int32_t count = api == nullptr ? 0 : std::max(api->parameter_count(), 0);
    parameters_.reserve(static_cast<std::size_t>(count) + 1 + kMidiChannels * kCountCtrlNumber);
    for (std::int32_t index = 0; index < count; ++index) {
        mm_param_info info{};
        if (api->parameter_info(index, &info) != MM_OK) info = mm_param_info{}; // keeps the managed indices
        parameters_.push_back({info.id, info.default_value, info.default_value, (info.flags & MM_PARAM_READ_ONLY) != 0});
    }
    managedCount_ = count;
    parameters_.push_back({kEngineParameter, 0.0, api == nullptr ? 1.0 : 0.0});
    for (std::int32_t channel = 0; channel < kMidiChannels; ++channel) {
        for (std::int32_t controller = 0; controller < kCountCtrlNumber; ++controller) {
            const double rest = controller == kPitchBend ? kBendCentre : 0.0;
            parameters_.push_back({midiParameter(channel, controller), rest, rest});
        }
    }
    for (std::size_t index = 0; index < parameters_.size(); ++index) byId_.emplace_back(parameters_[index].id, index);
    std::sort(byId_.begin(), byId_.end());
}

const ParameterTable::Parameter* ParameterTable::find(ParamID id) const noexcept {
    const auto found = std::lower_bound(byId_.begin(), byId_.end(), std::pair<ParamID, std::size_t>(id, 0));
    return found != byId_.end() && found->first == id ? &parameters_[found->second] : nullptr;
}

std::int32_t ParameterTable::count() const noexcept { return static_cast<std::int32_t>(parameters_.size()); }

bool ParameterTable::info(std::int32_t index, ParameterInfo& info) const {
    if (index < 0 || index >= count()) return false;
    const Parameter& parameter = parameters_[static_cast<std::size_t>(index)];
    info = ParameterInfo{};
    info.id = parameter.id;
    info.defaultNormalizedValue = parameter.defaultValue;
    info.unitId = 0;
    if (index < managedCount_) return managedInfo(parameter.id, info, index);
    if (parameter.id == kEngineParameter) describeEngine(info);
    else describeMidi(parameter.id, info);
    return true;
}

bool ParameterTable::managedInfo(ParamID id, ParameterInfo& info, std::int32_t index) const {
    mm_param_info described{};
    if (api_->parameter_info(index, &described) != MM_OK || described.id != id) return false;
    toUtf16(field(described.title), info.title, std::size(info.title));
    toUtf16(field(described.short_title), info.shortTitle, std::size(info.shortTitle));
    toUtf16(field(described.units), info.units, std::size(info.units));
    info.stepCount = described.steps;
    info.unitId = described.unit_id;
    info.flags = hostFlags(described.flags);
    return true;
}

double ParameterTable::value(ParamID id) const noexcept {
    const Parameter* parameter = find(id);
    return parameter == nullptr ? 0.0 : std::atomic_ref<double>(parameter->value).load(std::memory_order_relaxed);
}

bool ParameterTable::setValue(ParamID id, double normalised) noexcept {
    const Parameter* parameter = find(id);
    if (parameter == nullptr) return false;
    std::atomic_ref<double>(parameter->value).store(clampNormalised(normalised), std::memory_order_relaxed);
    return true;
}

void ParameterTable::loadState(const std::vector<std::uint8_t>& bytes) {
    std::vector<double> values(static_cast<std::size_t>(managedCount_));
    const bool known = api_->state_parameters(bytes.data(), static_cast<std::int64_t>(bytes.size()), values.data(), managedCount_) == MM_OK;
    for (std::size_t index = 0; index < values.size(); ++index) {
        Parameter& parameter = parameters_[index];
        if (parameter.readOnly) continue;
        const double value = known ? values[index] : parameter.defaultValue;
        std::atomic_ref<double>(parameter.value).store(clampNormalised(value), std::memory_order_relaxed);
    }
}

bool ParameterTable::toText(ParamID id, double normalised, const std::string& engineText, String128 text) const {
    if (!exists(id)) return false;
    char plain[256] = {};
    if (id == kEngineParameter) {
        const bool ready = normalised < 0.5 && engineText.empty();
        toUtf16(ready ? "Ready" : engineText.empty() ? "Not available" : engineText, text, 128);
        return true;
    }
    if (isMidi(id)) std::snprintf(plain, sizeof plain, "%g", std::round(toPlain(id, normalised)));
    else if (api_->parameter_to_text(id, normalised, plain, sizeof plain) != MM_OK) return false;
    toUtf16(field(plain), text, 128);
    return true;
}

bool ParameterTable::fromText(ParamID id, const std::string& text, double& normalised) const {
    if (!exists(id) || id == kEngineParameter) return false;
    if (!isMidi(id)) return api_->parameter_from_text(id, text.c_str(), &normalised) == MM_OK;
    int level = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), level).ec != std::errc()) return false;
    normalised = fromPlain(id, level);
    return true;
}

namespace {

double midiSteps(ParamID id) noexcept { return (id - kFirstMidiParameter) % 256 == static_cast<unsigned>(kPitchBend) ? 16383.0 : 127.0; }

} // namespace

double ParameterTable::toPlain(ParamID id, double normalised) const noexcept {
    if (isMidi(id)) return normalised * midiSteps(id);
    double plain = normalised;
    if (api_ == nullptr || id == kEngineParameter || api_->parameter_to_plain(id, normalised, &plain) != MM_OK) return normalised;
    return plain;
}

double ParameterTable::fromPlain(ParamID id, double plain) const noexcept {
    if (isMidi(id)) return clampNormalised(plain / midiSteps(id));
    double normalised = plain;
    if (api_ == nullptr || id == kEngineParameter || api_->parameter_from_plain(id, plain, &normalised) != MM_OK) return clampNormalised(plain);
    return normalised;
}

} // namespace midimuse::vst3

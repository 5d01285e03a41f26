// The parameters as the controller shows them: the managed side's table, the bridge's own, the MIDI controllers. [main]
#pragma once

#include "interfaces/ivsteditcontroller.h"

#include <cstdint>
#include <string>
#include <vector>

struct mm_api;

namespace midimuse::vst3 {

class ParameterTable {
public:
    /// `api` may be null: then only the bridge's own parameters exist. It lives as long as the process.
    explicit ParameterTable(const mm_api* api);

    std::int32_t count() const noexcept;
    /// False past the end.
    bool info(std::int32_t index, ParameterInfo& info) const;

    bool exists(ParamID id) const noexcept { return find(id) != nullptr; }
    /// Any thread: an open editor reads values while the host sets them.
    double value(ParamID id) const noexcept;
    bool setValue(ParamID id, double normalised) noexcept;
    /// Takes the values that a component state holds; parameters that it does not hold get their defaults,
    /// read-only ones keep what the processor has told: it tells only changes.
    void loadState(const std::vector<std::uint8_t>& bytes);

    /// `engineText` is shown as the value of the engine parameter where that is not "Ready".
    bool toText(ParamID id, double normalised, const std::string& engineText, String128 text) const;
    bool fromText(ParamID id, const std::string& text, double& normalised) const;
    double toPlain(ParamID id, double normalised) const noexcept;
    double fromPlain(ParamID id, double plain) const noexcept;

private:
    struct Parameter {
        ParamID id;
        double defaultValue;
        mutable double value; // std::atomic_ref, which wants an object that can be written
        bool readOnly = false; // told by the processor while it runs, never part of a state
    };

    const Parameter* find(ParamID id) const noexcept;
    bool managedInfo(ParamID id, ParameterInfo& info, std::int32_t index) const;

    const mm_api* api_;
    std::vector<Parameter> parameters_; // the managed ones first, in their order
    std::vector<std::pair<ParamID, std::size_t>> byId_;
    std::int32_t managedCount_ = 0;
};

} // namespace midimuse::vst3

// The host's transport of one block, with what the host did not say marked as such. [audio]
#pragma once

#include <cstdint>

namespace midimuse::rt {

struct HostTransport {
    bool playing = false;
    bool recording = false;
    bool cycleActive = false; // cycleStartPpq and cycleEndPpq are valid and the host loops
    bool hasProjectPpq = false;
    bool hasTempo = false;
    bool hasSignature = false;
    double projectPpq = 0;
    double tempoBpm = 0;
    double cycleStartPpq = 0;
    double cycleEndPpq = 0;
    std::int64_t projectSamples = 0;
    std::int32_t signatureNumerator = 0;
    std::int32_t signatureDenominator = 0;
};

} // namespace midimuse::rt

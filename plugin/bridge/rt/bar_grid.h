// Where the bar lines are, from project position and signature alone. [audio]
#pragma once

#include <array>
#include <cstdint>

namespace midimuse::rt {

struct Signature {
    std::int32_t numerator = 4;
    std::int32_t denominator = 4;

    bool operator==(const Signature&) const = default;
    double barPpq() const noexcept { return 4.0 * numerator / denominator; }
};

/// Bars are anchored at project ppq 0, and again wherever a signature change was observed. Observed means during
/// continuous play: the change then lies between two block starts, and it is put on the bar line in between, so that
/// the block size does not matter. Hosts' own bar fields are not used (Ardour's are one-based and always 4/4).
class BarGrid {
public:
    /// Anchor of the grid that governs `projectPpq`. `observedPpq` is the distance played since the last look,
    /// 0 after a start or a locate.
    double anchorAt(double projectPpq, Signature signature, double observedPpq) noexcept;

private:
    struct Change {
        double anchorPpq;
        Signature signature;
    };
    static constexpr std::int32_t kCapacity = 64;

    std::int32_t governing(double projectPpq) const noexcept;
    void insertAfter(std::int32_t index, Change change) noexcept;

    std::array<Change, kCapacity> changes_{}; // sorted by anchor; the first one also governs everything before it
    std::int32_t count_ = 0;
};

/// The bar line at or before `ppq` of a grid anchored at `anchorPpq`.
double barLineAtOrBefore(double ppq, double anchorPpq, double barPpq) noexcept;

} // namespace midimuse::rt

#include "bar_grid.h"

#include "time.h"

#include <cmath>

namespace midimuse::rt {

double barLineAtOrBefore(double ppq, double anchorPpq, double barPpq) noexcept {
    return anchorPpq + std::floor((ppq - anchorPpq + kOnsetEpsilonPpq) / barPpq) * barPpq;
}

std::int32_t BarGrid::governing(double projectPpq) const noexcept {
    std::int32_t index = 0;
    while (index + 1 < count_ && changes_[static_cast<std::size_t>(index + 1)].anchorPpq <= projectPpq + kPpqQuantum) ++index;
    return index;
}

void BarGrid::insertAfter(std::int32_t index, Change change) noexcept {
    if (count_ == kCapacity) { // a project with more signature changes than that starts its history anew
        changes_[0] = change;
        count_ = 1;
        return;
    }
    for (std::int32_t i = count_; i > index + 1; --i) changes_[static_cast<std::size_t>(i)] = changes_[static_cast<std::size_t>(i - 1)];
    changes_[static_cast<std::size_t>(index + 1)] = change;
    ++count_;
}

double BarGrid::anchorAt(double projectPpq, Signature signature, double observedPpq) noexcept {
    if (count_ == 0) insertAfter(-1, Change{0.0, signature});
    const std::int32_t index = governing(projectPpq);
    Change& current = changes_[static_cast<std::size_t>(index)];
    if (current.signature == signature) return current.anchorPpq;

    double anchor;
    if (observedPpq > 0) {
        const double line = barLineAtOrBefore(projectPpq + kPpqQuantum, current.anchorPpq, current.signature.barPpq());
        anchor = projectPpq - line <= observedPpq + kPpqQuantum ? line : projectPpq;
    } else {
        anchor = barLineAtOrBefore(projectPpq, 0.0, signature.barPpq());
    }
    if (index == 0 && count_ == 1 && observedPpq <= 0) { // nothing was ever observed: the whole project is in this signature
        current = Change{0.0, signature};
        return 0.0;
    }
    if (anchor <= current.anchorPpq + kPpqQuantum) {
        current = Change{current.anchorPpq, signature};
        return current.anchorPpq;
    }
    insertAfter(index, Change{anchor, signature});
    return anchor;
}

} // namespace midimuse::rt

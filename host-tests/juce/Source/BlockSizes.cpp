#include "BlockSizes.h"

namespace host
{

BlockSizes::BlockSizes (int largestSamples, std::optional<std::uint32_t> seed) : largest (largestSamples)
{
    if (seed)
        generator.emplace (*seed);
}

int BlockSizes::next()
{
    if (! generator)
        return largest;

    // Not std::uniform_int_distribution: its results differ between standard libraries.
    return 1 + static_cast<int> ((*generator)() % static_cast<std::uint32_t> (largest));
}

} // namespace host

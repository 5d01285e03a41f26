// How many samples the next block has.
#pragma once

#include <cstdint>
#include <optional>
#include <random>

namespace host
{

class BlockSizes
{
public:
    /// Without a seed every block has the largest size.
    BlockSizes (int largestSamples, std::optional<std::uint32_t> seed);

    int next();

private:
    int largest;
    std::optional<std::mt19937> generator;
};

} // namespace host

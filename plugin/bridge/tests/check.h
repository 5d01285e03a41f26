// Checks that say where they failed and let a test go on. A test is a function; main runs it and returns the failures.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

namespace midimuse::tests {

inline int failures = 0;
inline std::string context; // shown with a failure: the seed, the case

inline void fail(const char* file, int line, const std::string& what) {
    ++failures;
    if (failures <= 20) std::cerr << file << ":" << line << ": " << what << (context.empty() ? "" : "  [" + context + "]") << "\n";
}

template <class A, class B>
void checkEqual(const char* file, int line, const char* expression, const A& actual, const B& expected) {
    if (actual == expected) return;
    std::ostringstream text;
    text << expression << " is " << +actual << ", expected " << +expected;
    fail(file, line, text.str());
}

inline void checkNear(const char* file, int line, const char* expression, double actual, double expected, double tolerance) {
    if (std::abs(actual - expected) <= tolerance) return;
    std::ostringstream text;
    text.precision(17);
    text << expression << " is " << actual << ", expected " << expected << " +- " << tolerance;
    fail(file, line, text.str());
}

/// A seed from the environment (MIDIMUSE_SEED) or the given one, printed so that a failure can be repeated.
inline std::uint64_t seed(std::uint64_t fallback) {
    const char* given = std::getenv("MIDIMUSE_SEED");
    const std::uint64_t value = given != nullptr ? std::strtoull(given, nullptr, 10) : fallback;
    std::cout << "seed " << value << " (set MIDIMUSE_SEED to repeat)\n";
    return value;
}

inline int finish() {
    if (failures > 0) std::cerr << failures << " failures\n";
    return failures == 0 ? 0 : 1;
}

} // namespace midimuse::tests

#define CHECK(condition) \
    do { if (!(condition)) ::midimuse::tests::fail(__FILE__, __LINE__, #condition); } while (false)
#define CHECK_EQUAL(actual, expected) ::midimuse::tests::checkEqual(__FILE__, __LINE__, #actual, actual, expected)
#define CHECK_NEAR(actual, expected, tolerance) ::midimuse::tests::checkNear(__FILE__, __LINE__, #actual, actual, expected, tolerance)

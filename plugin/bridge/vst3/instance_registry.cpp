#include "instance_registry.h"

#include <map>
#include <mutex>
#include <random>

namespace midimuse::vst3 {

namespace {

struct Registry {
    std::mutex mutex;
    std::map<std::int64_t, std::weak_ptr<PluginInstance>> instances;
    std::mt19937_64 tokens{std::random_device{}()}; // unpredictable, so tokens of another process do not match by chance
};

Registry& registry() {
    static Registry instance;
    return instance;
}

} // namespace

std::int64_t registerInstance(const std::shared_ptr<PluginInstance>& instance) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    for (;;) {
        const auto token = static_cast<std::int64_t>(all.tokens() >> 1); // positive: hosts may print it
        if (token != 0 && all.instances.emplace(token, instance).second) return token;
    }
}

void unregisterInstance(std::int64_t token) noexcept {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    all.instances.erase(token);
}

std::weak_ptr<PluginInstance> findInstance(std::int64_t token) {
    Registry& all = registry();
    const std::lock_guard lock(all.mutex);
    const auto found = all.instances.find(token);
    return found == all.instances.end() ? std::weak_ptr<PluginInstance>() : found->second;
}

} // namespace midimuse::vst3

// What hosts find in the bundle: IPluginFactory 1 to 3 over two classes. [main]
#pragma once

#include "interfaces/ipluginbase.h"

namespace midimuse::vst3 {

/// The one factory; it lives as long as the binary is loaded, whatever hosts count.
IPluginFactory3& factory() noexcept;

} // namespace midimuse::vst3

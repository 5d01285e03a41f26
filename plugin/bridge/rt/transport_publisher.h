// Publishes the block's transport to the engine, after the block's events. [audio]
#pragma once

#include "host_transport.h"
#include "shared_access.h"
#include "transport_tracker.h"

namespace midimuse::rt {

/// Seqlock write: readers retry while the sequence is odd or has changed.
void publishTransport(mm_shared& shared, const TransportTracker& tracker, const HostTransport& host, bool offline) noexcept;

} // namespace midimuse::rt

/* midimuse_core.h: the real-time core for hosts of the plugin that bring their own plugin format.
 *
 * The same scheduler, transport tracker and note bookkeeping that the VST3 bridge runs (plugin/bridge/rt), behind C
 * functions. Who uses it: the AudioPlugSharp edition, whose process() is managed code. The engine on the other side
 * of mm_shared is the same as everywhere (midimuse_abi.h).
 *
 * Threads: mm_core_process and mm_core_post_roles are made for the audio thread and neither allocate, lock nor wait
 * (but for the horizon of an offline block, bounded). Everything else is for the main thread while no block is being
 * processed.
 */
#ifndef MIDIMUSE_CORE_H
#define MIDIMUSE_CORE_H

#include "midimuse_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MM_CORE_VERSION 1u

typedef struct mm_core mm_core;

enum {
    MM_EVENT_NOTE_OFF = 1,      /* data1 pitch, value release velocity 0..1 */
    MM_EVENT_NOTE_ON = 2,       /* data1 pitch, value velocity 0..1; 0 means note-off */
    MM_EVENT_POLY_PRESSURE = 3, /* data1 pitch, value 0..1 */
    MM_EVENT_CONTROL = 4,       /* data1 controller 0..127, 128 channel pressure, 129 pitch bend; value 0..1 */
    MM_EVENT_PARAMETER = 5      /* param_id, value 0..1 normalised; in only */
};

typedef struct mm_core_event { /* 24 bytes */
    double value;
    uint32_t param_id;
    int32_t offset_samples;    /* within the block; out of range is clamped */
    uint8_t kind;              /* MM_EVENT_ */
    uint8_t channel;           /* 0..15; others are ignored */
    uint8_t data1;
    uint8_t reserved[5];
} mm_core_event;

enum {
    MM_BLOCK_PLAYING = 1 << 0,
    MM_BLOCK_OFFLINE = 1 << 1,
    MM_BLOCK_HAS_PPQ = 1 << 2,      /* project_ppq; without it the position follows from project_samples and tempo */
    MM_BLOCK_HAS_SIGNATURE = 1 << 3 /* without it the last one holds, 4/4 at first */
};

typedef struct mm_core_block { /* 40 bytes */
    int64_t project_samples;
    double project_ppq;        /* quarter notes */
    double tempo_bpm;          /* not positive or not a number: the last one holds, 120 at first */
    int32_t num_samples;
    uint32_t flags;            /* MM_BLOCK_ */
    int32_t signature_numerator;
    int32_t signature_denominator;
} mm_core_block;

#if defined(_WIN32) && defined(MM_CORE_BUILD)
#define MM_CORE_API __declspec(dllexport)
#elif defined(_WIN32)
#define MM_CORE_API __declspec(dllimport)
#else
#define MM_CORE_API __attribute__((visibility("default")))
#endif

/* MM_CORE_VERSION of the library. */
MM_CORE_API uint32_t mm_core_version(void);

/* A core with an empty mm_shared of its own; null where memory is short. */
MM_CORE_API mm_core* mm_core_create(void);
/* Null is ignored. The engine must be destroyed before. */
MM_CORE_API void mm_core_destroy(mm_core* core);
/* Alive as long as the core. */
MM_CORE_API mm_shared* mm_core_shared(mm_core* core);

/* A parameter that the audio thread itself obeys; MM_ROLE_. */
MM_CORE_API mm_result mm_core_bind_role(mm_core* core, uint32_t param_id, uint32_t role);
/* Values of those after a start or a restored state; output_channel 0..16. Any time. */
MM_CORE_API void mm_core_post_roles(mm_core* core, int32_t bypass, int32_t thru, int32_t output_channel);
/* An engine follows the rings and publishes horizons. */
MM_CORE_API void mm_core_set_engine_loaded(mm_core* core, int32_t loaded);
/* Before processing starts. */
MM_CORE_API void mm_core_reset(mm_core* core, double sample_rate_hz);

/* One block. `in` may be in any order. Writes at most `capacity` events to `out`, sorted by offset, and their number
 * to *written; what does not fit is treated as refused by the host: note-offs come first in the next block. */
MM_CORE_API mm_result mm_core_process(mm_core* core, const mm_core_block* block, const mm_core_event* in, int32_t in_count,
                                      mm_core_event* out, int32_t capacity, int32_t* written);

#ifdef __cplusplus
}
#endif
#endif

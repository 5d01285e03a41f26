/* midimuse_abi.h: the contract between the native bridge and the managed engine.
 *
 * One header, two readers: the C++ bridge includes it, MidiMuse.Plugin mirrors it in Abi.cs. Both check their
 * layout against plugin/bridge/include/abi-layout.txt, which is printed by a program compiled from this file.
 *
 * Rules
 *  - The audio thread touches mm_shared only. It never calls a function of mm_api.
 *  - Every mm_api function returns an mm_result and never throws. Strings are UTF-8, zero-terminated unless a
 *    length is given. The caller owns every buffer that it passes; the callee keeps none after it returns,
 *    except mm_shared, which the bridge owns and keeps alive from create() until destroy() has returned.
 *  - Positions are quarter notes (ppq) as doubles. "Timeline" is the host's project position unwrapped over loop
 *    wraps: within one run of the transport it only grows, and it equals the project position in the first pass.
 */
#ifndef MIDIMUSE_ABI_H
#define MIDIMUSE_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MM_ABI_VERSION 1u

#define MM_INPUT_RING_CAPACITY 4096u   /* mm_input_event slots, power of two */
#define MM_COMMAND_RING_CAPACITY 4096u /* mm_command slots, power of two */
#define MM_AUDIO_RING_CAPACITY 262144u  /* mono samples, power of two: 5.4 s at 48 kHz */
#define MM_AUDIO_ANCHOR_CAPACITY 1024u /* mm_audio_anchor slots, power of two */
#define MM_STATUS_CAPACITY 16u         /* read-only parameters that the engine feeds to the host */

typedef int32_t mm_result;
enum {
    MM_OK = 0,
    MM_FALSE = 1,               /* nothing done, nothing wrong (an index past the end) */
    MM_ERROR = -1,              /* see last_error */
    MM_INVALID_ARGUMENT = -2,
    MM_BUFFER_TOO_SMALL = -3,   /* *needed says how much */
    MM_VERSION_MISMATCH = -4
};

/* ------------------------------------------------------------------ audio -> engine: what was played and set */

enum {
    MM_INPUT_NOTE_ON = 1,   /* data1 pitch 0..127, data2 velocity 1..127 */
    MM_INPUT_NOTE_OFF = 2,  /* data1 pitch, data2 release velocity */
    MM_INPUT_CONTROL = 3,   /* data1 controller 0..127, 128 channel pressure, 129 pitch bend; value 0..1 */
    MM_INPUT_PARAMETER = 4  /* param_id, value 0..1 normalised */
};

typedef struct mm_input_event { /* 32 bytes */
    double timeline_ppq;        /* while the transport is stopped: the position of the last block's end */
    double value;
    uint32_t epoch;             /* mm_transport.epoch of the block in which it came */
    uint32_t param_id;
    uint8_t kind;               /* MM_INPUT_ */
    uint8_t channel;            /* 0..15 */
    uint8_t data1;
    uint8_t data2;
    uint32_t reserved;
} mm_input_event;

/* ------------------------------------------------------------------ audio -> engine: what was sung
 *
 * While the transport plays, Audio motif and Arm are on and the host connects the audio input, its channels' mean goes
 * into a ring of samples. An anchor says where on the timeline a sample lies; those after it follow at ppq_per_sample
 * until the next anchor. There is one wherever the line bends or something is missing. A block's samples are published
 * before its transport; anchors before their samples.
 */
typedef struct mm_audio_anchor { /* 32 bytes */
    double timeline_ppq;        /* of the sample */
    double ppq_per_sample;
    double sample_rate_hz;
    uint32_t first_sample;      /* its place: the value of audio_indices.write just before it */
    uint32_t epoch;             /* mm_transport.epoch */
} mm_audio_anchor;

/* ------------------------------------------------------------------ engine -> audio: what shall sound
 *
 * Commands travel in groups: the engine fills the slots of a whole group and then publishes them with one release
 * store of `write`, so the audio thread sees all of a group or none of it. A group is
 *     BAR NOTE* HORIZON   replace the pending notes of one bar and say that it is complete
 *     HORIZON             nothing sounds up to there
 *     CANCEL              drop every pending note, release every sounding continuation note
 *     PARAMETER           the engine has set a parameter on its own account: the host is told; of any epoch
 * Groups of another epoch than the transport's are dropped whole.
 */
enum {
    MM_COMMAND_BAR = 1,     /* [onset_ppq, end_ppq) of the continuation is replaced by the notes that follow */
    MM_COMMAND_NOTE = 2,    /* onset_ppq, end_ppq, channel, pitch, velocity; sorted by onset within its bar */
    MM_COMMAND_HORIZON = 3, /* onset_ppq: the plan is final up to there, given what was heard */
    MM_COMMAND_CANCEL = 4,
    MM_COMMAND_PARAMETER = 5 /* plan_id: the parameter's id; onset_ppq: its normalised value */
};

enum {
    MM_COMMAND_FALLBACK = 1 << 0,   /* BAR: made without the model */
    MM_COMMAND_PROVISIONAL = 1 << 1 /* BAR: a better one may follow */
};

typedef struct mm_command { /* 40 bytes */
    double onset_ppq;       /* timeline */
    double end_ppq;         /* timeline */
    uint32_t epoch;
    uint32_t plan_id;       /* grows with every plan change; for diagnosis and the editor */
    uint32_t flags;         /* MM_COMMAND_FALLBACK ... */
    uint8_t kind;           /* MM_COMMAND_ */
    uint8_t channel;        /* 0..15 */
    uint8_t pitch;          /* 0..127 */
    uint8_t velocity;       /* 1..127 */
    uint32_t bar_notes;     /* BAR: number of NOTE commands that follow */
    uint32_t grid_generation; /* HORIZON: mm_transport.grid_generation that it was planned for; another one's counts for nothing */
} mm_command;

/* ------------------------------------------------------------------ transport, published by the audio thread */

enum {
    MM_TRANSPORT_PLAYING = 1 << 0,
    MM_TRANSPORT_RECORDING = 1 << 1,
    MM_TRANSPORT_CYCLE = 1 << 2,
    MM_TRANSPORT_OFFLINE = 1 << 3 /* process() waits, bounded, for the horizon */
};

typedef struct mm_transport { /* 112 bytes; written under mm_shared.transport_sequence */
    double block_start_ppq;   /* timeline position of the block's first sample */
    double block_end_ppq;     /* timeline position of the sample after its last one */
    double project_ppq;       /* the host's position at the block's start */
    double bar_start_ppq;     /* timeline position of the bar line at or before block_start_ppq */
    double cycle_start_ppq;   /* project position */
    double cycle_end_ppq;     /* project position; equal to the start where there is no cycle */
    double tempo_bpm;         /* quarter notes a minute */
    double sample_rate_hz;
    uint64_t running_samples; /* samples processed since set_active */
    uint32_t epoch;           /* +1 at every start, stop and locate; loop wraps keep it */
    uint32_t grid_generation; /* +1 when the signature or the phase of the bar line changes within an epoch */
    int32_t signature_numerator;
    int32_t signature_denominator;
    uint32_t flags;           /* MM_TRANSPORT_ */
    uint32_t reserved[5];
} mm_transport;

/* ------------------------------------------------------------------ the block that both sides map */

typedef struct mm_ring_indices { /* one cache line each: no false sharing between producer and consumer */
    uint32_t write;              /* free-running; producer: release store after the slots are filled */
    uint32_t write_padding[15];
    uint32_t read;               /* free-running; consumer: release store after the slots are read */
    uint32_t read_padding[15];
} mm_ring_indices;

typedef struct mm_counters {     /* grow only; written by the audio thread, relaxed */
    uint64_t blocks;
    uint64_t notes_in;
    uint64_t notes_out;          /* continuation notes that sounded */
    uint64_t late_notes;         /* played late or, beyond 1/16 quarter, not at all */
    uint64_t late_bars;          /* replacements that came after their bar had begun and were refused */
    uint64_t fallback_bars;      /* bars that began with a FALLBACK plan */
    uint64_t shortfall_blocks;   /* real time: the block reached beyond the horizon while the engine was answering */
    uint64_t offline_waits;      /* offline: blocks that waited for the horizon */
    uint64_t offline_timeouts;   /* offline: waits that were given up */
    uint64_t input_drops;        /* input ring full; note-offs are never dropped */
    uint64_t output_drops;       /* the host refused an event, or the pending list was full */
    uint64_t jumps;              /* discontinuities seen */
    uint64_t refused_plan_id;    /* plan_id of the last BAR that was refused for being late; not a count */
    uint64_t audio_drops;        /* samples of the audio input that found the ring full */
    uint64_t reserved[2];
} mm_counters;

typedef struct mm_shared {
    uint32_t abi_version;
    uint32_t size_bytes;             /* sizeof(mm_shared) as the bridge compiled it */
    uint32_t transport_sequence;     /* seqlock: odd while the audio thread writes `transport` */
    uint32_t engine_state;           /* engine -> audio: MM_ENGINE_ */
    mm_transport transport;
    mm_ring_indices input_indices;
    mm_ring_indices command_indices;
    mm_counters counters;
    double status[MM_STATUS_CAPACITY]; /* engine -> host: normalised values of the read-only parameters, by slot */
    mm_input_event input[MM_INPUT_RING_CAPACITY];
    mm_command command[MM_COMMAND_RING_CAPACITY];
    mm_ring_indices audio_indices;
    mm_ring_indices anchor_indices;
    mm_audio_anchor anchor[MM_AUDIO_ANCHOR_CAPACITY];
    float audio[MM_AUDIO_RING_CAPACITY];
    uint32_t audition;               /* editor -> audio: a note to be heard, see MM_AUDITION_ */
    uint32_t answer_sound;           /* engine -> audio: MM_SOUND_ that fits the answer's role */
    uint32_t editor_padding[14];
} mm_shared;

/* A note that the player points at, for the bridge's own sound alone: one word, so that it is written and read at once.
 * A new count is a new note; a cleared "held" ends it, though not before it has sounded for a moment. */
#define MM_AUDITION_PITCH(word) ((word) & 127u)
#define MM_AUDITION_VELOCITY(word) (((word) >> 7) & 127u)
#define MM_AUDITION_CHANNEL(word) (((word) >> 14) & 15u)
#define MM_AUDITION_HELD(word) (((word) >> 18) & 1u)
#define MM_AUDITION_COUNT(word) ((word) >> 24)

/* Sounds of the bridge's own voice; the values of the Preview sound parameter too. */
enum {
    MM_SOUND_AUTOMATIC = 0, /* drums on channel 10, else what fits the answer's role, else keys */
    MM_SOUND_KEYS = 1,
    MM_SOUND_BASS = 2,
    MM_SOUND_DRUMS = 3
};

enum {
    MM_ENGINE_IDLE = 0,      /* no answer is due: silence is right */
    MM_ENGINE_WAITING = 1,   /* armed, nothing played yet */
    MM_ENGINE_CAPTURING = 2,
    MM_ENGINE_ANSWERING = 3, /* a block beyond the horizon is a shortfall */
    MM_ENGINE_FAULTED = 4    /* see last_error; the bridge only passes MIDI through */
};

/* ------------------------------------------------------------------ parameters and programs (no instance needed) */

enum {
    MM_PARAM_AUTOMATABLE = 1 << 0,
    MM_PARAM_READ_ONLY = 1 << 1,
    MM_PARAM_LIST = 1 << 2,       /* steps + 1 named values */
    MM_PARAM_BYPASS = 1 << 3,
    MM_PARAM_PROGRAM = 1 << 4,    /* selects a program of the list below */
    MM_PARAM_HIDDEN = 1 << 5
};

/* What the audio thread itself does with a parameter, besides passing it on to the engine. */
enum {
    MM_ROLE_NONE = 0,
    MM_ROLE_BYPASS = 1,
    MM_ROLE_THRU = 2,
    MM_ROLE_PANIC = 3,          /* rising edge */
    MM_ROLE_OUTPUT_CHANNEL = 4, /* 0 = as the engine says, 1..16 = all on this channel; steps = 16 */
    MM_ROLE_AUDIO_MOTIF = 5,    /* the audio input is passed on ... */
    MM_ROLE_ARM = 6,            /* ... while this is on too */
    MM_ROLE_PREVIEW = 7,        /* the bridge's own sound on the audio output */
    MM_ROLE_PREVIEW_LEVEL = 8,
    MM_ROLE_PREVIEW_SOUND = 9   /* MM_SOUND_; steps = 3 */
};

typedef struct mm_param_info {
    uint32_t id;             /* stable for ever, below 0x10000 */
    uint32_t flags;          /* MM_PARAM_ */
    int32_t steps;           /* 0 = continuous, else number of values - 1 */
    uint32_t role;           /* MM_ROLE_ */
    double default_value;    /* normalised */
    int32_t status_slot;     /* read-only: index into mm_shared.status, else -1 */
    int32_t unit_id;         /* 0 = root */
    char title[64];
    char short_title[16];
    char units[16];
} mm_param_info;

typedef struct mm_unit_info {
    int32_t id;
    int32_t parent_id;       /* -1 = none */
    char name[64];
} mm_unit_info;

/* ------------------------------------------------------------------ functions: never on the audio thread */

typedef struct mm_instance mm_instance; /* opaque to the bridge */

typedef struct mm_create_info {
    uint32_t size_bytes;
    uint32_t abi_version;
    const char* bundle_directory; /* folder that holds the managed library, the native ones and models/ */
    mm_shared* shared;
} mm_create_info;

/* An open editor: a window with a thread of its own [ui] inside a window of the host's. */
typedef struct mm_editor mm_editor;

#define MM_HOST_NAME_CAPACITY 128u

/* What an editor does to the host. It is copied by editor_open; its functions are called on the editor's thread until
 * editor_close has returned, and they leave a message for the host's main thread and return at once. */
typedef struct mm_editor_host {
    uint32_t size_bytes;
    uint32_t has_menu;              /* 1: the host has a menu of its own for parameters */
    void* context;                  /* passed back */
    void (*begin_edit)(void* context, uint32_t id);
    void (*perform_edit)(void* context, uint32_t id, double normalised);
    void (*end_edit)(void* context, uint32_t id);
    void (*show_menu)(void* context, uint32_t id, int32_t x, int32_t y); /* pixels from the view's upper left corner */
    double (*parameter)(void* context, uint32_t id); /* the host's normalised value; any thread */
    char name[MM_HOST_NAME_CAPACITY]; /* the host's name, UTF-8, may be empty */
} mm_editor_host;

/* Sizes in pixels at a scale. */
typedef struct mm_editor_size {
    int32_t width;
    int32_t height;
    int32_t smallest_width;
    int32_t smallest_height;
} mm_editor_size;

typedef struct mm_api {
    uint32_t size_bytes;
    uint32_t abi_version;

    /* parameters, units, programs: process-wide tables, any thread */
    int32_t (*parameter_count)(void);
    mm_result (*parameter_info)(int32_t index, mm_param_info* info);
    mm_result (*parameter_to_text)(uint32_t id, double normalised, char* text, int32_t capacity);
    mm_result (*parameter_from_text)(uint32_t id, const char* text, double* normalised);
    mm_result (*parameter_to_plain)(uint32_t id, double normalised, double* plain);
    mm_result (*parameter_from_plain)(uint32_t id, double plain, double* normalised);
    int32_t (*unit_count)(void);
    mm_result (*unit_info)(int32_t index, mm_unit_info* info);
    int32_t (*program_count)(void);
    mm_result (*program_name)(int32_t index, char* text, int32_t capacity);

    /* instances: [main] */
    mm_result (*create)(const mm_create_info* info, mm_instance** instance);
    mm_result (*destroy)(mm_instance* instance); /* returns once no thread of the instance runs */
    mm_result (*set_active)(mm_instance* instance, int32_t active, double sample_rate_hz, int32_t max_block_samples);
    mm_result (*get_parameter)(mm_instance* instance, uint32_t id, double* normalised);
    mm_result (*set_parameter)(mm_instance* instance, uint32_t id, double normalised); /* when process() does not run */
    mm_result (*get_state)(mm_instance* instance, uint8_t* bytes, int64_t capacity, int64_t* needed);
    mm_result (*set_state)(mm_instance* instance, const uint8_t* bytes, int64_t length);
    /* Runs a command line ("save-clip /path/file.mid") and writes its answer as JSON. */
    mm_result (*command)(mm_instance* instance, const char* line, char* json, int64_t capacity, int64_t* needed);
    /* The values inside a state of the first `count` parameters, in the order of parameter_info; defaults where it has
       none. MM_FALSE: it is no state. For the controller's setComponentState. [main], no instance needed. */
    mm_result (*state_parameters)(const uint8_t* bytes, int64_t length, double* normalised, int32_t count);
    /* Last error of the instance, or of the library where instance is null. */
    mm_result (*last_error)(mm_instance* instance, char* text, int32_t capacity);

    /* editor: [main]. The instance outlives its editors. */
    /* MM_FALSE: the editor has no window on this system. */
    mm_result (*editor_size)(double scale, mm_editor_size* size);
    /* `parent` is an X11 window id or an HWND. MM_ERROR: no display and the like; see last_error(NULL). */
    mm_result (*editor_open)(mm_instance* instance, const mm_editor_host* host, void* parent, int32_t width, int32_t height, double scale, mm_editor** editor);
    mm_result (*editor_close)(mm_editor* editor); /* returns once its thread has ended */
    mm_result (*editor_resize)(mm_editor* editor, int32_t width, int32_t height);
    mm_result (*editor_set_scale)(mm_editor* editor, double scale);
    /* A key as IPlugView gives it: UTF-16 unit, virtual key and modifiers of the VST3 SDK. MM_FALSE: the host may have it. */
    mm_result (*editor_key)(mm_editor* editor, uint32_t character, int32_t virtual_key, int32_t modifiers);
} mm_api;

/* The one exported symbol of the managed library. */
#define MM_ENTRY_POINT "midimuse_get_api"
typedef mm_result (*mm_get_api)(uint32_t abi_version, mm_api* api);

#ifdef __cplusplus
}
#endif
#endif

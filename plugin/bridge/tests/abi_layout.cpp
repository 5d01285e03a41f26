// Prints the layout of every struct in midimuse_abi.h: the golden file that both sides are checked against. With a file
// as argument it compares instead and says what differs.
#include "../include/midimuse_abi.h"

#include <cstddef>
#include <fstream>
#include <iostream>
#include <sstream>

int main(int count, char** arguments) {
    std::ostringstream out;
    out << "abi_version " << MM_ABI_VERSION << "\n";
#define STRUCT(type) out << #type << " " << sizeof(type) << "\n"
#define FIELD(type, name) out << #type << "." << #name << " " << sizeof(type::name) << " " << offsetof(type, name) << "\n"
    STRUCT(mm_input_event);
    FIELD(mm_input_event, timeline_ppq);
    FIELD(mm_input_event, value);
    FIELD(mm_input_event, epoch);
    FIELD(mm_input_event, param_id);
    FIELD(mm_input_event, kind);
    FIELD(mm_input_event, channel);
    FIELD(mm_input_event, data1);
    FIELD(mm_input_event, data2);
    FIELD(mm_input_event, reserved);
    STRUCT(mm_audio_anchor);
    FIELD(mm_audio_anchor, timeline_ppq);
    FIELD(mm_audio_anchor, ppq_per_sample);
    FIELD(mm_audio_anchor, sample_rate_hz);
    FIELD(mm_audio_anchor, first_sample);
    FIELD(mm_audio_anchor, epoch);
    STRUCT(mm_command);
    FIELD(mm_command, onset_ppq);
    FIELD(mm_command, end_ppq);
    FIELD(mm_command, epoch);
    FIELD(mm_command, plan_id);
    FIELD(mm_command, flags);
    FIELD(mm_command, kind);
    FIELD(mm_command, channel);
    FIELD(mm_command, pitch);
    FIELD(mm_command, velocity);
    FIELD(mm_command, bar_notes);
    FIELD(mm_command, grid_generation);
    STRUCT(mm_transport);
    FIELD(mm_transport, block_start_ppq);
    FIELD(mm_transport, block_end_ppq);
    FIELD(mm_transport, project_ppq);
    FIELD(mm_transport, bar_start_ppq);
    FIELD(mm_transport, cycle_start_ppq);
    FIELD(mm_transport, cycle_end_ppq);
    FIELD(mm_transport, tempo_bpm);
    FIELD(mm_transport, sample_rate_hz);
    FIELD(mm_transport, running_samples);
    FIELD(mm_transport, epoch);
    FIELD(mm_transport, grid_generation);
    FIELD(mm_transport, signature_numerator);
    FIELD(mm_transport, signature_denominator);
    FIELD(mm_transport, flags);
    FIELD(mm_transport, reserved);
    STRUCT(mm_ring_indices);
    FIELD(mm_ring_indices, write);
    FIELD(mm_ring_indices, write_padding);
    FIELD(mm_ring_indices, read);
    FIELD(mm_ring_indices, read_padding);
    STRUCT(mm_counters);
    FIELD(mm_counters, blocks);
    FIELD(mm_counters, notes_in);
    FIELD(mm_counters, notes_out);
    FIELD(mm_counters, late_notes);
    FIELD(mm_counters, late_bars);
    FIELD(mm_counters, fallback_bars);
    FIELD(mm_counters, shortfall_blocks);
    FIELD(mm_counters, offline_waits);
    FIELD(mm_counters, offline_timeouts);
    FIELD(mm_counters, input_drops);
    FIELD(mm_counters, output_drops);
    FIELD(mm_counters, jumps);
    FIELD(mm_counters, refused_plan_id);
    FIELD(mm_counters, audio_drops);
    FIELD(mm_counters, reserved);
    STRUCT(mm_shared);
    FIELD(mm_shared, abi_version);
    FIELD(mm_shared, size_bytes);
    FIELD(mm_shared, transport_sequence);
    FIELD(mm_shared, engine_state);
    FIELD(mm_shared, transport);
    FIELD(mm_shared, input_indices);
    FIELD(mm_shared, command_indices);
    FIELD(mm_shared, counters);
    FIELD(mm_shared, status);
    FIELD(mm_shared, input);
    FIELD(mm_shared, command);
    FIELD(mm_shared, audio_indices);
    FIELD(mm_shared, anchor_indices);
    FIELD(mm_shared, anchor);
    FIELD(mm_shared, audio);
    FIELD(mm_shared, audition);
    FIELD(mm_shared, answer_sound);
    FIELD(mm_shared, editor_padding);
    STRUCT(mm_param_info);
    FIELD(mm_param_info, id);
    FIELD(mm_param_info, flags);
    FIELD(mm_param_info, steps);
    FIELD(mm_param_info, role);
    FIELD(mm_param_info, default_value);
    FIELD(mm_param_info, status_slot);
    FIELD(mm_param_info, unit_id);
    FIELD(mm_param_info, title);
    FIELD(mm_param_info, short_title);
    FIELD(mm_param_info, units);
    STRUCT(mm_unit_info);
    FIELD(mm_unit_info, id);
    FIELD(mm_unit_info, parent_id);
    FIELD(mm_unit_info, name);
    STRUCT(mm_create_info);
    FIELD(mm_create_info, size_bytes);
    FIELD(mm_create_info, abi_version);
    FIELD(mm_create_info, bundle_directory);
    FIELD(mm_create_info, shared);
    STRUCT(mm_api);
    FIELD(mm_api, size_bytes);
    FIELD(mm_api, abi_version);
    FIELD(mm_api, parameter_count);
    FIELD(mm_api, parameter_info);
    FIELD(mm_api, parameter_to_text);
    FIELD(mm_api, parameter_from_text);
    FIELD(mm_api, parameter_to_plain);
    FIELD(mm_api, parameter_from_plain);
    FIELD(mm_api, unit_count);
    FIELD(mm_api, unit_info);
    FIELD(mm_api, program_count);
    FIELD(mm_api, program_name);
    FIELD(mm_api, create);
    FIELD(mm_api, destroy);
    FIELD(mm_api, set_active);
    FIELD(mm_api, get_parameter);
    FIELD(mm_api, set_parameter);
    FIELD(mm_api, get_state);
    FIELD(mm_api, set_state);
    FIELD(mm_api, command);
    FIELD(mm_api, state_parameters);
    FIELD(mm_api, last_error);
    FIELD(mm_api, editor_size);
    FIELD(mm_api, editor_open);
    FIELD(mm_api, editor_close);
    FIELD(mm_api, editor_resize);
    FIELD(mm_api, editor_set_scale);
    FIELD(mm_api, editor_key);
    STRUCT(mm_editor_host);
    FIELD(mm_editor_host, size_bytes);
    FIELD(mm_editor_host, has_menu);
    FIELD(mm_editor_host, context);
    FIELD(mm_editor_host, begin_edit);
    FIELD(mm_editor_host, perform_edit);
    FIELD(mm_editor_host, end_edit);
    FIELD(mm_editor_host, show_menu);
    FIELD(mm_editor_host, parameter);
    FIELD(mm_editor_host, name);
    STRUCT(mm_editor_size);
    FIELD(mm_editor_size, width);
    FIELD(mm_editor_size, height);
    FIELD(mm_editor_size, smallest_width);
    FIELD(mm_editor_size, smallest_height);
    if (count < 2) {
        std::cout << out.str();
        return 0;
    }
    std::ifstream golden(arguments[1]);
    std::istringstream actual(out.str());
    int differences = 0;
    for (std::string expected, line; true;) {
        const bool more = static_cast<bool>(std::getline(golden, expected));
        const bool moreActual = static_cast<bool>(std::getline(actual, line));
        if (!more && !moreActual) break;
        if (expected == line && more == moreActual) continue;
        std::cerr << "golden: " << (more ? expected : "(end)") << "   header: " << (moreActual ? line : "(end)") << "\n";
        if (++differences > 10) break;
    }
    return differences == 0 ? 0 : 1;
}

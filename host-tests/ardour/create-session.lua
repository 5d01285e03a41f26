-- create-session.lua DIRECTORY NAME PLUGIN SAMPLE_RATE
-- A session with two MIDI tracks: Gen, which carries the plugin, and Rec, which records what comes out of it.
local directory, name, plugin_name, sample_rate = arg[1], arg[2], arg[3], tonumber (arg[4])

local backend = AudioEngine:set_backend ("None (Dummy)", "MidiMuse", "")
backend:set_device_name ("Silence")
backend:set_driver ("Normal Speed")

assert (create_session (directory, name, sample_rate), "no session")

local one_midi_port = ARDOUR.ChanCount (ARDOUR.DataType ("midi"), 1)

local function new_midi_track (track_name)
    local created = Session:new_midi_track (one_midi_port, one_midi_port, true, ARDOUR.PluginInfo (), nil, nil,
        1, track_name, ARDOUR.PresentationInfo.max_order, ARDOUR.TrackMode.Normal, true)
    return created:front ()
end

local generator = new_midi_track ("Gen")
new_midi_track ("Rec")

local plugin = ARDOUR.LuaAPI.new_plugin (Session, plugin_name, ARDOUR.PluginType.VST3, "")
assert (not plugin:isnil (), "the plugin is not in Ardour's cache: " .. plugin_name)
assert (generator:add_processor_by_index (plugin, 0, nil, true) == 0, "the track does not take the plugin")

local outputs = generator:n_outputs ()
print (table.concat ({ "outputs", outputs:n_audio (), outputs:n_midi () }, "\t"))

Session:save_state ("")
sleep (0.5)
Session:close ()
quit ()

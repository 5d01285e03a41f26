-- play.lua DIRECTORY NAME SPEED BUFFER_SAMPLES READY_SECONDS ROLL_SECONDS CLIP.mid [PARAMETER=NORMALISED ...] [after PARAMETER=NORMALISED ...]
-- What stands after the word "after" is set when the take is over, before the session is saved, one after the other.
-- Rolls the session from its start, records what the plugin sends, and prints it: tab-separated lines, the first word says what.
local directory, name, speed, buffer_samples = arg[1], arg[2], arg[3], tonumber (arg[4])
local ready_seconds, roll_seconds, clip = tonumber (arg[5]), tonumber (arg[6]), arg[7]

local ui = ARDOUR.TransportRequestSource.TRS_UI
local poll_seconds = 0.02

local function emit (...)
    print (table.concat ({ ... }, "\t"))
end

-- Temporal::Beats prints as "quarters:ticks"; 1920 ticks a quarter.
local function ticks_of (beats)
    local quarters, ticks = beats:str ():match ("^(-?%d+):(-?%d+)$")
    return tonumber (quarters) * 1920 + tonumber (ticks)
end

local function wait_for (seconds, condition)
    local polls = math.ceil (seconds / poll_seconds)
    while polls > 0 and not condition () do
        sleep (poll_seconds)
        polls = polls - 1
    end
    return condition ()
end

local backend = AudioEngine:set_backend ("None (Dummy)", "MidiMuse", "")
backend:set_device_name ("Silence")
backend:set_driver (speed)
backend:set_buffer_size (buffer_samples)

assert (load_session (directory, name), "no session")
local engine = Session:engine ()

-- Outputs that lead to the (dummy) hardware have its latency: rolling would begin with a preroll and recordings be shifted.
for _, output in ipairs ({ "Master/audio_out ", "Click/audio_out " }) do
    for channel = 1, 2 do
        engine:disconnect (output .. channel, "system:playback_" .. channel)
    end
end

local generator = Session:route_by_name ("Gen")
local recorder = Session:route_by_name ("Rec"):to_track ()
local insert = generator:nth_plugin (0):to_insert ()
assert (not insert:isnil (), "the plugin did not come back with the session")
local plugin = insert:plugin (0)

if not engine:connected ("Rec/midi_in 1") then
    assert (engine:connect ("Gen/midi_out 1", "Rec/midi_in 1") == 0, "no way from Gen to Rec")
end

local controls = {}
for i = 0, plugin:parameter_count () - 1 do
    local _, out_arguments = plugin:get_parameter_descriptor (i, ARDOUR.ParameterDescriptor ())
    local description = out_arguments[2]
    controls[plugin:parameter_label (i)] =
        { index = i, lower = description.lower, upper = description.upper }
end

local function set (text)
    local label, normalised = text:match ("^(.-)=(.*)$")
    local control = assert (controls[label], "no parameter: " .. label)
    local value = control.lower + tonumber (normalised) * (control.upper - control.lower)
    assert (ARDOUR.LuaAPI.set_processor_param (insert, control.index, value), "not set: " .. label)
end

local next_argument = 8
while next_argument <= #arg and arg[next_argument] ~= "after" do
    set (arg[next_argument])
    next_argument = next_argument + 1
end

sleep (ready_seconds)

recorder:rec_enable_control ():set_value (1, PBD.GroupControlDisposition.NoGroup)
Session:goto_start (false)
sleep (0.3)
Session:maybe_enable_record (false)
sleep (0.2)

local earlier = {}
for region in recorder:playlist ():region_list ():iter () do
    earlier[region:to_stateful ():id ():to_s ()] = true
end

Session:request_roll (ui)
local target = math.ceil (roll_seconds * Session:nominal_sample_rate ())
local arrived = wait_for (roll_seconds * 3 + 10, function () return Session:transport_sample () >= target end)
emit ("rolled", Session:transport_sample (), arrived and "yes" or "no", Session:get_xrun_count ())
Session:request_stop (false, false, ui)
wait_for (5, function () return not Session:transport_rolling () end)
sleep (1) -- the butler writes the take
Session:disable_record (false, false)

for region in recorder:playlist ():region_list ():iter () do
    if not earlier[region:to_stateful ():id ():to_s ()] then
        local midi = region:to_midiregion ()
        emit ("region", region:name (), region:position ():ticks (), region:length ():ticks ())
        midi:do_export (clip)
        for note in ARDOUR.LuaAPI.note_list (midi:model ()):iter () do
            emit ("note", ticks_of (note:time ()), ticks_of (note:length ()), note:note (), note:velocity (), note:channel ())
        end
    end
end

for i = next_argument + 1, #arg do
    set (arg[i])
    sleep (2) -- an answer of some bars may have to be made
end

for label, control in pairs (controls) do
    local value = ARDOUR.LuaAPI.get_processor_param (insert, control.index, true)
    emit ("parameter", label, (value - control.lower) / math.max (control.upper - control.lower, 1e-9))
end

Session:save_state ("")
sleep (0.5)
Session:close ()
quit ()

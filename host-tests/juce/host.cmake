# The host as it is on every system: how it is compiled, what JUCE's modules are told, its own sources.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# The host does next to nothing per block; what counts is how long its own build takes.
set(CMAKE_CXX_FLAGS_RELEASE "-O0 -DNDEBUG")

# Our own sources are short beside the headers of JUCE that each of them includes: a program's are one file to the compiler.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 0)

add_library(juce_settings INTERFACE)
target_compile_definitions(juce_settings INTERFACE
    JUCE_GLOBAL_MODULE_SETTINGS_INCLUDED=1
    JUCE_STANDALONE_APPLICATION=1
    JUCE_PLUGINHOST_VST3=1
    JUCE_MODAL_LOOPS_PERMITTED=1 # MessageManager::runDispatchLoopUntil
    JUCE_WEB_BROWSER=0
    JUCE_USE_CURL=0
    JUCE_DISPLAY_SPLASH_SCREEN=0)

set(hostSources
    BlockSizes.cpp
    EventLog.cpp
    HostedPlugin.cpp
    Main.cpp
    MotifPlayer.cpp
    Options.cpp
    Report.cpp
    Session.cpp
    StandardInput.cpp
    TempoMap.cpp
    Timeline.cpp
    WindowedRun.cpp)
list(TRANSFORM hostSources PREPEND "${CMAKE_CURRENT_LIST_DIR}/Source/")

# Cross-builds the bridge for 64-bit Windows on Linux, with Debian's g++-mingw-w64-x86-64:
#   cmake -S plugin/bridge -B artifacts/bridge/win-x64/build -DCMAKE_TOOLCHAIN_FILE=mingw-w64.cmake -DMIDIMUSE_TESTS=OFF
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
# The variant with POSIX threads: std::mutex and std::thread are missing in the other one (gcc 12).
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)

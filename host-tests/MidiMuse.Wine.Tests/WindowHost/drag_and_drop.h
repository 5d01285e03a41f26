// Another program's side of drag and drop: a window that takes files, and a file that is carried over.
#pragma once

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <string>

namespace window_host {

/// Says "dropped PATH" for each file.
void takeFiles(HWND window);

/// Something that the window would take is over it.
bool isSomethingOver();

/// Files so far.
int takenFiles();

/// Carries the file from where the pointer is to a place on the screen and drops it there; true where somebody took it.
bool carryFile(const std::wstring& path, int x, int y);

} // namespace window_host

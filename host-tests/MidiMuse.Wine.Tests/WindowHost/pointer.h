// The player's hand: what Windows takes for a mouse and a keyboard.
#pragma once

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace window_host {

/// Pixels of the screen.
void movePointer(int x, int y);
void pressButton(bool isDown);
void turnWheel(int notches);
void pressKey(WORD virtualKey);
void typeText(const char* text);

} // namespace window_host

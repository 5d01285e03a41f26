#include "pointer.h"

namespace window_host {

namespace {

void send(DWORD flags, LONG x, LONG y, DWORD data) {
    INPUT input{};
    input.type = INPUT_MOUSE;
    input.mi.dwFlags = flags;
    input.mi.dx = x;
    input.mi.dy = y;
    input.mi.mouseData = data;
    SendInput(1, &input, sizeof input);
}

void sendKey(WORD virtualKey, WORD character, DWORD flags) {
    INPUT input{};
    input.type = INPUT_KEYBOARD;
    input.ki.wVk = virtualKey;
    input.ki.wScan = character;
    input.ki.dwFlags = flags;
    SendInput(1, &input, sizeof input);
}

} // namespace

void movePointer(int x, int y) {
    // Absolute coordinates count 65536 to the screen's width; half a pixel further, to land inside of the pixel.
    const auto scaled = [](int pixel, int pixels) { return static_cast<LONG>((static_cast<long long>(pixel) * 65536 + 32768) / pixels); };
    send(MOUSEEVENTF_MOVE | MOUSEEVENTF_ABSOLUTE, scaled(x, GetSystemMetrics(SM_CXSCREEN)), scaled(y, GetSystemMetrics(SM_CYSCREEN)), 0);
}

void pressButton(bool isDown) { send(isDown ? MOUSEEVENTF_LEFTDOWN : MOUSEEVENTF_LEFTUP, 0, 0, 0); }

void turnWheel(int notches) { send(MOUSEEVENTF_WHEEL, 0, 0, static_cast<DWORD>(notches * WHEEL_DELTA)); }

void pressKey(WORD virtualKey) {
    sendKey(virtualKey, 0, 0);
    sendKey(virtualKey, 0, KEYEVENTF_KEYUP);
}

void typeText(const char* text) {
    for (const char* at = text; *at != 0; ++at) pressKey(LOBYTE(VkKeyScanA(*at)));
}

} // namespace window_host

/*
 * collect <device> <file>: reads a recording until it is interrupted (Ctrl+C). A user-mode program:
 *
 *     cl /W4 collect.c
 *     collect \\.\InterlockRecorderAbove above.recording
 */
#include <windows.h>

#include <stdio.h>

#define POLL_MILLISECONDS 20

static volatile LONG IsOver;
static UCHAR Buffer[1 << 20];

static BOOL WINAPI Stop(DWORD Signal)
{
    (void)Signal;
    InterlockedExchange(&IsOver, 1);
    return TRUE;
}

static HANDLE Open(const char* Name, DWORD Access, DWORD How)
{
    HANDLE file = CreateFileA(Name, Access, 0, NULL, How, FILE_ATTRIBUTE_NORMAL, NULL);

    if (file == INVALID_HANDLE_VALUE) {
        fprintf(stderr, "%s cannot be opened: error %lu; expected %s\n", Name, GetLastError(),
                How == OPEN_EXISTING ? "the recorder to be loaded, and nobody else to read it"
                                     : "a file that can be written");
    }
    return file;
}

/* FALSE: an error, which is told. The last records are taken after it is over. */
static BOOL Copy(HANDLE Device, HANDLE File, PULONGLONG Total)
{
    DWORD got;
    DWORD put;
    BOOL last = FALSE;

    for (;;) {
        if (!ReadFile(Device, Buffer, sizeof(Buffer), &got, NULL)) {
            fprintf(stderr, "the recorder cannot be read: error %lu\n", GetLastError());
            return FALSE;
        }
        if (got > 0 && (!WriteFile(File, Buffer, got, &put, NULL) || put != got)) {
            fprintf(stderr, "the file cannot be written: error %lu\n", GetLastError());
            return FALSE;
        }
        *Total += got;
        if (got == 0 && last) {
            return TRUE;
        }
        last = IsOver != 0;
        if (got == 0 && !last) {
            Sleep(POLL_MILLISECONDS);
        }
    }
}

int main(int Count, char** Arguments)
{
    ULONGLONG total = 0;
    HANDLE device;
    HANDLE file;
    BOOL copied;

    if (Count != 3) {
        fprintf(stderr, "usage: collect \\\\.\\InterlockRecorderAbove FILE\n");
        return 2;
    }
    device = Open(Arguments[1], GENERIC_READ, OPEN_EXISTING);
    file = device == INVALID_HANDLE_VALUE
        ? INVALID_HANDLE_VALUE : Open(Arguments[2], GENERIC_WRITE, CREATE_ALWAYS);
    if (file == INVALID_HANDLE_VALUE) {
        return 1;
    }
    SetConsoleCtrlHandler(Stop, TRUE);
    copied = Copy(device, file, &total);
    printf("%llu bytes\n", total);
    CloseHandle(file);
    CloseHandle(device);
    return copied ? 0 : 1;
}

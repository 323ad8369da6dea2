/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/mount.h"

#include "platform/win32/names.h"
#include "platform/win32/paths.h"
#include "platform/win32/pin.h"

#define READ_ONLY_VOLUME 0x80000u
#define REMOTE_DEVICE 0x10u
#define MAX_NAME 256

static NTSTATUS
query (HANDLE handle, FS_INFORMATION_CLASS class, void *buffer, gsize size)
{
  IO_STATUS_BLOCK io;

  return NtQueryVolumeInformationFile (handle, &io, buffer, (ULONG)size, class);
}

/* Where the volume begins; "" where it has no drive and no share. */
static char *
mount_point_of (HANDLE handle)
{
  DWORD size = GetFinalPathNameByHandleW (handle, NULL, 0, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
  g_autofree WCHAR *buffer = g_new0 (WCHAR, (gsize)size + 1);
  DWORD length
      = size > 0 ? GetFinalPathNameByHandleW (handle, buffer, size, FILE_NAME_NORMALIZED | VOLUME_NAME_DOS) : 0;
  g_autofree char *path = e13_win32_from_utf16 ((const gunichar2 *)buffer, length < size ? length : 0);
  g_auto (E13WinPath) parts = { 0 };

  return e13_win_path_parse (path, &parts) ? g_steal_pointer (&parts.root) : g_strdup ("");
}

gboolean
e13_win32_mount_of (const E13Pin *pin, E13Mount *ret_mount, GError **error)
{
  HANDLE handle = e13_win32_handle_of_pin (pin);
  FILE_FS_FULL_SIZE_INFORMATION room = { .CallerAvailableAllocationUnits.QuadPart = 1 };
  FILE_FS_DEVICE_INFORMATION device = { 0 };
  struct
  {
    FILE_FS_ATTRIBUTE_INFORMATION head;
    WCHAR name[MAX_NAME];
  } fs = { 0 };
  NTSTATUS status = query (handle, FileFsAttributeInformation, &fs, sizeof fs);

  if (!NT_SUCCESS (status))
    return e13_nt_throw (error, status, "tell the file system of", pin->path);
  /* Where these two cannot be told, it is a local volume with room. */
  query (handle, FileFsDeviceInformation, &device, sizeof device);
  query (handle, FileFsFullSizeInformation, &room, sizeof room);
  *ret_mount = (E13Mount){
    .mount_point = mount_point_of (handle),
    .fs_type = e13_win32_from_utf16 ((const gunichar2 *)fs.head.FileSystemName,
                                     MIN (fs.head.FileSystemNameLength / sizeof (WCHAR), MAX_NAME)),
    .read_only = (fs.head.FileSystemAttributes & READ_ONLY_VOLUME) != 0,
    .is_network = (device.Characteristics & REMOTE_DEVICE) != 0,
    .mode_from_mount = (fs.head.FileSystemAttributes & FILE_PERSISTENT_ACLS) == 0,
    .no_bytes_left = room.CallerAvailableAllocationUnits.QuadPart == 0,
  };
  return TRUE;
}

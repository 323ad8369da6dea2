/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "platform/win32/facts.h"

#include <errno.h>
#include <string.h>

#include "platform/win32/reparse.h"
#include "platform/win32/zone.h"

/* Newer than winternl.h's names. */
#define FILE_ID_INFORMATION_CLASS 59
#define ATTRIBUTE_RECALL_ON_OPEN 0x00040000u
#define ATTRIBUTE_RECALL_ON_DATA_ACCESS 0x00400000u

#define TICKS_A_SECOND 10000000 /* of 100 ns */

typedef struct
{
  guint64 volume;
  guint64 id[2];
} IdInformation;

/* ---- Which object, and what state of it -------------------------------------------------------------------------- */

static NTSTATUS
short_id (HANDLE handle, E13NtInfo *info)
{
  LARGE_INTEGER id;
  IO_STATUS_BLOCK io;
  struct
  {
    FILE_FS_VOLUME_INFORMATION head;
    WCHAR label[64];
  } volume;
  NTSTATUS status = e13_nt_query (handle, FileInternalInformation, &id, sizeof id);

  if (!NT_SUCCESS (status))
    return status;
  status = NtQueryVolumeInformationFile (handle, &io, &volume, sizeof volume, FileFsVolumeInformation);
  if (!NT_SUCCESS (status) && status != STATUS_BUFFER_OVERFLOW)
    return status;
  info->volume = volume.head.VolumeSerialNumber;
  info->id[0] = (guint64)id.QuadPart;
  return STATUS_SUCCESS;
}

NTSTATUS
e13_win32_info (HANDLE handle, E13NtInfo *ret_info)
{
  FILE_STANDARD_INFORMATION standard;
  FILE_ATTRIBUTE_TAG_INFORMATION tag;
  IdInformation id;
  NTSTATUS status = e13_nt_query (handle, FileBasicInformation, &ret_info->basic, sizeof ret_info->basic);

  ret_info->tag = 0;
  ret_info->id[1] = 0;
  if (NT_SUCCESS (status))
    status = e13_nt_query (handle, FileStandardInformation, &standard, sizeof standard);
  if (!NT_SUCCESS (status))
    return status;
  ret_info->n_links = standard.NumberOfLinks;
  if ((ret_info->basic.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0)
    {
      status = e13_nt_query (handle, FileAttributeTagInformation, &tag, sizeof tag);
      if (!NT_SUCCESS (status))
        return status;
      ret_info->tag = tag.ReparseTag;
    }
  /* Since Windows 8, and not on every file system. */
  if (!NT_SUCCESS (e13_nt_query (handle, FILE_ID_INFORMATION_CLASS, &id, sizeof id)))
    return short_id (handle, ret_info);
  ret_info->volume = id.volume;
  memcpy (ret_info->id, id.id, sizeof id.id);
  return STATUS_SUCCESS;
}

gboolean
e13_win32_same_object (const E13NtInfo *a, const E13NtInfo *b)
{
  return a->volume == b->volume && a->id[0] == b->id[0] && a->id[1] == b->id[1];
}

/* FAT does not know when an object was changed, but when it was written. */
static E13ObjectKey
key_of (const E13NtInfo *info)
{
  gint64 ticks = info->basic.ChangeTime.QuadPart;

  if (ticks == 0)
    ticks = info->basic.LastWriteTime.QuadPart;
  return (E13ObjectKey){
    .device = info->volume,
    /* Where all 128 bits count, an odd multiplier keeps ids that differ in one half alone apart. */
    .inode = info->id[0] ^ info->id[1] * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15),
    .mount_id = info->volume,
    .changed_seconds = ticks / TICKS_A_SECOND,
    .changed_nanoseconds = (guint32)(ticks % TICKS_A_SECOND * 100),
  };
}

char *
e13_win32_handle_text (const E13NtInfo *info)
{
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x %016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER
                          "x %016" G_GINT64_MODIFIER "x",
                          info->volume, info->id[1], info->id[0], (guint64)info->basic.CreationTime.QuadPart);
}

/* ---- Facts ------------------------------------------------------------------------------------------------------- */

static E13ObjectType
type_of (const E13NtInfo *info)
{
  E13ObjectType type = e13_reparse_type (info->tag);

  if (type != E13_TYPE_UNKNOWN)
    return type;
  return (info->basic.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? E13_TYPE_DIRECTORY : E13_TYPE_FILE;
}

static gboolean
is_cloud_tag (ULONG tag)
{
  return (tag & 0xffff0fffu) == 0x9000001au;
}

static guint
attributes_of (const E13NtInfo *info)
{
  ULONG bits = info->basic.FileAttributes;
  gboolean is_elsewhere
      = (bits & (FILE_ATTRIBUTE_OFFLINE | ATTRIBUTE_RECALL_ON_OPEN | ATTRIBUTE_RECALL_ON_DATA_ACCESS)) != 0
        || is_cloud_tag (info->tag);
  /* Of a directory it means that the shell looks into it, and forbids nothing. */
  gboolean is_read_only = (bits & FILE_ATTRIBUTE_READONLY) != 0 && (bits & FILE_ATTRIBUTE_DIRECTORY) == 0;

  return (is_read_only ? E13_ATTRIBUTE_READ_ONLY : 0)
         | ((bits & FILE_ATTRIBUTE_ENCRYPTED) != 0 ? E13_ATTRIBUTE_ENCRYPTED : 0)
         | (is_elsewhere ? E13_ATTRIBUTE_PLACEHOLDER : 0);
}

/* Owner, group and list, and the integrity label, which stands in the SACL but needs no privilege. */
static void
read_descriptor (HANDLE handle, E13Facts *facts)
{
  SECURITY_INFORMATION parts = OWNER_SECURITY_INFORMATION | GROUP_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
  NTSTATUS status;
  g_autoptr (GBytes) bytes = e13_nt_query_security (handle, parts | LABEL_SECURITY_INFORMATION, &status);

  if (bytes == NULL && status != STATUS_ACCESS_DENIED)
    bytes = e13_nt_query_security (handle, parts, &status);
  facts->sd_errno = e13_nt_errno (status);
  if (bytes == NULL)
    return;
  facts->sd = e13_sd_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  if (facts->sd != NULL)
    facts->sd_bytes = g_steal_pointer (&bytes);
  else
    facts->sd_errno = EINVAL;
}

NTSTATUS
e13_win32_facts (HANDLE handle, E13Facts *ret_facts, E13NtInfo *ret_info)
{
  E13NtInfo info;
  NTSTATUS status = e13_win32_info (handle, &info);

  *ret_facts = (E13Facts){ .type = E13_TYPE_UNKNOWN };
  if (!NT_SUCCESS (status))
    return status;
  *ret_facts = (E13Facts){
    .type = type_of (&info),
    .n_links = info.n_links,
    .attributes = attributes_of (&info),
    .key = key_of (&info),
    .acl_state = E13_ACL_NOT_READ,
  };
  read_descriptor (handle, ret_facts);
  if (ret_facts->type == E13_TYPE_FILE && (ret_facts->attributes & E13_ATTRIBUTE_PLACEHOLDER) == 0)
    ret_facts->zone = e13_win32_zone_read (handle);
  if (ret_info != NULL)
    *ret_info = info;
  return STATUS_SUCCESS;
}

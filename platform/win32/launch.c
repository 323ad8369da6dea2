/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A program runs in a job, which it cannot leave, and which takes all that is in it along when it is closed. It
 * inherits three handles and no others. Other accounts cannot be taken on: that takes their password. */

#include "config.h"

#include "platform/launch.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "platform/win32/command-words.h"
#include "platform/win32/identity.h"
#include "platform/win32/names.h"
#include "platform/win32/nt.h"

/* mingw-w64's winerror.h lacks it. */
#ifndef ERROR_ELEVATION_REQUIRED
#define ERROR_ELEVATION_REQUIRED 740
#endif

#define POLL_MS 10
#define MAX_ERRORS (256 * 1024)
#define MAX_MEMORY ((SIZE_T)2 << 30)
#define MAX_PROCESSES 256
#define ENDING_US (2 * G_USEC_PER_SEC)
#define PIPE_BYTES 65536

/* ---- As whom --------------------------------------------------------------------------------- */

struct E13LaunchAccount
{
  const char *differs;
};

E13LaunchAccount *
e13_launch_account_new (const E13Identity *identity, gboolean allow_root, GError **error)
{
  E13LaunchAccount *account;

  (void)identity;
  if (!allow_root && e13_win32_is_elevated ())
    return e13_throw (
               error, E13_ERROR_REFUSED,
               "a stranger's program is not run with an administrator's rights: use a window that was not opened "
               "as administrator, or say --allow-root"),
           NULL;
  account = g_new0 (E13LaunchAccount, 1);
  account->differs = "Windows lets nobody become another account without its password";
  return account;
}

void
e13_launch_account_free (E13LaunchAccount *account)
{
  g_free (account);
}

const char *
e13_launch_account_differs (const E13LaunchAccount *account)
{
  return account->differs;
}

/* ---- Pipes ----------------------------------------------------------------------------------- */

typedef struct
{
  HANDLE theirs;
  HANDLE ours;
} Pipe;

static void
clear_pipe (Pipe *pipe)
{
  e13_close_handle (&pipe->theirs);
  e13_close_handle (&pipe->ours);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pipe, clear_pipe)

static gboolean
open_pipe (Pipe *pipe, gboolean we_write)
{
  DWORD mode = PIPE_NOWAIT;
  HANDLE reads, writes;

  if (!CreatePipe (&reads, &writes, NULL, PIPE_BYTES))
    return FALSE;
  *pipe = we_write ? (Pipe){ reads, writes } : (Pipe){ writes, reads };
  return SetHandleInformation (pipe->theirs, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT) != 0
         && (!we_write || SetNamedPipeHandleState (pipe->ours, &mode, NULL, NULL) != 0);
}

/* ---- Starting -------------------------------------------------------------------------------- */

static int
errno_of (DWORD code)
{
  static const struct
  {
    DWORD code;
    int error;
  } errors[] = {
    { ERROR_FILE_NOT_FOUND, ENOENT },
    { ERROR_PATH_NOT_FOUND, ENOENT },
    { ERROR_ACCESS_DENIED, EACCES },
    { ERROR_BAD_EXE_FORMAT, ENOEXEC },
    { ERROR_EXE_MACHINE_TYPE_MISMATCH, ENOEXEC },
    { ERROR_ELEVATION_REQUIRED, EPERM },
    { ERROR_DIRECTORY, ENOTDIR },
    { ERROR_NOT_ENOUGH_MEMORY, ENOMEM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == code)
      return errors[i].error;
  return EIO;
}

/* The system wants them sorted, one after another, and a NUL more. */
static WCHAR *
environment_block (const char *const *environment)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GArray) block = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  const gunichar2 end = 0;

  for (gsize i = 0; environment[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer)environment[i]);
  g_ptr_array_sort (sorted, e13_win32_compare_variables);
  for (guint i = 0; i < sorted->len; i++)
    {
      gsize length;
      g_autofree gunichar2 *units = e13_win32_to_utf16 (sorted->pdata[i], &length);

      if (units != NULL)
        g_array_append_vals (block, units, (guint)length + 1);
    }
  g_array_append_val (block, end);
  return (WCHAR *)(void *)g_array_free (g_steal_pointer (&block), FALSE);
}

static HANDLE
make_job (void)
{
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
  HANDLE job = CreateJobObjectW (NULL, NULL);

  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_ACTIVE_PROCESS
                                            | JOB_OBJECT_LIMIT_PROCESS_MEMORY
                                            | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
  limits.BasicLimitInformation.ActiveProcessLimit = MAX_PROCESSES;
  limits.ProcessMemoryLimit = MAX_MEMORY;
  if (job == NULL || SetInformationJobObject (job, JobObjectExtendedLimitInformation, &limits, sizeof limits))
    return job;
  CloseHandle (job);
  return NULL;
}

static gunichar2 *
units_of (const char *text)
{
  gsize length;

  return e13_win32_to_utf16 (text, &length);
}

typedef struct
{
  HANDLE input;
  HANDLE output;
  HANDLE errors;
} Streams;

/* In the job before its first instruction. FALSE with the system's code. */
static gboolean
start (const E13LaunchRequest *request, const Streams *streams, HANDLE job, PROCESS_INFORMATION *ret_process,
       DWORD *ret_code)
{
  g_autofree char *line = e13_win32_command_line (request->arguments);
  g_autofree gunichar2 *command = units_of (line);
  g_autofree gunichar2 *program = units_of (request->program);
  g_autofree gunichar2 *directory = units_of (request->directory);
  g_autofree WCHAR *environment = environment_block (request->environment);
  HANDLE inherited[] = { streams->input, streams->output, streams->errors };
  gsize n_inherited = streams->errors == streams->output ? 2 : 3;
  STARTUPINFOEXW info = { 0 };
  SIZE_T size = 0;
  gboolean started;

  InitializeProcThreadAttributeList (NULL, 1, 0, &size);
  info.lpAttributeList = g_malloc0 (size);
  info.StartupInfo.cb = sizeof info;
  info.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  info.StartupInfo.hStdInput = streams->input;
  info.StartupInfo.hStdOutput = streams->output;
  info.StartupInfo.hStdError = streams->errors;
  started = command != NULL && program != NULL && directory != NULL
            && InitializeProcThreadAttributeList (info.lpAttributeList, 1, 0, &size)
            && UpdateProcThreadAttribute (info.lpAttributeList, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited,
                                          n_inherited * sizeof *inherited, NULL, NULL)
            && CreateProcessW ((LPCWSTR)program, (LPWSTR)command, NULL, NULL, TRUE,
                               CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT | EXTENDED_STARTUPINFO_PRESENT
                                   | CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP,
                               environment, (LPCWSTR)directory, &info.StartupInfo, ret_process);
  *ret_code = GetLastError ();
  g_free (info.lpAttributeList);
  if (started && !AssignProcessToJobObject (job, ret_process->hProcess))
    {
      *ret_code = GetLastError ();
      TerminateProcess (ret_process->hProcess, 1);
      CloseHandle (ret_process->hThread);
      CloseHandle (ret_process->hProcess);
      return FALSE;
    }
  if (started)
    ResumeThread (ret_process->hThread);
  return started;
}

/* ---- Following ------------------------------------------------------------------------------- */

typedef struct
{
  const E13LaunchRequest *request;
  E13LaunchResult *result;
  HANDLE process;
  HANDLE job;
  Pipe *input;
  Pipe *output;
  Pipe *errors;
  gsize n_written;
  gboolean ended;
} Run;

static void
write_input (Run *run)
{
  gsize size = 0;
  const char *data = run->request->input != NULL ? g_bytes_get_data (run->request->input, &size) : NULL;
  DWORD n = 0;

  if (run->input->ours == NULL)
    return;
  if (size > run->n_written
      && !WriteFile (run->input->ours, data + run->n_written, (DWORD)MIN (size - run->n_written, 4096), &n, NULL))
    run->n_written = size;
  run->n_written += n;
  if (run->n_written >= size)
    e13_close_handle (&run->input->ours);
}

/* Returns FALSE where there was more than @max. */
static gboolean
read_some (HANDLE *pipe, GByteArray *into, gsize max)
{
  guint8 buffer[PIPE_BYTES];
  DWORD n = 0;

  if (*pipe == NULL)
    return TRUE;
  if (!PeekNamedPipe (*pipe, NULL, 0, NULL, &n, NULL)
      || (n > 0 && !ReadFile (*pipe, buffer, (DWORD)MIN (n, sizeof buffer), &n, NULL)))
    {
      e13_close_handle (pipe);
      return TRUE;
    }
  g_byte_array_append (into, buffer, (guint)MIN ((gsize)n, max - into->len));
  return n == 0 || into->len < max;
}

static void
note_end (Run *run)
{
  DWORD code = 0;

  if (run->ended || WaitForSingleObject (run->process, 0) != WAIT_OBJECT_0)
    return;
  run->ended = TRUE;
  GetExitCodeProcess (run->process, &code);
  run->result->end = E13_LAUNCH_EXITED;
  run->result->code = (int)code;
}

static void
follow (Run *run)
{
  const E13LaunchRequest *request = run->request;
  E13LaunchResult *result = run->result;
  gint64 deadline = g_get_monotonic_time () + (gint64)request->seconds * G_USEC_PER_SEC;
  gint64 closed = 0;

  while (!run->ended || run->output->ours != NULL || run->errors->ours != NULL)
    {
      guint before = result->output->len + result->errors->len;
      gint64 now = g_get_monotonic_time ();

      note_end (run);
      write_input (run);
      if (!read_some (&run->output->ours, result->output, request->max_output))
        {
          result->end = E13_LAUNCH_TOO_MUCH;
          return;
        }
      read_some (&run->errors->ours, result->errors, MAX_ERRORS);
      if (run->output->ours == NULL && run->errors->ours == NULL && closed == 0)
        closed = now;
      if (!run->ended && closed != 0 && now > closed + ENDING_US)
        {
          result->is_closed = TRUE;
          return;
        }
      if (now > deadline)
        {
          result->is_held = run->ended;
          result->end = E13_LAUNCH_TIMED_OUT;
          return;
        }
      if (request->cancelled != NULL && g_atomic_int_get (request->cancelled) != 0)
        {
          result->end = E13_LAUNCH_CANCELLED;
          return;
        }
      if (result->output->len + result->errors->len == before)
        Sleep (POLL_MS);
    }
}

static void
count_left (Run *run)
{
  JOBOBJECT_BASIC_ACCOUNTING_INFORMATION accounting = { 0 };

  if (run->ended
      && QueryInformationJobObject (run->job, JobObjectBasicAccountingInformation, &accounting, sizeof accounting,
                                    NULL))
    run->result->n_left = accounting.ActiveProcesses;
  TerminateJobObject (run->job, 1);
}

gboolean
e13_launch (const E13LaunchAccount *account, const E13LaunchRequest *request, E13LaunchResult *ret_result,
            GError **error)
{
  g_auto (Pipe) input = { NULL, NULL };
  g_auto (Pipe) output = { NULL, NULL };
  g_auto (Pipe) errors = { NULL, NULL };
  e13_autohandle HANDLE job = make_job ();
  PROCESS_INFORMATION process = { 0 };
  Run run
      = { .request = request, .result = ret_result, .job = job, .input = &input, .output = &output, .errors = &errors };
  Streams streams;
  DWORD code;

  (void)account;
  *ret_result = (E13LaunchResult){ .output = g_byte_array_new (), .errors = g_byte_array_new () };
  if (job == NULL || !open_pipe (&input, TRUE) || !open_pipe (&output, FALSE) || !open_pipe (&errors, FALSE))
    return e13_throw (error, E13_ERROR_FAILED, "cannot make pipes or a job");
  streams = (Streams){ input.theirs, output.theirs, request->one_stream ? output.theirs : errors.theirs };
  if (!start (request, &streams, job, &process, &code))
    {
      ret_result->end = E13_LAUNCH_NOT_STARTED;
      ret_result->step = code == ERROR_DIRECTORY ? E13_LAUNCH_STEP_DIRECTORY : E13_LAUNCH_STEP_START;
      ret_result->code = errno_of (code);
      return TRUE;
    }
  e13_close_handle (&input.theirs);
  e13_close_handle (&output.theirs);
  e13_close_handle (&errors.theirs);
  run.process = process.hProcess;
  follow (&run);
  count_left (&run);
  CloseHandle (process.hThread);
  CloseHandle (process.hProcess);
  return TRUE;
}

void
e13_launch_result_clear (E13LaunchResult *result)
{
  g_clear_pointer (&result->output, g_byte_array_unref);
  g_clear_pointer (&result->errors, g_byte_array_unref);
}

/* ---- What the host brings -------------------------------------------------------------------- */

char **
e13_launch_base_environment (void)
{
  static const char *const names[] = { "SystemRoot",
                                       "SystemDrive",
                                       "windir",
                                       "ComSpec",
                                       "PATH",
                                       "PATHEXT",
                                       "TEMP",
                                       "TMP",
                                       "OS",
                                       "ProgramData",
                                       "ProgramFiles",
                                       "NUMBER_OF_PROCESSORS",
                                       "PROCESSOR_ARCHITECTURE" };
  GPtrArray *out = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_getenv (names[i]) != NULL)
      g_ptr_array_add (out, g_strdup_printf ("%s=%s", names[i], g_getenv (names[i])));
  g_ptr_array_add (out, NULL);
  return (char **)g_ptr_array_free (out, FALSE);
}

char *
e13_launch_find_program (const char *name)
{
  return g_find_program_in_path (name);
}

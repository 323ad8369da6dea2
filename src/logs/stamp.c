/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "logs/stamp.h"

#include <string.h>

/* How far into a line a time is looked for, and how much of its end too. */
#define HEAD 256
#define TAIL 128

/* Y year, m month, b its name, a a day's name, d day, H M S, f fraction that may be there, z zone that may be there, e
 * seconds since 1970 with a fraction; anything else itself. */
static const char *const formats[] = {
  "Y-m-dTH:M:Sfz", "Y-m-d H:M:Sfz", "Y/m/d H:M:S", "a b d H:M:Sf Y", "d-b-Y H:M:S", "d/b/Y:H:M:Sz", "b d H:M:S", "auditpe:", "\"ts\":e",
};

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
static const char days[] = "MonTueWedThuFriSatSun";

typedef struct
{
  int year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  gint64 fraction; /* microseconds */
  gint64 epoch;
  gboolean has_zone;
  int zone; /* seconds east */
} Parts;

static gboolean
take_number (const char **at, const char *end, gsize least, gsize most, int *ret_number)
{
  gsize n = 0;
  int number = 0;

  while (n < most && *at + n < end && g_ascii_isdigit ((*at)[n]))
    number = number * 10 + g_ascii_digit_value ((*at)[n++]);
  *at += n;
  *ret_number = number;
  return n >= least;
}

static gboolean
take_name (const char **at, const char *end, const char *names, int *ret_index)
{
  if (end - *at < 3)
    return FALSE;
  for (gsize i = 0; names[i] != '\0'; i += 3)
    if (strncmp (*at, names + i, 3) == 0)
      {
        *at += 3;
        *ret_index = (int)(i / 3) + 1;
        return TRUE;
      }
  return FALSE;
}

static void
take_fraction (const char **at, const char *end, Parts *parts)
{
  gint64 unit = 100000;

  if (*at + 1 >= end || (**at != '.' && **at != ',') || !g_ascii_isdigit ((*at)[1]))
    return;
  for (++*at; *at < end && g_ascii_isdigit (**at); ++*at, unit /= 10)
    parts->fraction += unit * g_ascii_digit_value (**at);
}

static void
take_zone (const char **at, const char *end, Parts *parts)
{
  const char *sign = *at + (*at < end && **at == ' ');
  int hours;
  int minutes;

  if (sign < end && *sign == 'Z')
    {
      parts->has_zone = TRUE;
      *at = sign + 1;
      return;
    }
  if (sign >= end || (*sign != '+' && *sign != '-'))
    return;
  *at = sign + 1;
  if (!take_number (at, end, 2, 2, &hours))
    return;
  *at += *at < end && **at == ':';
  if (!take_number (at, end, 2, 2, &minutes))
    return;
  parts->has_zone = TRUE;
  parts->zone = (hours * 60 + minutes) * 60 * (*sign == '-' ? -1 : 1);
}

static gboolean
take_epoch (const char **at, const char *end, Parts *parts)
{
  gsize n = 0;

  for (; n < 11 && *at < end && g_ascii_isdigit (**at); n++, ++*at)
    parts->epoch = parts->epoch * 10 + g_ascii_digit_value (**at);
  take_fraction (at, end, parts);
  return n >= 9;
}

static gboolean
take (char what, const char **at, const char *end, Parts *parts)
{
  int ignored;

  switch (what)
    {
    case 'Y':
      return take_number (at, end, 4, 4, &parts->year);
    case 'm':
      return take_number (at, end, 2, 2, &parts->month);
    case 'b':
      return take_name (at, end, months, &parts->month);
    case 'a':
      return take_name (at, end, days, &ignored);
    case 'd':
      *at += *at < end && **at == ' ';
      return take_number (at, end, 1, 2, &parts->day);
    case 'H':
      return take_number (at, end, 2, 2, &parts->hour);
    case 'M':
      return take_number (at, end, 2, 2, &parts->minute);
    case 'S':
      return take_number (at, end, 2, 2, &parts->second);
    case 'f':
      take_fraction (at, end, parts);
      return TRUE;
    case 'z':
      take_zone (at, end, parts);
      return TRUE;
    case 'e':
      return take_epoch (at, end, parts);
    case 'p':
      what = '(';
      break;
    default:
      break;
    }
  if (*at >= end || **at != what)
    return FALSE;
  ++*at;
  return TRUE;
}

/* The letters of a fixed word are not those of a format. */
static gboolean
fits (const char *format, const char *at, const char *end, Parts *parts)
{
  if (*format == '"' || g_str_has_prefix (format, "audit"))
    {
      gsize word = strcspn (format, *format == '"' ? "e" : "p");

      if ((gsize)(end - at) < word || strncmp (at, format, word) != 0)
        return FALSE;
      at += word;
      format += word;
    }
  for (; *format != '\0'; format++)
    if (!take (*format, &at, end, parts))
      return FALSE;
  return TRUE;
}

static gint64
to_unix (const Parts *parts, int year)
{
  g_autoptr (GTimeZone) zone
      = parts->has_zone ? g_time_zone_new_offset (parts->zone) : g_time_zone_new_local ();
  g_autoptr (GDateTime) time
      = g_date_time_new (zone, year, parts->month, parts->day, parts->hour, parts->minute, MIN (parts->second, 59));

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC + parts->fraction : 0;
}

static gint64
to_time (const Parts *parts, gint64 now)
{
  g_autoptr (GDateTime) today = NULL;
  gint64 time;
  int year;

  if (parts->epoch != 0)
    return parts->epoch * G_USEC_PER_SEC + parts->fraction;
  if (parts->year != 0)
    return to_unix (parts, parts->year);
  today = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  year = today != NULL ? g_date_time_get_year (today) : 1970;
  time = to_unix (parts, year);
  return time > now + G_TIME_SPAN_DAY ? to_unix (parts, year - 1) : time;
}

static gint64
find_between (const char *at, const char *stop, const char *end, gint64 now)
{
  for (const char *begin = at; at < stop; at++)
    {
      if (!g_ascii_isdigit (*at) && !g_ascii_isupper (*at) && *at != '"' && *at != 'a')
        continue;
      if (at > begin && g_ascii_isalnum (at[-1]) && g_ascii_isdigit (*at))
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
        {
          Parts parts = { 0 };
          gint64 time = fits (formats[i], at, end, &parts) ? to_time (&parts, now) : 0;

          if (time > 0)
            return time;
        }
    }
  return 0;
}

gint64
e13_stamp_find (const char *line, gsize length, gint64 now)
{
  const char *end = line + length;
  gint64 time = find_between (line, line + MIN (length, HEAD), end, now);

  if (time == 0 && length > HEAD)
    time = find_between (end - MIN (TAIL, length - HEAD), end, end, now);
  return time;
}

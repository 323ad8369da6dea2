/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <criterion/criterion.h>
#include <string.h>

#include "model/zone.h"

TestSuite (zone, .timeout = 60);

static const struct
{
  const char *text;
  int zone;
} streams[] = {
  { "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=about:internet\r\n", E13_ZONE_INTERNET },
  { "[ZoneTransfer]\r\nZoneId=4", E13_ZONE_UNTRUSTED },
  { "ZoneId=0", 0 },
  { "ZoneId=", E13_ZONE_UNSAID },
  { "ZoneId=x3", E13_ZONE_UNSAID },
  { "[ZoneTransfer]\r\n", E13_ZONE_UNSAID },
  { "", E13_ZONE_UNSAID },
};

Test (zone, is_the_number_in_the_stream)
{
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      g_autoptr (GBytes) stream = g_bytes_new (streams[i].text, strlen (streams[i].text));

      cr_expect_eq (e13_zone_of_stream (stream), streams[i].zone, "'%s'", streams[i].text);
    }
}

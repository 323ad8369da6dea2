/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Windows security descriptors, SIDs and tokens from text, and at random. */

#pragma once

#include "model/security-descriptor.h"
#include "model/token.h"

/* From SDDL, or from the self-relative bytes in hexadecimal. Text that is neither ends the program. */
E13SecurityDescriptor *sd_from_text (const char *text);

/* From an alias or a number. Text that is neither ends the program. */
E13Sid sid_from_text (const char *text);

/* "S-1-5-21-1-2-3-1000,AU,!BA,?WD,@4096,$security,$owner": the user, a group, one that counts for deny entries alone, a
 * restricted SID, the integrity level, and the privileges to the SACL and to take ownership. All but the user are
 * optional. */
E13Token *token_from_text (const char *text);

/* Reads pairs of hexadecimal digits; NULL where they are none. */
GByteArray *bytes_from_hex (const char *text);

/* A descriptor of SIDs and masks that often meet, with lists of up to @max_entries. @with_odd: entries of any type,
 * also conditional, object and unknown ones. */
E13SecurityDescriptor *sd_random (GRand *rand, guint max_entries, gboolean with_odd);

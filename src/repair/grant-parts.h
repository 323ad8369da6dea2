/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of grant.h share: the planned state of an object, and the notes that go with it. */

#pragma once

#include "access/least.h"
#include "repair/grant.h"

/* What the object will be after the changes planned so far. Borrows from @change. */
E13Facts e13_grant_planned (const E13Change *change, const E13Facts *facts);

/* Makes @acl (taken over) what the plan comes to, with the permission bits that it implies. */
void e13_grant_take_access (E13Change *change, E13Acl *acl);

/* @acl (taken over), which has named entries, so that the kernel looks at it even where it gives the group class
 * nothing, and a denial in it counts: all entries are cut to nothing by then, and the mask may say anything. */
E13Acl *e13_grant_awake (E13Acl *acl);

/* Are the object's permissions known at all? E13_ERROR_REFUSED where not. */
gboolean e13_grant_acl_is_known (const E13Facts *facts, GError **error);

/* Notes, as what the plan is now says, whom the waking of an ACL that the kernel had not been looking at takes
 * something. */
void e13_grant_note_losers (E13Change *change, const E13Facts *facts);

/* Notes @text unless it has been noted already. Takes it over. */
void e13_grant_note_once (E13Change *change, char *text);

/* SPDX-FileCopyrightText: 2026 The errno13 authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Hosting: what one piece of a server's configuration says: which directories it serves, as whom, and to whom it hands
 * requests. A virtual host, a pool, an application, a unit of the system's manager. */

#pragma once

#include <glib.h>

#include "servers/sources.h"

typedef struct
{
  const char *program; /* "nginx", as programs.def calls it; static */
  char *name;          /* "example.org", "www"; NULL */
  char *file;          /* the configuration that it was reached from: the server's own, not what that includes */
  char *place;         /* "/etc/nginx/sites-enabled/week7 line 3" */
  gboolean serves;     /* hands out files */
  gboolean runs;       /* runs code */
  char *user;          /* as it stands there; NULL: not said, so the program's own */
  char *group;
  char *user_place;        /* where it says so; NULL: nowhere */
  gboolean is_per_request; /* becomes that account for a request: its processes do not show it */
  gboolean is_dynamic;     /* DynamicUser: the account exists only while it runs */
  GPtrArray *groups;       /* of char *: further ones */
  GPtrArray *paths;        /* of char *: absolute */
  GPtrArray *passes;       /* of char *: whom it hands requests to, as e13_address_normal() writes it */
  GPtrArray *listens;      /* of char *: where it waits for them */
  GPtrArray *settings;     /* of char *: "ProtectSystem=strict": what its unit keeps it from */
} E13Hosting;

E13Hosting *e13_hosting_new (const char *program, const char *file, const char *place);
void e13_hosting_free (E13Hosting *hosting);

/* What is read, and what is found. */
typedef struct
{
  E13Sources *sources;
  GPtrArray *hostings; /* of E13Hosting * */
} E13Reading;

/* @text where it is an absolute path, made plain and cut before the first component that holds a variable ($) or that
 * a pattern begins in; NULL where nothing is left but /. Free with g_free(). */
char *e13_hosting_path (const char *text);

/* One notation for a socket or an address: "/run/php/x.sock", "127.0.0.1:9000". Free with g_free(). */
char *e13_address_normal (const char *text);

void e13_hosting_add_path (E13Hosting *hosting, const char *path);
void e13_hosting_add_pass (E13Hosting *hosting, const char *address);
void e13_hosting_add_listen (E13Hosting *hosting, const char *address);
/* Says who it runs as, and where that stands. NULL and "" leave it as it is. */
void e13_hosting_set_user (E13Hosting *hosting, const char *user, const char *group, const char *place);

/* The formats: each reads @file and what it includes, and adds what it finds. */
void e13_read_nginx (E13Reading *reading, const char *file);
void e13_read_apache (E13Reading *reading, const char *file);
void e13_read_lighttpd (E13Reading *reading, const char *file);
void e13_read_caddy (E13Reading *reading, const char *file);
void e13_read_php_fpm (E13Reading *reading, const char *file);
void e13_read_uwsgi (E13Reading *reading, const char *file);
/* @file: a unit "NAME.service"; its drop-ins are those of that name in the folders of units. */
void e13_read_unit (E13Reading *reading, const char *file);

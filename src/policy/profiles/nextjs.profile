# SPDX-FileCopyrightText: 2026 The errno13 authors
# SPDX-License-Identifier: GPL-3.0-or-later

[Profile]
Name=Next.js
Source=https://nextjs.org/docs/app/building-your-application/deploying; examples/with-docker/Dockerfile
First=common
Last=kept

[Match]
All=package.json~/"next"\s*:/
Any=next.config.js;next.config.mjs;next.config.ts;.next/
Before=node-express
Nested=no

[.next/]
App=write
Code=no
MovedBy=next.config.*~/distDir\s*:\s*['"]([^'"]+)['"]/
Why=the prerender cache is made here

[.next/cache/**]
App=modify
Code=no
Unless=next.config.*~/distDir\s*:/
Why=pictures and answers that are cached

[.next/server/**]
When=feature:isr
App=modify
Why=pages that are made again

[.next/**]
When=update
App=modify
Why=written by next build

[**/*.{js,mjs,ts}]
Code=yes
